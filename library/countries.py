"""The countries whose library systems the portal serves first."""

from django.utils.translation import gettext_lazy as _

# ISO 3166 code and name.
COUNTRIES = [
    ("AZ", _("Azerbaijan")),
    ("KZ", _("Kazakhstan")),
    ("GE", _("Georgia")),
    ("UZ", _("Uzbekistan")),
    ("TR", _("Türkiye")),
]
# The language in which each of them names its holidays.
LANGUAGES = {"AZ": "az", "KZ": "kk", "GE": "ka", "UZ": "uz", "TR": "tr"}
CURRENCIES = {"AZ": "AZN", "KZ": "KZT", "GE": "GEL", "UZ": "UZS", "TR": "TRY"}
