"""Splitting streams of ISO 2709 that are whole, broken, packed, or something else."""

import gzip
from io import BytesIO

import pytest

from catalog_pages.marc.errors import NotMarc, Reason
from catalog_pages.marc.reading import count_records, open_marc, read_records
from tests.factories.catalog_pages import marc

ONE, TWO, THREE = marc("1", "First"), marc("2", "Second"), marc("3", "Third")
TOO_SHORT = b"%05d" % (len(TWO) - 7) + TWO[5:]
TOO_LONG = b"%05d" % (len(TWO) + 7) + TWO[5:]


def read(data):
    return list(read_records(BytesIO(data)))


@pytest.mark.parametrize("between", [b"", b"\n", b"\r\n", b"\x00\x00", b"\x1a"])
def test_records_come_whole_with_their_places(between):
    found = read(ONE + between + TWO + between)
    assert [record.data for record in found] == [ONE, TWO]
    assert [record.offset for record in found] == [0, len(ONE + between)]
    assert [record.number for record in found] == [1, 2]


@pytest.mark.parametrize("damaged", [TOO_SHORT, TOO_LONG])
def test_a_wrong_length_costs_no_other_record(damaged):
    assert [record.data for record in read(ONE + damaged + THREE)] == [ONE, damaged, THREE]


def test_rubbish_between_records_is_told_apart():
    first, rubbish, last = read(ONE + b"rubbish\x1d" + THREE)
    assert (first.data, last.data) == (ONE, THREE)
    assert (rubbish.data, rubbish.reason) == (b"rubbish\x1d", Reason.NOT_A_RECORD)


def test_a_cut_off_record_is_told_apart():
    assert [record.reason for record in read(ONE + TWO[:50])] == [None, Reason.TRUNCATED]


def test_a_long_stretch_without_end_is_handed_out_in_pieces():
    pieces = read(ONE + b"x" * 3_000_000)
    assert max(len(piece.data) for piece in pieces) <= 1 << 20
    assert sum(len(piece.data) for piece in pieces) == len(ONE) + 3_000_000


def test_gzip_is_known_by_its_content(tmp_path):
    path = tmp_path / "records.mrc"
    path.write_bytes(gzip.compress(ONE + TWO, mtime=0))
    with open_marc(path) as stream:
        assert [record.data for record in read_records(stream)] == [ONE, TWO]
    assert count_records(path) == 2


def test_gzip_that_is_cut_off_keeps_what_came_before(tmp_path):
    path = tmp_path / "records.gz"
    many = b"".join(marc(str(n), f"Title {n * n * 7919}") for n in range(20_000))
    path.write_bytes(gzip.compress(many, mtime=0)[:-5000])
    with open_marc(path) as stream:
        found = list(read_records(stream))
    assert len(found) > 10_000
    assert found[-1].reason == Reason.DAMAGED_FILE
    assert count_records(path) <= 20_000


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"<?xml version='1.0'?><collection/>",
        b"\xef\xbb\xbf<collection/>",
        b'{"leader": "x"}',
        b"Title;Author\nA;B\n",
        b"000000002 LDR   L 01424nam\n",
        bytes(range(256)) * 40,
        gzip.compress(b"plain text", mtime=0),
        gzip.compress(ONE, mtime=0)[:30],
    ],
)
def test_other_files_are_refused_by_name(tmp_path, content):
    path = tmp_path / "other.mrc"
    path.write_bytes(content)
    with pytest.raises(NotMarc, match="other.mrc"), open_marc(path):
        pass
