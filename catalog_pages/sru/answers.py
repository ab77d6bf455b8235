"""The operations of SRU as XML, in the namespaces of each version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict
from lxml import etree

from catalog_pages.browsing import headings, start_key
from catalog_pages.export import dublin_core, marcxml, mods
from catalog_pages.export.elements import Element, add, document, root
from catalog_pages.export.outgoing import Outgoing, outgoing
from catalog_pages.keyset import Wanted
from catalog_pages.models import Record
from catalog_pages.sru.cql import Clause, Query, parse
from catalog_pages.sru.diagnostics import Diagnostic
from catalog_pages.sru.translation import EXPLAINED, INDEXES, in_our_words, order_of, record_number, sort_keys
from search.errors import SearchUnavailable, TooDeep
from search.service import SearchPage, search

VERSIONS = ("1.1", "1.2", "2.0")
MOST_RECORDS = 100
DEFAULT_RECORDS = 10
_NAMESPACES = {"1.1": "http://www.loc.gov/zing/srw/", "1.2": "http://www.loc.gov/zing/srw/"}
_RESPONSE_2 = "http://docs.oasis-open.org/ns/search-ws/sruResponse"
_SCAN_2 = "http://docs.oasis-open.org/ns/search-ws/scan"
_DIAGNOSTICS = {"2.0": "http://docs.oasis-open.org/ns/search-ws/diagnostic"}
_EXPLAIN = "http://explain.z3950.org/dtd/2.0/"


@dataclass(frozen=True, slots=True)
class Schema:
    """A form of the records found: its names in requests, its URI, its writer."""

    name: str
    uri: str
    write: Callable[[Outgoing], Element]


SCHEMAS = (
    Schema("marcxml", "info:srw/schema/1/marcxml-v1.1", marcxml.marcxml),
    Schema("dc", "info:srw/schema/1/dc-v1.1", dublin_core.dublin_core),
    Schema("mods", "info:srw/schema/1/mods-v3.7", mods.mods),
)


def answer(parameters: QueryDict) -> bytes:
    """The document that answers a request; what is wrong with it stands in the document."""
    version = parameters.get("version") or ("2.0" if "operation" not in parameters else "1.2")
    operation = parameters.get("operation") or _implied(parameters)
    shape = _Shape(
        version if version in VERSIONS else "1.2", operation if operation in _OPERATIONS else "explain"
    )
    try:
        if version not in VERSIONS:
            raise Diagnostic(5, ", ".join(VERSIONS))
        if operation not in _OPERATIONS:
            raise Diagnostic(4, operation)
        return document(_OPERATIONS[operation](parameters, shape))
    except Diagnostic as problem:
        return document(_refusal(shape, problem))
    except TooDeep:
        return document(_refusal(shape, Diagnostic(61, "No more than 10000 records can be reached.")))
    except SearchUnavailable:
        return document(_refusal(shape, Diagnostic(2)))


def _implied(parameters: Mapping[str, str]) -> str:
    """SRU 2.0 names no operation: what is asked shows it."""
    if "query" in parameters:
        return "searchRetrieve"
    return "scan" if "scanClause" in parameters else "explain"


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which version and operation the answer has."""

    version: str
    operation: str

    @property
    def packing(self) -> str:
        """How version 2.0 and those before call the way in which records are written."""
        return "recordXMLEscaping" if self.version == "2.0" else "recordPacking"

    def response(self) -> Element:
        namespace = _NAMESPACES.get(self.version) or (_SCAN_2 if self.operation == "scan" else _RESPONSE_2)
        element = root(namespace, f"{self.operation}Response")
        add(element, "version", self.version)
        return element


def _refusal(shape: _Shape, problem: Diagnostic) -> Element:
    response = shape.response()
    if shape.operation == "searchRetrieve":
        add(response, "numberOfRecords", 0)
    namespace = _DIAGNOSTICS.get(shape.version, "http://www.loc.gov/zing/srw/diagnostic/")
    diagnostic = etree.SubElement(
        add(response, "diagnostics"), f"{{{namespace}}}diagnostic", nsmap={"diag": namespace}
    )
    add(diagnostic, "uri", f"info:srw/diagnostic/1/{problem.number}")
    if problem.details:
        add(diagnostic, "details", problem.details)
    add(diagnostic, "message", problem.message)
    return response


def _search_retrieve(parameters: QueryDict, shape: _Shape) -> Element:
    start = _number(parameters, "startRecord", 1, lowest=1)
    wanted = min(_number(parameters, "maximumRecords", DEFAULT_RECORDS, lowest=0), MOST_RECORDS)
    schema = _schema(parameters.get("recordSchema", ""))
    packing = _packing(parameters, shape)
    if parameters.get("queryType", "cql") != "cql":
        raise Diagnostic(6, "queryType")
    if "query" not in parameters:
        raise Diagnostic(7, "query")
    query = parse(parameters.get("query", ""))
    keys = query.sort or sort_keys(parameters.get("sortKeys", ""))
    total, records = _found(query, order_of(keys), start, wanted)
    if start > max(total, 1):
        raise Diagnostic(61, str(start))
    response = shape.response()
    add(response, "numberOfRecords", total)
    if records:
        listed = add(response, "records")
        for at, found in enumerate(outgoing(records), start):
            _write(listed, schema, found, at, packing, shape)
    if records and start + len(records) <= total:
        add(response, "nextRecordPosition", start + len(records))
    return response


