"""Electronic resources in the search over everything: a group of their own, never among the plain pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog_pages.e_resources.services import end_trials
from catalog_pages.models import EResourceSubject
from home.sources import EResourceSource, PageSource
from library.aliases import make_aliases
from search.outbox import drain
from search.service import search
from tests.factories.catalog_pages import make_e_resource, make_e_resources
from tests.factories.home import make_site
from tests.factories.search import searchable

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def test_a_resource_is_found_under_its_own_name_until_its_trial_ends(client, settings):
    index = make_e_resources(make_site()["az"])
    law = EResourceSubject.objects.create(name={"az": "Hüquq", "en": "Law"})
    page = make_e_resource(
        index, "Qanunlar bazası", intro="Bütün aktlar", provider="Nəşriyyat", subjects=[law],
        access="trial", trial_until=timezone.localdate(),
    )  # fmt: skip
    make_aliases(page=page)
    assert EResourceSource().count() == 1
    assert page.pk not in PageSource().ids_after(0, 1000)
    with searchable(settings):
        for words in ("qanunlar", "law", "nəşriyyat"):
            assert search(words, kinds=["eresource"]).ids == [f"eresource:{page.pk}"]
        html = client.get("/az/search/?q=qanunlar").content.decode()
        assert page.get_url() in html
        assert end_trials(timezone.localdate() + timedelta(days=1)) == 1
        drain()
        assert search("qanunlar", kinds=["eresource"]).ids == []
