"""Prices as people read them: in the currency of the library system, written by the rules of their language.

price = prices()            # reads the settings once
price(Decimal("12.5"))      # "12,50 ₼"; without a currency "12,50"; nothing for None
"""

import re
from collections.abc import Callable
from decimal import Decimal

from babel.numbers import format_currency
from django.utils.formats import number_format

from library.countries import CURRENCIES
from library.models import SystemSettings
from library.names import active_locale

# CLDR sets a space between letters and digits, which Babel leaves out.
_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
Price = Callable[[Decimal | None], str]


def currency() -> str:
    """The code of the currency that is set, or of the country; "" where neither is. One query."""
    rows = SystemSettings.objects.order_by("-site__is_default_site", "pk").values_list("currency", "country")
    return next((code or CURRENCIES.get(country, "") for code, country in rows[:1]), "")


def prices() -> Price:
    """What writes a price; it follows the language that is active when it is called."""
    code = currency()
    return lambda value: in_currency(value, code)


def in_currency(value: Decimal | None, code: str) -> str:
    """An amount in a currency ("" for none), in the active language; "" for None."""
    if value is None:
        return ""
    if not code:
        return str(number_format(value, 2, force_grouping=True))
    return _TOUCHING.sub("\xa0", format_currency(value, code, locale=active_locale()))


def with_currency(label: str) -> str:
    """The heading of a column of bare numbers, for spreadsheets: "Price, AZN"."""
    code = currency()
    return f"{label}, {code}" if code else label
