"""Records out of MARC-in-JSON: a list, one record a line, or one after the other; flat memory.

Two relatives are read too: lists of [tag, indicators, code, value, ...] and IRBIS records as pairs of tag
and value.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from catalog_pages.marc import irbis
from catalog_pages.marc.errors import Reason, Rejected
from catalog_pages.marc.reading import RawRecord
from catalog_pages.marc.structured import LONGEST_RECORD, control_field, data_field, is_control, leader_of

_CHUNK = 1 << 18
_BETWEEN = " \t\r\n,[]\ufeff"


def read_marcjson(stream: BinaryIO) -> Iterator[RawRecord]:
    """Every record of a stream in order; an object that cannot be read ends at the end of its line."""
    number, offset, text, size, at_end = 0, 0, "", _CHUNK, False
    decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
    decoder = json.JSONDecoder(strict=False)  # Line ends inside a text do no harm.
    while not at_end or text:
        between = len(text)
        text = text.lstrip(_BETWEEN)
        offset += between - len(text)
        try:
            value, end = decoder.raw_decode(text)
        except RecursionError:
            value, end = None, 0
        except ValueError:
            if not at_end and len(text) < LONGEST_RECORD:
                chunk = stream.read(size)
                at_end, size = not chunk, min(size * 2, LONGEST_RECORD)
                text += decode(chunk, at_end)
                continue
            value, end = None, 0
        if not text:
            break
        size = _CHUNK
        end = end or (text.find("\n") + 1 or len(text))
        number += 1
        data = text[:end].encode("utf-8", "surrogateescape")
        yield _raw(number, offset, data, value)
        offset += len(data)
        text = text[end:]


def _raw(number: int, offset: int, data: bytes, value: Any) -> RawRecord:
    try:
        if not isinstance(value, dict):
            raise Rejected(Reason.BAD_JSON)
        if "mfn" in value and isinstance(value.get("fields"), list):
            fields = [irbis.field(str(tag), str(content)) for tag, content in value["fields"]]
            leader = irbis.LEADER
        else:
            leader, fields = _marc(value)
    except Rejected as rejection:
        return RawRecord(number, offset, data, rejection.reason)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError):
        return RawRecord(number, offset, data, Reason.BAD_JSON)
    if not fields:
        return RawRecord(number, offset, data, Reason.NOT_A_RECORD)
    kind = "irbis" if "mfn" in value else ""
    return RawRecord(number, offset, data, leader=leader, fields=fields, encoding="utf-8", format=kind)


def _marc(value: dict[str, Any]) -> tuple[str, list[tuple[str, bytes]]]:
    if "record" in value:
        return _listed(value["record"])
    fields = []
    for named in value["fields"]:
        for tag, content in named.items():
            if isinstance(content, str):
                fields.append(control_field(tag, content))
                continue
            indicators = (content.get("ind1") or " ") + (content.get("ind2") or " ")
            subfields = [part for subfield in content["subfields"] for part in subfield.items()]
            fields.append(data_field(tag, indicators, subfields))
    return leader_of(value["leader"]), fields


def _listed(rows: list[list[str]]) -> tuple[str, list[tuple[str, bytes]]]:
    leader, fields = "", []
    for tag, first, second, *rest in rows:
        if tag == "LDR":
            leader = rest[1]
        elif is_control(tag) or rest[:1] == ["_"]:
            fields.append(control_field(tag, rest[1]))
        else:
            pairs = list(zip(rest[::2], rest[1::2], strict=True))
            fields.append(data_field(tag, (first or " ") + (second or " "), pairs))
    return leader_of(leader), fields
