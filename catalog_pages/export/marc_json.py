"""MARC-in-JSON: the record as libraries' programs exchange it in JSON."""

import json
from typing import Any

from catalog_pages.export.outgoing import Field, Outgoing


def marc_json(outgoing: Outgoing) -> bytes:
    """The record as one JSON object."""
    record = {"leader": outgoing.leader, "fields": [_field(field) for field in outgoing.fields()]}
    return json.dumps(record, ensure_ascii=False).encode()


def _field(field: Field) -> dict[str, Any]:
    if field.is_control:
        return {field.tag: field.value}
    first, second = tuple(field.indicators)
    return {
        field.tag: {
            "subfields": [{code: value} for code, value in field.subfields],
            "ind1": first,
            "ind2": second,
        }
    }
