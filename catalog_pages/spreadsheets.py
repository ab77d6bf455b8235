"""Records and copies out of a spreadsheet (CSV, TSV, XLSX): for libraries that have nothing else.

A row is a copy; rows of the same number, or of the same title, author, year and ISBN, are copies of one
record. The rows of a file are held in memory: a spreadsheet has thousands of them, not millions.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from catalog_pages.marc.building import MarcBuilder
from catalog_pages.marc.encodings import decoded
from catalog_pages.marc.errors import NotMarc, Reason, Rejected
from catalog_pages.marc.reading import RawRecord
from catalog_pages.marc.structured import data_field
from catalog_pages.models import Material

_LARGEST = 256 << 20
# What a column may be called, in the languages of the interface.
_HEADERS = {
    # Not "No": that is often but the number of the row.
    "control_number": "control number|record number|id|qeyd nömrəsi|жазба нөмірі|ჩანაწერის ნომერი|yozuv raqami"
    "|kayıt no|номер записи",
    "title": "title|sərlövhə|kitabın adı|adı|ad|атауы|кітаптың атауы|სათაური|დასახელება|sarlavha|kitob nomi|nomi"
    "|eser adı|kitap adı|başlık|заглавие|название|наименование",
    "subtitle": "subtitle|alt sərlövhə|қосымша атауы|ქვესათაური|alt başlık|подзаголовок|сведения к заглавию",
    "author": "author|authors|müəllif|müəlliflər|автор|авторы|авторлар|ავტორი|ავტორები|muallif|mualliflar|yazar"
    "|yazarlar",
    "publisher": "publisher|nəşriyyat|баспа|баспасы|გამომცემლობა|nashriyot|yayınevi|издательство",
    "place": "place|nəşr yeri|шыққан жері|გამოცემის ადგილი|nashr joyi|yayın yeri|место издания|город",
    "year": "year|il|nəşr ili|жыл|жылы|წელი|გამოცემის წელი|yil|nashr yili|yıl|yayın yılı|год|год издания",
    "edition": "edition|nəşr|басылым|გამოცემა|nashr|baskı|издание",
    "extent": "extent|pages|həcm|səhifə|беті|көлемі|გვერდი|მოცულობა|hajmi|sahifa|sayfa|объем|объём|страниц",
    "series": "series|seriya|серия|სერია|turkum|dizi",
    "isbn": "isbn",
    "issn": "issn",
    "language": "language|dil|dili|тіл|тілі|ენა|til|tili|dil|язык",
    "class_number": "class number|class|təsnifat indeksi|təsnifat|жіктеу индексі|კლასიფიკაციის ინდექსი|tasnif indeksi"
    "|sınıflama numarası|индекс классификации|индекс|ddc|dewey|onluq təsnifat",
    "udc": "udc|uot|əот|эож|უაკ|uok|udk|удк",
    "bbk": "bbk|kbt|кбж|ббк",
    "subjects": "subject|subjects|mövzu|mövzular|тақырып|თემა|საგანი|mavzu|konu|konular|тема|темы|предмет|рубрика"
    "|рубрики|ключевые слова",
    "notes": "notes|note|qeyd|ескерту|შენიშვნა|izoh|not|примечание|примечания",
    "material": "material|kind|material növü|түрі|სახეობა|turi|tür|вид|вид издания",
    "branch": "branch|library|filial|kitabxana|филиал|кітапхана|ფილიალი|ბიბლიოთეკა|kutubxona|şube|kütüphane"
    "|библиотека",
    "barcode": "barcode|ştrix-kod|ştrix kod|штрих-код|штрихкод|შტრიხკოდი|shtrix-kod|barkod",
    "call_number": "call number|rəf şifri|şifr|сөре шифрі|თაროს შიფრი|javon shifri|yer numarası|шифр хранения|шифр"
    "|полочный шифр",
    "shelf": "shelf|rəf|сөре|თარო|javon|raf|полка|место хранения",
    "accession_number": "accession number|inventar nömrəsi|inventar|түгендеу нөмірі|инвентарлық нөмірі"
    "|საინვენტარო ნომერი|inventar raqami|demirbaş numarası|demirbaş no|инвентарный номер|инв. номер|инв. №",
    "price": "price|qiymət|qiyməti|бағасы|ფასი|narxi|fiyat|цена",
    "copies": "copies|number of copies|nüsxə|nüsxə sayı|дана саны|ეგზემპლარი|nusxa|nüsha|экземпляров"
    "|кол-во|количество",
}
COLUMNS = tuple(_HEADERS)
_LANGUAGES = {
    "az": "aze", "kk": "kaz", "ka": "geo", "uz": "uzb", "tr": "tur", "ru": "rus", "en": "eng", "fr": "fre",
    "de": "ger", "fa": "per", "ar": "ara", "azərbaycan": "aze", "azərbaycanca": "aze", "қазақ": "kaz",
    "қазақша": "kaz", "ქართული": "geo", "oʻzbek": "uzb", "türkçe": "tur", "türk": "tur", "русский": "rus",
    "рус": "rus", "rus": "rus", "ingilis": "eng", "английский": "eng", "english": "eng", "азербайджанский": "aze",
    "казахский": "kaz", "грузинский": "geo", "узбекский": "uzb", "турецкий": "tur",
}  # fmt: skip
_MOST_COPIES = 500

Row = dict[str, str]


def guess_columns(header: Sequence[str], said: Mapping[str, str] | None = None) -> dict[int, str]:
    """What each column of a file holds: as said (our name for it: the file's), else by its heading.

    Raises ValueError with a translated sentence where what was said fits nothing or no column is a title.
    """
    names = {name: column for column, names in _HEADERS.items() for name in names.split("|")}
    found = {at: names[key] for at, text in enumerate(header) if (key := _key(text)) in names}
    keys = [_key(text) for text in header]
    for column, heading in (said or {}).items():
        if column not in COLUMNS:
            raise ValueError(
                _("No column is called %(name)s here; known are %(known)s.")
                % {"name": column, "known": ", ".join(COLUMNS)}
            )
        if not heading:  # said to be in no column, whatever the headings say
            found = {at: name for at, name in found.items() if name != column}
            continue
        if _key(heading) not in keys:
            raise ValueError(_("The file has no column %(name)s.") % {"name": heading})
        found = {at: name for at, name in found.items() if name != column}
        found[keys.index(_key(heading))] = column
    if "title" not in found.values():
        raise ValueError(_("No column holds the title. Say which with --columns title=…"))
    return found


def read_rows(path: Path, *, encoding: str = "") -> Iterator[list[str]]:
    """The rows of a spreadsheet as text, the heading first; raises NotMarc (naming the file) and OSError."""
    with open(path, "rb") as stream:
        packed = stream.read(2) == b"PK"
        if stream.seek(0, io.SEEK_END) > _LARGEST:
            raise NotMarc(_("%(file)s: a spreadsheet this large cannot be read; split it") % {"file": path})
    if packed:
        yield from _xlsx_rows(path)
        return
    data = path.read_bytes()
    try:
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")  # "Unicode text" of Excel
        text = data.decode("utf-16") if wide else decoded(data, encoding)[0].removeprefix("\ufeff")
        if "\x00" in text:
            raise ValueError("not text")
        first = text.split("\n", 1)[0]
        mark = max("\t;,", key=first.count)
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except (Rejected, ValueError, csv.Error) as error:
        raise NotMarc(_("%(file)s: this is no spreadsheet that can be read") % {"file": path}) from error


def _xlsx_rows(path: Path) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > _LARGEST:
                raise ValueError("too large unpacked")
        book = load_workbook(path, read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield ["" if cell is None else str(cell).removesuffix(".0") for cell in row]
    except Exception as error:  # What the reader of XLSX raises on a broken file is not written down.
        raise NotMarc(_("%(file)s: this is no spreadsheet that can be read") % {"file": path}) from error


def records(
    path: Path, *, said: Mapping[str, str] | None = None, branch: str = "", encoding: str = ""
) -> Iterator[RawRecord]:
    """The records of a spreadsheet with their copies; a row that cannot be one comes with a reason.

    ``branch`` is where the copies stand if the file has no column for it. Raises NotMarc, OSError, and
    ValueError as ``guess_columns`` does.
    """
    rows = read_rows(path, encoding=encoding)
    columns = guess_columns(next(rows, []), said)
    held: dict[str, list[tuple[int, list[str], Row]]] = {}
    for number, cells in enumerate(rows, 2):
        row = {columns[at]: " ".join(cell.split()) for at, cell in enumerate(cells) if at in columns}
        if any(row.values()):
            held.setdefault(_number(row), []).append((number, cells, row))
    for name, copies in held.items():
        yield _raw(name, copies, branch)


def _number(row: Row) -> str:
    """The record's number: the one given, else one made of what tells a book from others."""
    if given := row.get("control_number"):
        return given[:100]
    telling = "\x1f".join(
        row.get(name, "").casefold() for name in ("title", "subtitle", "author", "year", "isbn")
    )
    return f"row-{hashlib.sha256(telling.encode()).hexdigest()[:24]}"


def _raw(number: str, copies: Sequence[tuple[int, list[str], Row]], branch: str) -> RawRecord:
    first, _cells, row = copies[0]
    text = io.StringIO()
    csv.writer(text).writerows(cells for _number, cells, _row in copies)
    data = text.getvalue().encode("utf-8", "replace")
    try:
        if not row.get("title"):
            raise Rejected(Reason.NO_TITLE)
        builder = _builder(number, row)
        for _number, _cells, copy in copies:
            _add_copies(builder, copy, branch)
    except Rejected as rejection:
        return RawRecord(first, 0, data, rejection.reason)
    return RawRecord(
        first, 0, data, leader=builder.leader, fields=builder.fields, encoding="utf-8", format="marc21"
    )


def _builder(number: str, row: Row) -> MarcBuilder:
    material = row.get("material", "").casefold()
    kinds = {key: kind for kind in Material for key in (kind.value, str(kind.label).casefold())}
    builder = MarcBuilder(number, kinds.get(material, "book"))
    said = row.get("language", "").casefold()
    code = said if len(said) == 3 and said.isascii() else ""
    language = _LANGUAGES.get(said, code)
    year = row.get("year", "")
    builder.fixed(
        year=year if len(year) == 4 and year.isascii() and year.isdigit() else "", language=language
    )
    builder.add("020", a=row.get("isbn", ""))
    builder.add("022", a=row.get("issn", ""))
    builder.add("080", a=row.get("udc", ""))
    builder.add("082", a=row.get("class_number", ""))
    builder.add("084", a=row.get("bbk", ""), **{"2": "bbk" if row.get("bbk") else ""})
    authors = [name.strip() for name in row.get("author", "").split(";") if name.strip()]
    for at, name in enumerate(authors):
        builder.add("700" if at else "100", "1 ", a=name)
    builder.add("245", "10", a=row["title"], b=row.get("subtitle", ""))
    builder.add("250", a=row.get("edition", ""))
    builder.add("264", " 1", a=row.get("place", ""), b=row.get("publisher", ""), c=year)
    builder.add("300", a=row.get("extent", ""))
    builder.add("490", "0 ", a=row.get("series", ""))
    builder.add("500", a=row.get("notes", ""))
    for subject in row.get("subjects", "").split(";"):
        builder.add("653", a=subject.strip())
    return builder


def _add_copies(builder: MarcBuilder, row: Row, branch: str) -> None:
    code = row.get("branch") or branch
    if not code:
        return
    parts: Iterable[tuple[str, str]] = (
        ("a", code), ("b", code), ("o", row.get("call_number", "")), ("p", row.get("barcode", "")),
        ("c", row.get("shelf", "")), ("i", row.get("accession_number", "")), ("g", row.get("price", "")),
    )  # fmt: skip
    count = row.get("copies", "")
    number = int(count) if count.isascii() and count.isdigit() and not row.get("barcode") else 1
    field = data_field("952", "  ", [part for part in parts if part[1]])
    builder.fields.extend([field] * min(max(number, 1), _MOST_COPIES))


def _key(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("'", "ʻ").split()).strip(" .:*")
