"""Signed links say why they cannot be used."""

from datetime import timedelta

import pytest

from library import links
from library.links import LinkExpired, LinkInvalid, read, sign

DAY = timedelta(days=1)


@pytest.mark.parametrize("data", [7, "text", {"registration": 7, "ad": "Əli"}, [1, 2, "ქ"], None])
def test_what_was_signed_is_read(data):
    assert read("confirm", sign("confirm", data, DAY)) == data


def test_a_token_fits_into_an_address():
    token = sign("confirm", {"registration": 7, "ad": "Əli & Nino / ?"}, DAY)
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


def test_a_token_for_one_purpose_opens_no_other():
    with pytest.raises(LinkInvalid):
        read("cancel", sign("confirm", 7, DAY))


def test_a_token_ends(monkeypatch):
    token, for_ever = sign("confirm", 7, DAY), sign("confirm", 7, None)
    now = links.time.time()
    monkeypatch.setattr(links.time, "time", lambda: now + 23 * 3600)
    assert read("confirm", token) == 7
    monkeypatch.setattr(links.time, "time", lambda: now + 25 * 3600)
    with pytest.raises(LinkExpired, match="too old"):
        read("confirm", token)
    assert read("confirm", for_ever) == 7


@pytest.mark.parametrize("token", ["", ".", "..", "a.b", "a:b", "ə.ə", "x" * 5000, "\x00", "eyJ9.abc"])
def test_nonsense_is_invalid(token):
    with pytest.raises(LinkInvalid, match="whole address"):
        read("confirm", token)


def test_every_changed_letter_is_noticed():
    token = sign("confirm", {"registration": 7}, DAY)
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(LinkInvalid):
            read("confirm", changed)


def test_a_cut_token_is_invalid():
    token = sign("confirm", {"registration": 7}, DAY)
    with pytest.raises(LinkInvalid):
        read("confirm", token[:-3])


def test_too_much_data_and_no_purpose_are_refused():
    with pytest.raises(ValueError, match="less data"):
        sign("confirm", list(range(5000)), DAY)
    with pytest.raises(ValueError, match="purpose"):
        sign("", 7, DAY)
