"""Template tags of periodicals."""

from django import template

from catalog_pages.models import Record
from catalog_pages.periodicals import holdings
from catalog_pages.periodicals.holdings import PeriodicalHolding

register = template.Library()


@register.simple_tag
def periodical_holdings(record: Record) -> list[PeriodicalHolding]:
    """``{% periodical_holdings record as held %}``: what is held of a periodical; nothing for other records."""
    return holdings.periodical_holdings(record)
