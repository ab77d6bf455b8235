"""After every migrate: the class schemes there are, each with the ranges a new installation begins with."""

from typing import Any

from django.apps import apps as all_apps
from django.db import transaction

from catalog_pages.class_schemes.built_in import BUILT_IN
from catalog_pages.class_schemes.tables import forget_tables
from catalog_pages.models import Classification, ClassRange


@transaction.atomic
def keep_class_schemes() -> None:
    """Make the schemes that are missing. What staff changed or took away within a scheme stays so."""
    there = set(Classification.objects.values_list("code", flat=True))
    for code, ranges in BUILT_IN.items():
        if code in there:
            continue
        scheme = Classification.objects.create(code=code)
        ClassRange.objects.bulk_create(
            ClassRange(scheme=scheme, beginning=beginning, colour=colour)
            for beginning, colour in ranges.items()
        )
    forget_tables()


def after_migrate(apps: Any = None, **kwargs: Any) -> None:
    """Nothing to do where the migrations stop before the tables (signal `post_migrate`).

    `flush` sends the signal without `apps`: then every table is there.
    """
    try:
        (apps or all_apps).get_model("catalog_pages", "ClassRange")
    except LookupError:
        return
    keep_class_schemes()


def ranges_changed(**kwargs: Any) -> None:
    """At once for those who read on in this transaction, and again when everybody may see it."""
    forget_tables()
    transaction.on_commit(forget_tables)
