"""Whatever a file holds, each record is taken or accounted for."""

import gzip
import hashlib

import pytest

from catalog_pages.importing import import_marc
from catalog_pages.marc.building import MarcBuilder
from catalog_pages.marc.errors import Reason
from catalog_pages.marc.iso2709 import parse
from catalog_pages.models import Item, MarcSource, Record
from tests.catalog_pages.importing.test_rules import book

GOOD = book("good", "Good")
MANY = b"".join(book(f"c{n}", hashlib.sha256(bytes(n)).hexdigest() * 9) for n in range(400))


def with_wrong_length(data):
    return b"00999" + data[5:]


def with_bytes_that_are_no_utf8(data):
    # Half of a letter, in a record that has whole ones too.
    return data.replace("ə".encode(), b"\xc9\xff", 1)


XML = (
    '<!DOCTYPE c [<!ENTITY x "y">]><collection><record><leader>00000nam a2200000 a 4500</leader>'
    '<datafield tag="245" ind1=" " ind2=" "><subfield code="a">&x;</subfield></datafield></record></collection>'
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (GOOD + book()[:-30], Reason.TRUNCATED),
        (with_bytes_that_are_no_utf8(book(title="Ana və kişi")), Reason.BAD_UTF8),
        (book(title=""), Reason.NO_TITLE),
        (GOOD + book("good", "Another"), Reason.DUPLICATE),
        (gzip.compress(MANY)[:-4000], Reason.DAMAGED_FILE),
        (gzip.compress(GOOD + bytes(90 << 20), 9), Reason.BURSTING_FILE),
        (XML.encode(), Reason.UNSAFE_XML),
    ],
)
@pytest.mark.parametrize("processes", [1, 2])
def test_what_cannot_be_taken_is_rejected_with_its_reason(data, reason, processes, tmp_path, db):
    path, rejects = tmp_path / "records", tmp_path / "rejects"
    path.write_bytes(data)
    summary = import_marc([path], reject_path=rejects, processes=processes)
    assert reason in summary.rejected
    assert summary.read == summary.created + summary.unchanged + summary.rejected_count
    assert reason.value in (tmp_path / "rejects.tsv").read_text(encoding="utf-8")


def test_a_wrong_length_is_put_right(tmp_path, db):
    path = tmp_path / "records"
    path.write_bytes(with_wrong_length(book("1", "One")) + GOOD)
    assert import_marc([path]).created == 2


def test_a_record_longer_than_the_format_can_say_is_kept_whole(tmp_path, db):
    builder = MarcBuilder("long")
    builder.add("245", "10", a="Long")
    for number in range(30):
        builder.add("500", a=f"{number} " + "x" * 6000)
    path = tmp_path / "records"
    path.write_bytes(builder.iso2709())
    assert import_marc([path]).created == 1
    assert len(parse(MarcSource.objects.get().iso2709).fields["500"]) == 30


def test_ten_thousand_items_on_one_record_come_in_short_transactions(tmp_path, central):
    builder = MarcBuilder("many")
    builder.add("245", "10", a="Many")
    for number in range(10_000):
        builder.item(branch="central", barcode=f"B{number}", call_number="1")
    path = tmp_path / "records"
    path.write_bytes(builder.iso2709() + GOOD)
    summary = import_marc([path])
    assert (Record.objects.count(), Item.objects.count()) == (2, 10_000)
    assert summary.longest_transaction < 0.5  # 0.2 where nothing else runs
