"""Headings as authority files compare them."""

import hashlib
import unicodedata

from search.analysis import fold, lower

KEY_LENGTH = 250
_DIGEST_LENGTH = 32
_MEANINGFUL = frozenset("#&%@*")  # C#, R&B: signs that tell two subjects apart


class _Plain(dict[int, int]):
    """Punctuation to spaces, worked out when a character is first met (for `str.translate`)."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        plain = unicodedata.category(character)[0] in "PZC" and character not in _MEANINGFUL
        self[code] = 32 if plain else code
        return self[code]


# Blind to the language of a heading, I and ı must meet: IŞIQ and Işıq are one word.
_PLAIN = _Plain({ord("ı"): ord("i")})


def match_key(*parts: str) -> str:
    """What two spellings of one heading have in common: case, punctuation and spaces do not count.

    >>> match_key("Xəqani  Şirvani,", "1126-1199") == match_key("XƏQANİ ŞİRVANİ, 1126–1199.")
    True
    """
    return _shortened(" ".join(lower(" ".join(parts)).translate(_PLAIN).split()))


def fold_key(*parts: str) -> str:
    """The same without marks and special letters: what people find a heading by, and what may be a duplicate."""
    return " ".join(fold(" ".join(parts).translate(_PLAIN)).split())[:KEY_LENGTH]


def _shortened(key: str) -> str:
    """A long key cut, with a digest of all of it, so that long headings stay apart."""
    if len(key) <= KEY_LENGTH:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:_DIGEST_LENGTH]
    return key[: KEY_LENGTH - _DIGEST_LENGTH] + digest
