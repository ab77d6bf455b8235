import pytest

from library.aliases import make_aliases
from search.outbox import drain
from search.service import search
from tests.factories.home import make_site
from tests.factories.news import make_news, make_news_index
from tests.factories.search import searchable

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def test_news_have_a_group_of_their_own_until_they_are_taken_down(client, settings):
    news = make_news(make_news_index(make_site()["az"]), "Nizami axşamı", text="Beytlər oxundu")
    make_aliases(page=news)
    with searchable(settings):
        assert search("beytlər", kinds=["news"]).ids == [f"news:{news.pk}"]
        html = client.get("/az/search/?q=beytlər").text
        assert news.get_url() in html and f'datetime="{news.date}"' in html
        news.unpublish()
        drain()
        assert search("beytlər", kinds=["news"]).ids == []
