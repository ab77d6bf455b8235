"""Staff who catalogue, and forms as a browser sends them."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.factories.library import UserFactory

RIGHTS = ("view_record", "add_record", "change_record", "delete_record", "add_item")


@pytest.fixture
def cataloguer(client):
    """A signed-in librarian who may catalogue in every library."""
    user = UserFactory()
    user.user_permissions.set(
        Permission.objects.filter(codename__in=(*RIGHTS, "access_admin", "edit_every_branch"))
    )
    client.force_login(user)
    client.user = user
    return client


def fields_of(response):
    """The form of a page as a browser would send it: every field with what stands in it."""
    return fields_in(response.context["form"], response.context["items"])


def fields_in(form, items=None):
    data = {}
    for field in form:
        data[field.html_name] = field.value() or ""
    data["material"] = form["material"].value()
    formsets = [bound.formset for bound in form.groups.values()]
    if items is not None:
        formsets.append(items)
    for formset in formsets:
        for field in formset.management_form:
            data[field.html_name] = field.value()
        for line in formset:
            for field in line:
                data[field.html_name] = "" if field.value() is None else field.value()
    data.pop("confirmed", None)
    return data


# The empty form is the same for every test: it is asked for once.
EMPTY_FORMS = {}


@pytest.fixture
def fill(cataloguer):
    """Open the form at an address, change some fields, send it; returns the answer."""

    def fill(address, **changes):
        if address not in EMPTY_FORMS:
            page = cataloguer.get(address)
            assert page.status_code == 200
            data = fields_of(page)
            if address.endswith("/add/book/"):
                EMPTY_FORMS[address] = data
        data = EMPTY_FORMS.get(address) or data
        data = data | {name.replace("__", "-"): value for name, value in changes.items()}
        return cataloguer.post(address, data)

    return fill


def add_address(material="book", query=""):
    return reverse("cataloguing:add", args=[material]) + query


def edit_address(record):
    return reverse("cataloguing:edit", args=[record.pk])
