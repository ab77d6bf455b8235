"""The fields of `search.layout` in tantivy's terms."""

import tantivy

from search.layout import FIELDS, FieldKind

COLUMN_ONLY = "column_only"
TOKENIZERS = {
    FieldKind.WORDS: "whitespace",
    FieldKind.PLACED_WORDS: "whitespace",
    FieldKind.ORDER: COLUMN_ONLY,
}


def build_schema() -> tantivy.Schema:
    """One field of tantivy for each of ours."""
    builder = tantivy.SchemaBuilder()
    for name, kind in FIELDS.items():
        if kind is FieldKind.NUMBER:
            builder.add_integer_field(name, indexed=name.startswith("facet_"), fast=True)
            continue
        builder.add_text_field(
            name,
            stored=name == "id",
            fast=kind in (FieldKind.FACET, FieldKind.ORDER),
            tokenizer_name=TOKENIZERS.get(kind, "raw"),
            index_option="position" if kind is FieldKind.PLACED_WORDS else "basic",
        )
    return builder.build()


SCHEMA = build_schema()


def prepared(index: tantivy.Index) -> tantivy.Index:
    """The index, knowing how to write fields that are only sorted by: whole in their column, and not as terms."""
    nothing, whole = tantivy.Tokenizer.regex(r"[^\s\S]"), tantivy.Tokenizer.raw()
    index.register_tokenizer(COLUMN_ONLY, tantivy.TextAnalyzerBuilder(nothing).build())
    index.register_fast_field_tokenizer(COLUMN_ONLY, tantivy.TextAnalyzerBuilder(whole).build())
    return index
