"""Records and items for tests."""

from datetime import date

import factory
from django.utils import timezone

from catalog_pages.marc.building import MarcBuilder
from catalog_pages.models import (
    Accession,
    EResourceIndexPage,
    EResourcePage,
    Item,
    Record,
    Stocktaking,
    Subscription,
    WeedingList,
)
from catalog_pages.services import set_sort_keys
from tests.factories.library import BranchFactory


class RecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Record

    control_number = factory.Sequence(lambda n: f"test-{n}")
    title = factory.Sequence(lambda n: f"A book for test {n}")
    authors = factory.Sequence(lambda n: [f"Author {n}, Made-up"])
    language = "eng"
    languages = factory.LazyAttribute(lambda record: [record.language] if record.language else [])
    year = 1990
    class_scheme = "ddc"
    class_number = "894.361"
    subjects = ["Testing"]

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        record = model_class(*args, **kwargs)
        set_sort_keys(record, filing_title=record.title)
        record.save()
        return record


class ItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Item

    record = factory.SubFactory(RecordFactory)
    branch = factory.SubFactory(BranchFactory)
    barcode = factory.Sequence(lambda n: f"T{n:08d}")
    call_number = "894.361 AUT 1990"
    shelf_key = factory.LazyAttribute(lambda item: item.record.shelf_key)
    status = "available"
    available = factory.LazyAttribute(lambda item: item.status in Item.ON_SHELF)


def marc(control_number: str = "m1", title: str = "A title", items=(), **subfields: str) -> bytes:
    """A small MARC21 record in ISO 2709; ``items`` are the keywords of MarcBuilder.item."""
    builder = MarcBuilder(control_number)
    builder.fixed(year="1990", language="eng")
    builder.add("245", "10", a=title, **subfields)
    for item in items:
        builder.item(**{"call_number": "1 AAA", **item})
    return builder.iso2709()


class AccessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Accession

    number = factory.Sequence(lambda n: f"A{n:05d}")
    branch = factory.SubFactory(BranchFactory)
    date = factory.LazyFunction(timezone.localdate)


class SubscriptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Subscription

    record = factory.SubFactory(RecordFactory, material="periodical")
    branch = factory.SubFactory(BranchFactory)
    supplier = "A made-up newspaper"
    supplier_email = "claims@newspaper.example"
    frequency = "monthly"
    first_day = date(2026, 1, 1)
    last_day = date(2026, 12, 31)


COMMISSION = [{"name": f"Member {number}", "office": "librarian"} for number in (1, 2, 3)]


class StocktakingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Stocktaking

    branch = factory.SubFactory(BranchFactory)
    commission = COMMISSION
    last_item = 10**9


class WeedingListFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WeedingList

    branch = factory.SubFactory(BranchFactory)
    name = factory.Sequence(lambda n: f"List {n}")
    commission = COMMISSION


def make_e_resources(home, title: str = "Electronic resources"):
    """The list of electronic resources below a home page, at its usual address."""
    return home.add_child(instance=EResourceIndexPage(title=title, slug="e-resources", locale=home.locale))


def make_e_resource(index, title: str, **values):
    """A published resource in a list; ``subjects`` and ``branches`` are lists."""
    many = {name: values.pop(name) for name in ("subjects", "branches") if name in values}
    values = {"address": "https://resource.example/", "languages": " eng ", **values}
    page = index.add_child(instance=EResourcePage(title=title, locale=index.locale, **values))
    for name, chosen in many.items():
        setattr(page, name, chosen)
    page.save()
    return page
