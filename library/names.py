"""Names of languages and countries as readers see them: from Unicode's CLDR, its gaps filled by our translations.

Languages go by the three-letter codes of MARC (ISO 639-2/B: aze, geo, ger), countries by those of ISO 3166 (AZ) or
of MARC (aj).
"""

from collections.abc import Mapping
from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_noop as _

from search.languages import TAGS, cldr_tag
from search.sorting import sort_key


def _table(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


# What libraries of the region hold and CLDR does not name in every language, and groups of languages.
_LANGUAGE_GAPS: Mapping[str, str] = {
    "ang": _("Old English"), "arc": _("Aramaic"), "ave": _("Avestan"), "cau": _("Caucasian languages"),
    "chg": _("Chagatai"), "crh": _("Crimean Tatar"), "cop": _("Coptic"), "enm": _("Middle English"),
    "fiu": _("Finno-Ugrian languages"), "fro": _("Old French"), "gem": _("Germanic languages"),
    "goh": _("Old High German"), "grc": _("Ancient Greek"), "ira": _("Iranian languages"),
    "kaa": _("Karakalpak"), "ota": _("Ottoman Turkish"), "pal": _("Pahlavi"), "peo": _("Old Persian"),
    "roa": _("Romance languages"), "rom": _("Romany"), "sem": _("Semitic languages"), "sgn": _("Sign languages"),
    "sla": _("Slavic languages"), "sog": _("Sogdian"), "tut": _("Turkic and other Altaic languages"),
}  # fmt: skip
_NOT_STATED = frozenset({"", "und", "zxx", "mis"})

# MARC's two letters for countries to those of ISO 3166.
_MARC_COUNTRIES = _table("""
    aa:AL ac:AU ae:DZ af:AF ag:AR ai:AM aj:AZ am:AI an:AD ao:AO aq:AG as:AS at:AU au:AT aw:AW ay:AQ ba:BH bb:BB bd:BI
    be:BE bf:BS bg:BD bh:BZ bi:IO bl:BR bm:BM bn:BA bo:BO bp:SB br:MM bs:BW bt:BT bu:BG bv:BV bw:BY bx:BN ca:BQ cb:KH
    cc:CN cd:TD ce:LK cf:CG cg:CD ch:TW ci:HR cj:KY ck:CO cl:CL cm:CM co:CW cq:KM cr:CR cu:CU cv:CV cw:CK cx:CF cy:CY
    dk:DK dm:BJ dq:DM dr:DO ea:ER ec:EC eg:GQ em:TL er:EE es:SV et:ET fa:FO fg:GF fi:FI fj:FJ fk:FK fm:FM fp:PF fr:FR
    fs:TF ft:DJ gb:KI gd:GD gg:GG gh:GH gi:GI gl:GL gm:GM go:GA gp:GP gr:GR gs:GE gt:GT gu:GU gv:GN gw:DE gy:GY gz:PS
    hm:HM ho:HN ht:HT hu:HU ic:IS ie:IE ii:IN im:IM io:ID iq:IQ ir:IR is:IL it:IT iv:CI ja:JP je:JE jm:JM jo:JO ke:KE
    kg:KG kn:KP ko:KR ku:KW kv:XK kz:KZ lb:LR le:LB lh:LI li:LT lo:LS ls:LA lu:LU lv:LV ly:LY mc:MC mf:MU mg:MG mj:MS
    mk:OM ml:ML mm:MT mo:ME mp:MN mq:MQ mr:MA mu:MR mv:MD mw:MW mx:MX my:MY mz:MZ ne:NL ng:NE nl:NC no:NO np:NP nq:NI
    nr:NG nu:NR nw:MP nx:NF nz:NZ ot:YT pc:PN pe:PE pg:GW ph:PH pk:PK pl:PL pn:PA po:PT pp:PG pr:PR pw:PW py:PY qa:QA
    re:RE rh:ZW rm:RO ru:RU rw:RW sa:ZA sc:BL sd:SS se:SC sf:ST sg:SN sh:ES si:SG sj:SD sl:SL sm:SM sn:SX so:SO sp:ES
    sq:SZ sr:SR ss:EH st:MF su:SA sw:SE sx:NA sy:SY sz:CH ta:TJ tc:TC tg:TG th:TH ti:TN tk:TM tl:TK to:TO tr:TT ts:AE
    tu:TR tv:TV tz:TZ ua:EG ug:UG un:UA uv:BF uy:UY uz:UZ vb:VG vc:VA ve:VE vi:VI vm:VN wf:WF wj:PS ws:WS xa:CX xb:CC
    hk:HK mh:MO rb:RS xc:MV xd:KN xe:MH xh:NU xj:SH xk:LC xl:PM xm:VC xn:MK xo:SK xr:CZ xs:GS xv:SI ye:YE za:ZM
    ajr:AZ air:AM bwr:BY err:EE gsr:GE kgr:KG kzr:KZ lir:LT lvr:LV mvr:MD rur:RU tar:TJ tkr:TM unr:UA uzr:UZ
""")
# Codes of three letters name a part of one of these: nyu is New York, enk England. Checked after the table.
_PARTS_OF = {"u": "US", "c": "CA", "k": "GB", "a": "AU"}
_COUNTRY_GAPS: Mapping[str, str] = {
    "SU": _("Soviet Union"), "YU": _("Yugoslavia"), "CS": _("Czechoslovakia"), "DD": _("East Germany"),
}  # fmt: skip
_FORMER_COUNTRIES = {"xxr": "SU", "yu": "YU", "cs": "CS", "ge": "DD"}


def language_name(code: str, language: str | None = None) -> str:
    """The name of a language, as a label begins, in `language` (else the active one); the code where none has it."""
    with override(language or get_language()):
        if code == "mul":
            return gettext("Several languages")
        if code in _NOT_STATED:
            return gettext("Language not stated")
        tag = cldr_tag(code)
        name = active_locale().languages.get(tag)
        if not name and code in _LANGUAGE_GAPS:
            return gettext(_LANGUAGE_GAPS[code])
        name = name or Locale("en").languages.get(tag)
        return capitalised(name) if name else code


def language_tag(code: str) -> str:
    """The IETF tag of an ISO 639-2/B language: ``aze`` gives ``az``."""
    return TAGS.get(code, code)


def language_code(tag: str) -> str:
    """The ISO 639-2/B code of an IETF tag: ``az`` gives ``aze``; nothing where there is none."""
    first = tag.lower().partition("-")[0]
    return _codes().get(first, first if len(first) == 3 else "")


def language_choices() -> list[tuple[str, str]]:
    """(code, name) of the languages that a list for choosing offers, in the order of the active language."""
    language = get_language() or "en"
    named = [(code, language_name(code)) for code in sorted({*TAGS, *_LANGUAGE_GAPS})]
    return sorted(
        ((code, name) for code, name in named if name != code),
        key=lambda pair: sort_key(pair[1], language, language),
    )


def country_name(code: str, language: str | None = None) -> str:
    """The name of a country by its ISO 3166 code (AZ), in `language` (else the active one); the code if unknown."""
    with override(language or get_language()):
        name = active_locale().territories.get(code) or Locale("en").territories.get(code)
        if not name and code in _COUNTRY_GAPS:
            return gettext(_COUNTRY_GAPS[code])
        return capitalised(name) if name else code


def marc_country(code: str) -> str:
    """The ISO 3166 code of a MARC place of publication (field 008): ``aj`` gives ``AZ``; nothing if unknown."""
    code = code.strip(" |#\\").lower()
    found = _MARC_COUNTRIES.get(code) or _FORMER_COUNTRIES.get(code)
    if found or len(code) != 3:
        return found or ""
    return _PARTS_OF.get(code[-1], "")


def capitalised(name: str) -> str:
    """The name as a label begins; Georgian has no capitals in ordinary text."""
    if "ა" <= name[:1] <= "ჿ":
        return name
    turkic = get_language() in ("az", "tr")
    return ("İ" if turkic and name[:1] == "i" else name[:1].upper()) + name[1:]


def active_locale() -> Locale:
    """CLDR for the language of the page."""
    return _locale(get_language() or "en")


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@cache
def _codes() -> dict[str, str]:
    return {tag: code for code, tag in TAGS.items()}
