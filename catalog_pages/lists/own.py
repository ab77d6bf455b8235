"""A reader's own list: kept in the browser, named in an address, never stored here."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog_pages import citations
from catalog_pages.models import Record

MOST = 200
LONGEST_ADDRESS = 4000
BIGGEST_ID = 2**63 - 1
_LONGEST_LETTER = 1500  # characters that every mail program takes over from a link


def read_ids(text: str) -> list[int]:
    """The numbers in ``12,7,31``, in their order, each once, MOST at most; what is no number is passed over."""
    numbers = (part.strip() for part in text[:LONGEST_ADDRESS].split(","))
    found = (int(part) for part in numbers if part.isascii() and part.isdigit() and len(part) < 20)
    return list(dict.fromkeys(number for number in found if 0 < number <= BIGGEST_ID))[:MOST]


def share_address(ids: Sequence[int]) -> str:
    """The address that shows the list to anybody."""
    return f"{settings.BASE_URL}{reverse('catalog_pages:my_list')}?ids={','.join(map(str, ids))}"


def export_query(ids: Sequence[int]) -> str:
    """The query that takes the list away as MARC, RIS, BibTeX or CSV."""
    return "?" + urlencode([("id", pk) for pk in ids])


def letter(records: Sequence[Record]) -> str:
    """A link that begins a letter with the list in the reader's own mail program: titles, and where the list is."""
    address = share_address([record.pk for record in records])
    text, left = "", _LONGEST_LETTER - len(address)
    for record in records:
        line = f"{citations.plain(record)}\n"
        if len(quote(text + line)) > left:
            text += "…\n"
            break
        text += line
    return f"mailto:?subject={quote(_('A list of books'))}&body={quote(f'{text}{chr(10)}{address}')}"
