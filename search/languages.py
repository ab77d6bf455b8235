"""Languages by code and by name: for records, which know ISO 639-2/B, and for readers, who know names.

Names come from Unicode's CLDR in the languages of the interface; they are read when a name is first typed.
"""

from functools import cache

from babel import Locale

from search import letters
from search.folding import fold

INTERFACE = tuple(dict.fromkeys(letters.LANGUAGES.values()))
SHORTEST_BEGINNING = 4
MOST_MEANT = 5


def _table(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


# ISO 639-2/B to the two letters that browsers and CLDR use.
TAGS = _table("""
    aar:aa abk:ab afr:af aka:ak alb:sq amh:am ara:ar arg:an arm:hy asm:as ava:av ave:ae aym:ay aze:az bak:ba bam:bm
    baq:eu bel:be ben:bn bih:bh bis:bi bos:bs bre:br bul:bg bur:my cat:ca cha:ch che:ce chi:zh chu:cu chv:cv cor:kw
    cos:co cre:cr cze:cs dan:da div:dv dut:nl dzo:dz eng:en epo:eo est:et ewe:ee fao:fo fij:fj fin:fi fre:fr fry:fy
    ful:ff geo:ka ger:de gla:gd gle:ga glg:gl glv:gv gre:el grn:gn guj:gu hat:ht hau:ha heb:he her:hz hin:hi hmo:ho
    hrv:hr hun:hu ibo:ig ice:is ido:io iii:ii iku:iu ile:ie ina:ia ind:id ipk:ik ita:it jav:jv jpn:ja kal:kl kan:kn
    kas:ks kau:kr kaz:kk khm:km kik:ki kin:rw kir:ky kom:kv kon:kg kor:ko kua:kj kur:ku lao:lo lat:la lav:lv lim:li
    lin:ln lit:lt ltz:lb lub:lu lug:lg mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mlg:mg mlt:mt mon:mn nau:na nav:nv
    nbl:nr nde:nd ndo:ng nep:ne nno:nn nob:nb nor:no nya:ny oci:oc oji:oj ori:or orm:om oss:os pan:pa per:fa pli:pi
    pol:pl por:pt pus:ps que:qu roh:rm rum:ro run:rn rus:ru sag:sg san:sa sin:si slo:sk slv:sl sme:se smo:sm sna:sn
    snd:sd som:so sot:st spa:es srd:sc srp:sr ssw:ss sun:su swa:sw swe:sv tah:ty tam:ta tat:tt tel:te tgk:tg tgl:tl
    tha:th tib:bo tir:ti ton:to tsn:tn tso:ts tuk:tk tur:tr twi:tw uig:ug ukr:uk urd:ur uzb:uz ven:ve vie:vi vol:vo
    wel:cy wln:wa wol:wo xho:xh yid:yi yor:yo zha:za zul:zu
""")
_CLDR_TAGS = {"tl": "fil"}

# ISO 639-2 has a second code, made from the language's own name, for these.
_OWN_NAME_CODES = _table("""
    sqi:alb hye:arm eus:baq mya:bur zho:chi ces:cze nld:dut fra:fre kat:geo deu:ger ell:gre isl:ice mkd:mac mri:mao
    msa:may fas:per ron:rum slk:slo bod:tib cym:wel
""")

# How a language is called when one writes in it: rusca, русша, ruscha; and the word "language" behind its name.
_ENDINGS = tuple(map(fold, ("ca", "cə", "ça", "çe", "cha", "ша", "ше", "ча", "ად", "ი")))
_LANGUAGE_WORDS = frozenset(map(fold, ("dili", "тілі", "ენა", "tili", "язык", "language")))


def cldr_tag(code: str) -> str:
    """The tag under which CLDR names a language of ISO 639-2/B."""
    tag = TAGS.get(code, code)
    return _CLDR_TAGS.get(tag, tag)


def language_codes(text: str) -> list[str]:
    """The ISO 639-2/B codes that a reader may mean by a code or a name: "ru", "rus", "rusca", "русский".

    A code of three letters that we do not know is given back; nothing where nothing is meant.
    """
    typed = [word for word in fold(text).replace("-", " ").split() if word not in _LANGUAGE_WORDS]
    name = " ".join(typed) or fold(text).strip()
    if name in TAGS:
        return [name]
    if name in _OWN_NAME_CODES:
        return [_OWN_NAME_CODES[name]]
    if found := _named(name):
        return found
    return [name] if len(name) == 3 and name.isascii() and name.isalpha() else []


def _named(name: str) -> list[str]:
    by_tag = {tag: code for code, tag in TAGS.items()}
    if name in by_tag:
        return [by_tag[name]]
    stems = [name, *(name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending))]
    names = _names()
    for stem in stems:
        if stem in names:
            return [names[stem]]
    for stem in stems:
        if len(stem) >= SHORTEST_BEGINNING:
            meant = dict.fromkeys(code for known, code in names.items() if known.startswith(stem))
            if meant:
                return list(meant)[:MOST_MEANT]
    return []


@cache
def _names() -> dict[str, str]:
    """Folded name in any language of the interface → code; the commoner name of two equal ones is CLDR's first."""
    found: dict[str, str] = {}
    for interface in INTERFACE:
        known = Locale.parse(interface).languages
        for code in TAGS:
            if name := known.get(cldr_tag(code)):
                found.setdefault(fold(name).replace("-", " "), code)
    return found
