"""Names that readers see for the codes of languages and materials."""

from collections.abc import Mapping

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, gettext

from catalog_pages.models import Material

# Bibliographic codes that differ from ISO 639-1 and from the terminological ones CLDR knows.
_BIBLIOGRAPHIC: Mapping[str, str] = {
    "alb": "sq", "arm": "hy", "baq": "eu", "bur": "my", "chi": "zh", "cze": "cs", "dut": "nl", "fre": "fr",
    "geo": "ka", "ger": "de", "gre": "el", "ice": "is", "mac": "mk", "mao": "mi", "may": "ms", "per": "fa",
    "rum": "ro", "slo": "sk", "tib": "bo", "wel": "cy",
}  # fmt: skip

_SHORT: Mapping[str, str] = {
    "aze": "az", "kaz": "kk", "uzb": "uz", "tur": "tr", "rus": "ru", "eng": "en", "ara": "ar", "bel": "be",
    "bul": "bg", "crh": "crh", "spa": "es", "fin": "fi", "heb": "he", "hin": "hi", "hun": "hu", "ita": "it",
    "jpn": "ja", "kir": "ky", "kor": "ko", "lat": "la", "lav": "lv", "lit": "lt", "mon": "mn", "pol": "pl",
    "por": "pt", "srp": "sr", "swe": "sv", "tat": "tt", "tgk": "tg", "tuk": "tk", "uig": "ug", "ukr": "uk",
    "abk": "ab", "oss": "os", "bak": "ba", "chv": "cv", "kur": "ku", "est": "et", "dan": "da", "nor": "no",
    "slv": "sl", "hrv": "hr", "bos": "bs", "yid": "yi", "san": "sa", "urd": "ur", "vie": "vi", "ind": "id",
    "tha": "th", "epo": "eo", "cat": "ca", "gle": "ga", "glg": "gl", "afr": "af", "amh": "am", "swa": "sw",
    "ben": "bn", "tam": "ta", "pus": "ps", "snd": "sd", "che": "ce", "kom": "kv",
}  # fmt: skip


def language_name(code: str) -> str:
    """The name of an ISO 639-2/B language in the active language, from CLDR; the code where it has none."""
    if not code:
        return gettext("Language not stated")
    if code == "mul":
        return gettext("Several languages")
    if code in {"und", "zxx", "mis"}:
        return gettext("Language not stated")
    tag = language_tag(code)
    name = active_locale().languages.get(tag) or Locale("en").languages.get(tag)
    return capitalised(name) if name else code


def capitalised(name: str) -> str:
    """The name as a label begins; Georgian has no capitals in ordinary text."""
    return name if "ა" <= name[:1] <= "ჿ" else name[:1].upper() + name[1:]


def language_tag(code: str) -> str:
    """The IETF tag of an ISO 639-2/B language: ``aze`` gives ``az``."""
    return _BIBLIOGRAPHIC.get(code) or _SHORT.get(code, code)


def material_name(code: str) -> str:
    """The translated name of a kind of material."""
    return str(Material(code).label) if code in Material.values else code


def active_locale() -> Locale:
    """CLDR for the language of the page."""
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
