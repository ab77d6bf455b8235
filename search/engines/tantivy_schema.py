"""The fields of `search.layout` in tantivy's terms."""

import tantivy

from search.layout import FIELDS, FieldKind


def build_schema() -> tantivy.Schema:
    """One field of tantivy for each of ours."""
    builder = tantivy.SchemaBuilder()
    for name, kind in FIELDS.items():
        if kind is FieldKind.NUMBER:
            builder.add_integer_field(name, indexed=name.startswith("facet_"), fast=True)
            continue
        in_words = kind in (FieldKind.WORDS, FieldKind.PLACED_WORDS)
        builder.add_text_field(
            name,
            stored=name == "id",
            fast=kind in (FieldKind.FACET, FieldKind.ORDER),
            tokenizer_name="whitespace" if in_words else "raw",
            index_option="position" if kind is FieldKind.PLACED_WORDS else "basic",
        )
    return builder.build()


SCHEMA = build_schema()
