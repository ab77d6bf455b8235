"""The verbs of OAI-PMH: from checked arguments to the XML that answers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

from catalog_pages.export.elements import Element, add
from catalog_pages.oai.providers import Provider, Row, providers
from catalog_pages.oai.requests import Arguments, OaiError
from catalog_pages.oai.tokens import Token
from library.models import SystemSettings

ROWS_PER_ANSWER = 100
BIGGEST_NUMBER = 2**63 - 1


def stamp(moment: datetime) -> str:
    """A moment in the precision of the protocol."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def answer(parent: Element, arguments: Arguments, now: datetime) -> None:
    """Put the answer into the document. Raises OaiError."""
    _VERBS[arguments.verb](parent, arguments, now)


def _identify(parent: Element, arguments: Arguments, now: datetime) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    system = SystemSettings.for_site(site) if site else SystemSettings()
    element = add(parent, "Identify")
    add(element, "repositoryName", str(system) or _domain())
    add(element, "baseURL", f"{settings.BASE_URL}/oai")
    add(element, "protocolVersion", "2.0")
    add(element, "adminEmail", system.email or f"webmaster@{_domain()}")
    firsts = filter(None, (provider.earliest() for provider in providers()))
    add(element, "earliestDatestamp", stamp(min(firsts, default=now)))
    add(element, "deletedRecord", "persistent")
    add(element, "granularity", "YYYY-MM-DDThh:mm:ssZ")


def _list_metadata_formats(parent: Element, arguments: Arguments, now: datetime) -> None:
    offering = providers()
    if "identifier" in arguments.values:
        provider, _row = _find(arguments.values["identifier"])
        offering = [provider]
    element = add(parent, "ListMetadataFormats")
    for form in {form.prefix: form for provider in offering for form in provider.formats}.values():
        described = add(element, "metadataFormat")
        add(described, "metadataPrefix", form.prefix)
        add(described, "schema", form.schema)
        add(described, "metadataNamespace", form.namespace)


def _list_sets(parent: Element, arguments: Arguments, now: datetime) -> None:
    if "resumptionToken" in arguments.values:
        raise OaiError("badResumptionToken", "The list of sets is given whole.")
    sets = [found for provider in providers() for found in provider.sets()]
    if not sets:
        raise OaiError("noSetHierarchy", "There are no sets here.")
    element = add(parent, "ListSets")
    for spec, name in sets:
        described = add(element, "set")
        add(described, "setSpec", spec)
        add(described, "setName", name)


def _get_record(parent: Element, arguments: Arguments, now: datetime) -> None:
    provider, row = _find(arguments.values["identifier"])
    prefix = arguments.values["metadataPrefix"]
    _check_format(prefix, [provider])
    metadata = {} if row.is_deleted else provider.metadata([row.number], prefix)
    _write(add(parent, "GetRecord"), provider, row, metadata)


def _list(parent: Element, arguments: Arguments, now: datetime) -> None:
    verb, offering = arguments.verb, providers()
    token = _start(arguments, now, offering)
    following, provider, rows = _next_rows(token, offering)
    if provider is None:
        raise OaiError("noRecordsMatch", "Nothing matches.")
    element = add(parent, verb)
    wanted = [row.number for row in rows if not row.is_deleted]
    metadata = provider.metadata(wanted, token.prefix) if verb == "ListRecords" and wanted else {}
    for row in rows:
        if verb == "ListIdentifiers":
            _header(element, provider, row)
        elif row.is_deleted or row.number in metadata:
            _write(element, provider, row, metadata)
    if following:
        add(element, "resumptionToken", str(following))
    elif "resumptionToken" in arguments.values:
        add(element, "resumptionToken")  # empty: the list ends here


def _start(arguments: Arguments, now: datetime, offering: Sequence[Provider]) -> Token:
    values = arguments.values
    if "resumptionToken" in values:
        return Token.read(values["resumptionToken"], arguments.verb)
    since, before = arguments.period(now)
    _check_format(values["metadataPrefix"], offering)
    if "set" in values and not any(provider.sets() for provider in offering):
        raise OaiError("noSetHierarchy", "There are no sets here.")
    return Token(
        verb=arguments.verb,
        prefix=values["metadataPrefix"],
        since=since.isoformat() if since else "",
        before=before.isoformat(),
        set_spec=values.get("set", ""),
    )


def _next_rows(
    token: Token, offering: Sequence[Provider]
) -> tuple[Token | None, Provider | None, Sequence[Row]]:
    """The token behind these rows (None at the end), whose they are, and the rows; no provider: nothing is left."""
    at: Token | None = token
    while at and at.provider < len(offering):
        provider = offering[at.provider]
        rows = _rows(provider, at)
        if len(rows) > ROWS_PER_ANSWER:
            rows = rows[:ROWS_PER_ANSWER]
            last = rows[-1]
            return replace(at, after=(last.changed.isoformat(), last.number)), provider, rows
        at = _behind(at, provider)
        if rows:
            return _with_rows(at, offering), provider, rows
    return None, None, []


def _with_rows(token: Token, offering: Sequence[Provider]) -> Token | None:
    """The token itself or one behind it, if anything follows: a list never ends with an empty answer."""
    while token.provider < len(offering):
        provider = offering[token.provider]
        if _rows(provider, token, limit=1):
            return token
        token = _behind(token, provider)
    return None


def _behind(token: Token, provider: Provider) -> Token:
    if token.stage + 1 < provider.stages:
        return replace(token, stage=token.stage + 1, after=None)
    return replace(token, provider=token.provider + 1, stage=0, after=None)


def _rows(provider: Provider, token: Token, limit: int = ROWS_PER_ANSWER + 1) -> Sequence[Row]:
    if token.prefix not in {form.prefix for form in provider.formats}:
        return []
    if token.set_spec and token.set_spec not in dict(provider.sets()):
        return []
    return provider.rows(token.selection, token.stage, token.after, limit)


def _check_format(prefix: str, offering: Sequence[Provider]) -> None:
    if not any(form.prefix == prefix for provider in offering for form in provider.formats):
        raise OaiError("cannotDisseminateFormat", "There is no such format here.")


def _find(identifier: str) -> tuple[Provider, Row]:
    for provider in providers():
        number = identifier.removeprefix(_prefix(provider))
        known = number != identifier and number.isascii() and number.isdigit()
        if (
            known
            and len(number) < 20
            and int(number) <= BIGGEST_NUMBER
            and (row := provider.row(int(number)))
        ):
            return provider, row
    raise OaiError("idDoesNotExist", "There is no such record here.")


def _write(parent: Element, provider: Provider, row: Row, metadata: Mapping[int, Element]) -> None:
    record = add(parent, "record")
    _header(record, provider, row)
    if row.number in metadata:
        add(record, "metadata").append(metadata[row.number])


def _header(parent: Element, provider: Provider, row: Row) -> None:
    header = add(parent, "header", **({"status": "deleted"} if row.is_deleted else {}))
    add(header, "identifier", f"{_prefix(provider)}{row.number}")
    add(header, "datestamp", stamp(row.changed))
    for spec in row.sets:
        add(header, "setSpec", spec)


def _prefix(provider: Provider) -> str:
    return f"oai:{_domain()}:{provider.name}/"


def _domain() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


_VERBS: Mapping[str, Callable[[Element, Arguments, datetime], None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_metadata_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list,
    "ListRecords": _list,
}
