"""News for tests."""

import io
import json

from django.core.files.images import ImageFile
from PIL import Image

from home.models import NewsCategory, NewsIndexPage, NewsPage
from library.models import PortalImage


def make_news_index(home, title: str = "News", **values) -> NewsIndexPage:
    """A list of news below a page, at its usual address."""
    return home.add_child(instance=NewsIndexPage(title=title, slug="news", locale=home.locale, **values))


def make_news(index, title: str, *, text: str = "", categories=(), **values) -> NewsPage:
    """A published news item in a list."""
    body = [{"type": "paragraph", "value": f"<p>{text}</p>"}] if text else []
    page = index.add_child(
        instance=NewsPage(title=title, locale=index.locale, body=json.dumps(body), **values)
    )
    if categories:
        page.categories = categories
        page.save()
    return page


def make_category(name: str, **values) -> NewsCategory:
    category = NewsCategory(name={"en": name}, **values)
    category.full_clean()
    category.save()
    return category


def make_picture(title: str = "A picture", size=(1600, 1200), **values) -> PortalImage:
    content = io.BytesIO()
    Image.new("RGB", size, "#17545c").save(content, "JPEG")
    content.seek(0)
    return PortalImage.objects.create(
        title=title, file=ImageFile(content, name="picture.jpg"), width=size[0], height=size[1], **values
    )