def _write(parent: Element, schema: Schema, found: Outgoing, at: int, packing: str, shape: _Shape) -> None:
    record = add(parent, "record")
    add(record, "recordSchema", schema.uri)
    add(record, shape.packing, packing)
    data = add(record, "recordData")
    element = schema.write(found)
    if packing == "string":
        data.text = etree.tostring(element, encoding="unicode")
    else:
        data.append(element)
    add(record, "recordPosition", at)


def _found(query: Query, order: str, start: int, wanted: int) -> tuple[int, list[Record]]:
    number = record_number(query)
    if number is not None:
        records = list(Record.objects.filter(pk=number))
        return len(records), records if start == 1 and wanted else []
    text, size = in_our_words(query.tree), max(wanted, 1)
    page, skipped = divmod(start - 1, size)
    first = _page(text, order, page + 1, size)
    ids: Sequence[str] = first.ids[skipped:]
    if skipped and len(first.ids) == size and (page + 1) * size < first.total:
        ids = [*ids, *_page(text, order, page + 2, size).ids[:skipped]]
    numbers = [int(found.partition(":")[2]) for found in ids[:wanted]]
    by_number = Record.objects.in_bulk(numbers)
    return first.total, [by_number[number] for number in numbers if number in by_number]


def _page(text: str, order: str, page: int, size: int) -> SearchPage:
    found = search(text, sort=order, page=page, per_page=size, widen=False)
    if found.notice:
        raise Diagnostic(48, "The query is too long or has what this search cannot read.")
    return found


def _scan(parameters: QueryDict, shape: _Shape) -> Element:
    """Authors or subjects as they stand in the alphabet of the library's language, from a term on."""
    if "scanClause" not in parameters:
        raise Diagnostic(7, "scanClause")
    clause = parse(parameters.get("scanClause", "")).tree
    limit = min(max(_number(parameters, "maximumTerms", DEFAULT_RECORDS, lowest=1), 1), MOST_RECORDS)
    if _number(parameters, "responsePosition", 1, lowest=0) > 1:
        raise Diagnostic(6, "responsePosition")
    if not isinstance(clause, Clause):
        raise Diagnostic(48)
    kind = INDEXES.get(clause.index)
    if kind not in ("author", "subject"):
        raise Diagnostic(16, clause.index)
    alphabet = settings.LANGUAGE_CODE
    rows = headings(kind, alphabet, Wanted(start=start_key(clause.term, alphabet)), limit).part.rows
    response = shape.response()
    if rows:
        terms = add(response, "terms")
        for heading in rows:
            term = add(terms, "term")
            add(term, "value", heading.text)
            add(term, "numberOfRecords", heading.records)
    return response


def _explain(parameters: QueryDict, shape: _Shape) -> Element:
    response = shape.response()
    record = add(response, "record")
    add(record, "recordSchema", _EXPLAIN)
    add(record, shape.packing, "xml")
    explain = etree.SubElement(add(record, "recordData"), f"{{{_EXPLAIN}}}explain", nsmap={None: _EXPLAIN})
    address = urlsplit(settings.BASE_URL)
    server = add(explain, "serverInfo", protocol="SRU", version=shape.version, transport=address.scheme)
    add(server, "host", address.hostname or "localhost")
    add(server, "port", address.port or (443 if address.scheme == "https" else 80))
    add(server, "database", "sru")
    index_info = add(explain, "indexInfo")
    for name in EXPLAINED:
        context, _dot, local = name.partition(".")
        index = add(
            index_info,
            "index",
            search="true",
            scan=str(INDEXES[name.lower()] in ("author", "subject")).lower(),
        )
        add(add(index, "map"), "name", local, set=context)
    schema_info = add(explain, "schemaInfo")
    for schema in SCHEMAS:
        add(schema_info, "schema", identifier=schema.uri, name=schema.name)
    config = add(explain, "configInfo")
    add(config, "default", DEFAULT_RECORDS, type="numberOfRecords")
    add(config, "setting", MOST_RECORDS, type="maximumRecords")
    return response


def _number(parameters: QueryDict, name: str, default: int, *, lowest: int) -> int:
    text = parameters.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10) or int(text) < lowest:
        raise Diagnostic(6, name)
    return int(text)


def _schema(name: str) -> Schema:
    for schema in SCHEMAS:
        if name in ("", schema.name, schema.uri):
            return schema
    raise Diagnostic(66, name)


def _packing(parameters: QueryDict, shape: _Shape) -> str:
    value = parameters.get(shape.packing, "xml")
    if value not in ("xml", "string"):
        raise Diagnostic(71, value)
    return value


_OPERATIONS: Mapping[str, Callable[[QueryDict, _Shape], Element]] = {
    "explain": _explain,
    "searchRetrieve": _search_retrieve,
    "scan": _scan,
}
