"""Writing many rows at once: what bulk_create does, in half its time, for the tables that an import fills.

Half a million records are twenty million values: Django asks for each of them how the database wants it, and most are
text and numbers that go as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connections, models, router

_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)


def insert(
    rows: Sequence[models.Model],
    *,
    unique: Sequence[str] = (),
    update: Sequence[str] = (),
    ignore: bool = False,
    returning: bool = False,
) -> None:
    """Insert rows of one model; inside the caller's transaction, without signals.

    Where a row meets another one in the fields ``unique``, the fields ``update`` of that one are written over; with
    ``ignore`` whatever meets another row is left out. With ``returning`` the rows get their primary keys; other rows
    must have theirs, or need none.
    """
    if not rows:
        return
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    fields = [
        field for field in model._meta.concrete_fields if rows[0].pk is not None or not field.primary_key
    ]
    values = [_getter(field, connection) for field in fields]
    head, tail = _statement(model, fields, connection, unique, update, ignore, returning)
    marks = f"({', '.join(['%s'] * len(fields))})"
    with connection.cursor() as cursor:
        if not returning:
            cursor.executemany(
                f"{head} {marks}{tail}", [tuple(value(row) for value in values) for row in rows]
            )
            return
        most = max(1, (connection.features.max_query_params or 10_000) // len(fields))
        for at in range(0, len(rows), most):
            chunk = rows[at : at + most]
            parameters = [value(row) for row in chunk for value in values]
            cursor.execute(f"{head} {', '.join([marks] * len(chunk))}{tail}", parameters)
            for row, (pk,) in zip(chunk, cursor.fetchall(), strict=True):
                row.pk = pk
                row._state.adding = False


def insert_plain(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of text and numbers that go as they are; ``names`` are their fields."""
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    fields = [model._meta.get_field(name) for name in names]
    head, _tail = _statement(model, fields, connection, (), (), False, False)
    with connection.cursor() as cursor:
        cursor.executemany(f"{head} ({', '.join(['%s'] * len(names))})", rows)


def _statement(
    model: type[models.Model],
    fields: Sequence[Any],
    connection: Any,
    unique: Sequence[str],
    update: Sequence[str],
    ignore: bool,
    returning: bool,
) -> tuple[str, str]:
    """What stands before and behind the rows."""
    name = connection.ops.quote_name
    column = {field.name: name(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(name(field.column) for field in fields)
    head, tail = f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES", ""
    if unique:
        changes = ", ".join(f"{column[field]} = EXCLUDED.{column[field]}" for field in update)
        tail = f" ON CONFLICT ({', '.join(column[field] for field in unique)}) DO UPDATE SET {changes}"
    elif ignore:
        tail = " ON CONFLICT DO NOTHING"
    if returning:
        tail += f" RETURNING {name(model._meta.pk.column)}"
    return head, tail


def _getter(field: Any, connection: Any) -> Callable[[models.Model], Any]:
    """How a field's value is read from a row, as the database wants it."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)
    value = attrgetter(field.attname)
    if isinstance(field, _PLAIN):
        return value
    if isinstance(field, models.JSONField):
        nothing = field.get_db_prep_save([], connection)  # what most lists of most records hold

        def json(row: models.Model) -> Any:
            content = value(row)
            return nothing if content == [] else field.get_db_prep_save(content, connection)

        return json
    return lambda row: field.get_db_prep_save(value(row), connection)
