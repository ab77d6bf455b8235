"""News: categories, the list of news, news items with their photographs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.coreutils import string_to_ascii
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from home.blocks import ContentStream, RelatedStream
from home.models.base import FooterPage, SitePage
from home.news.forms import NewsPageForm
from home.news.panels import TelegramPanel
from home.news.querysets import NewsQuerySet
from library.fields import TranslatedField
from library.models import PortalImage
from library.text import in_language

SUMMARY_LETTERS = 220


class NewsCategory(models.Model):
    """What news are about; readers filter and subscribe by it."""

    name = TranslatedField(_("name"))
    slug = models.SlugField(
        _("short name in addresses"),
        max_length=60,
        unique=True,
        blank=True,
        help_text=_("Latin letters, digits and hyphens. Left empty, it is made from the name."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category of news")
        verbose_name_plural = _("categories of news")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return in_language(self.name)

    def clean(self) -> None:
        if not self.slug:
            self.slug = slugify(string_to_ascii(str(self)))[:60]
            if not self.slug:
                raise ValidationError({"slug": _("Write a short name in Latin letters.")})
            if NewsCategory.objects.filter(slug=self.slug).exclude(pk=self.pk).exists():
                raise ValidationError({"slug": _("There is a category with this name already.")})


class NewsIndexPage(RoutablePageMixin, FooterPage):
    """The list of news with its archive by month, categories, libraries and feeds. News stand right below it."""

    template = "home/news/list.html"
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.NewsPage"]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    @property
    def news(self) -> NewsQuerySet:
        """What the list shows to readers."""
        return NewsPage.objects.in_list(self)

    @path("")
    def all_news(self, request: HttpRequest) -> HttpResponse:
        return self._list(request)

    @path("<int:year>/")
    @path("<int:year>/<int:month>/")
    def period(self, request: HttpRequest, year: int, month: int | None = None) -> HttpResponse:
        return self._list(request, year=year, month=month)

    @path("category/<slug:category>/")
    def category(self, request: HttpRequest, category: str) -> HttpResponse:
        return self._list(request, category=category)

    @path("branch/<slug:branch>/")
    def branch(self, request: HttpRequest, branch: str) -> HttpResponse:
        return self._list(request, branch=branch)

    @path("feed/<slug:form>/")
    @path("category/<slug:category>/feed/<slug:form>/")
    @path("branch/<slug:branch>/feed/<slug:form>/")
    def feed(self, request: HttpRequest, form: str, **chosen: str) -> HttpResponse:
        from home.news.feeds import news_feed
        from home.news.lists import read_choice

        return news_feed(self, request, form, read_choice(**chosen))

    def _list(self, request: HttpRequest, **chosen: Any) -> HttpResponse:
        from home.news.lists import list_context, read_choice

        choice = read_choice(**chosen)
        request.page_subpath = choice.path
        shown = list_context(self, request, choice)
        response = self.render(request, context_overrides=shown)
        if not shown["total"] and choice.year:
            response.status_code = 404  # a month without news is no page that search engines should keep
        return response


class NewsPage(SitePage):
    """One news item."""

    date = models.DateField(_("date"), default=timezone.localdate)
    picture = models.ForeignKey(
        PortalImage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip
    picture_text = models.CharField(
        _("what is on the picture"),
        max_length=250,
        blank=True,
        help_text=_("For readers who do not see it, in a few words."),
    )
    picture_is_decoration = models.BooleanField(
        _("only decoration"), default=False, help_text=_("It says nothing that is not in the text.")
    )
    body = ContentStream(verbose_name=_("text"))
    categories = ParentalManyToManyField(
        NewsCategory, blank=True, related_name="news", verbose_name=_("categories")
    )
    author = models.CharField(
        _("author"),
        max_length=120,
        blank=True,
        help_text=_("A department, a role, or a colleague who agreed to be named. May stay empty."),
    )
    branch = models.ForeignKey(
        "library.Branch", on_delete=models.SET_NULL, null=True, blank=True, related_name="news",
        verbose_name=_("library"), help_text=_("Leave empty for news of the whole library system."),
    )  # fmt: skip
    pinned_until = models.DateField(
        _("keep at the top until"),
        null=True,
        blank=True,
        help_text=_("It stands first in the list up to this day, then takes its place by date."),
    )
    related = RelatedStream(
        help_text=_("Up to three news of the same categories are added by themselves."),
    )
    announce_in_telegram = models.BooleanField(
        _("announce in Telegram"),
        default=False,
        help_text=_("Once, when it is published: title, introduction, picture and address."),
    )

    objects = PageManager.from_queryset(NewsQuerySet)()

    base_form_class = NewsPageForm
    # By which the list of staff narrows what its search box finds.
    search_fields = [*SitePage.search_fields, index.FilterField("alias_of"), index.FilterField("branch")]

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(["picture", "picture_text", "picture_is_decoration"], heading=_("Picture")),
        FieldPanel("intro"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("categories", widget=forms.CheckboxSelectMultiple), "branch", "date"],
            heading=_("Category, library, date"),
        ),
        TelegramPanel("announce_in_telegram"),
        MultipleChooserPanel(
            "gallery",
            heading=_("Photographs"),
            label=_("Photograph"),
            chooser_field_name="picture",
            classname="collapsed",
        ),
        MultiFieldPanel(["author", "pinned_until", "related"], heading=_("More"), classname="collapsed"),
    ]
    template = "home/news/page.html"
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["announce_in_telegram"]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        indexes = [models.Index(fields=["date", "page_ptr"], name="news_by_date")]

    def clean(self) -> None:
        super().clean()
        if self.slug and self.slug.isdecimal():
            raise ValidationError(
                {"slug": _("Addresses of digits only are those of the archive by year: add a word.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if (
            self.alias_of_id
        ):  # a stand-in repeats its page; it announces nothing, nor when it is translated later
            self.announce_in_telegram = False
        super().save(*args, **kwargs)

    @cached_property
    def summary(self) -> str:
        """One or two sentences: the introduction, or how the text begins."""
        return self.intro or self.search_description or Truncator(self.text).chars(SUMMARY_LETTERS)

    @cached_property
    def text(self) -> str:
        """The running text without marks."""
        from home.news.articles import plain_text

        return plain_text(self.body)

    @property
    def picture_alt(self) -> str:
        """The picture's alternative text; "" where it is decoration."""
        if self.picture is None or self.picture_is_decoration:
            return ""
        return self.picture_text or self.picture.description

    @property
    def is_pinned(self) -> bool:
        return bool(self.pinned_until and self.pinned_until >= timezone.localdate())

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """The news item as a NewsArticle of schema.org."""
        from home.news.articles import structured_data

        return structured_data(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.news.articles import article_context

        return {**super().get_context(request, *args, **kwargs), **article_context(self, request)}


class NewsPhotograph(Orderable):
    """A photograph of a news item's gallery."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="gallery")
    picture = models.ForeignKey(
        PortalImage, on_delete=models.CASCADE, related_name="+", verbose_name=_("photograph")
    )
    alternative_text = models.CharField(
        _("what is on the picture"),
        max_length=250,
        help_text=_("For readers who do not see it, in a few words."),
    )
    caption = models.CharField(_("caption"), max_length=250, blank=True)

    panels = ["picture", "alternative_text", "caption"]

    class Meta(Orderable.Meta):
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")

    def __str__(self) -> str:
        return self.alternative_text
