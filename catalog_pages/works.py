"""Which records are editions of one work: author and title, or uniform title, as headings are compared."""

import hashlib
import re

from library.headings import fold_key

WORK_KEY_LENGTH = 16
# Uniform titles that gather a part of an author's writings, not one work.
_GENERAL = frozenset(
    fold_key(title)
    for title in (
        "Works", "Selections", "Poems", "Poetry", "Short stories", "Stories", "Novels", "Plays", "Essays",
        "Correspondence", "Letters", "Prose works", "Prose", "Speeches", "Əsərləri", "Seçilmiş əsərləri", "Şeirlər",
        "Hekayələr", "Сочинения", "Собрание сочинений", "Избранное", "Избранные произведения", "Стихотворения",
        "Рассказы", "Повести", "Письма", "Шығармалары", "Eserleri", "Şiirler", "Asarlar", "თხზულებანი",
    )
)  # fmt: skip
_NO_NAME = re.compile(
    r"[\d?]+|\b(?:b|d|ca|active|approximately|fl)\b"
)  # dates behind a name, with or without


def work_key(author: str, title: str, uniform_title: str = "") -> str:
    """What the editions of a work have in common; empty where author and title are too little to tell.

    >>> work_key("Толстой, Лев, 1828-1910", "Война и мир") == work_key("ТОЛСТОЙ, Лев", "Война и мир.")
    True
    >>> work_key("", "Annual report")
    ''
    """
    uniform = fold_key(uniform_title)
    if uniform in _GENERAL:
        uniform = ""
    named = uniform or fold_key(title)
    if not named or not (author or uniform):
        return ""
    name = " ".join(_NO_NAME.sub(" ", fold_key(author)).split())
    digest = hashlib.blake2b(f"{name}\n{named}".encode(), digest_size=WORK_KEY_LENGTH // 2)
    return digest.hexdigest()
