"""What the database knows of the index: changes still to apply, and which generation of the index is live."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class GenerationState(models.TextChoices):
    BUILDING = "building", _("Being built")
    LIVE = "live", _("In use")
    RETIRED = "retired", _("Retired")


class Generation(models.Model):
    """One whole build of the index: a directory of the embedded engine or an index of Elasticsearch.

    The row marked live is the only pointer to the index in use. Every commit leaves the same stamp here and in the
    index: where the two differ, a backup of one of them was restored, and the index is rebuilt.
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    engine = models.CharField(_("engine"), max_length=20)
    layout = models.CharField(_("layout"), max_length=16, help_text=_("Fingerprint of fields and analysis"))
    state = models.CharField(
        _("state"), max_length=10, choices=GenerationState.choices, default=GenerationState.BUILDING
    )
    documents = models.PositiveIntegerField(_("documents"), default=0)
    stamp = models.CharField(
        _("stamp"), max_length=32, help_text=_("Of the last commit, here and in the index")
    )
    commits = models.PositiveIntegerField(_("commits"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    activated_at = models.DateTimeField(_("in use since"), null=True, blank=True)

    class Meta:
        verbose_name = _("index generation")
        verbose_name_plural = _("index generations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="live"), name="search_one_live_generation"
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="building"), name="search_one_building_generation"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OutboxEntry(models.Model):
    """Something findable has changed and the index does not know it yet.

    Rows are taken because they exist, never by a cursor: on PostgreSQL a smaller id may be committed later.
    """

    source = models.CharField(_("source"), max_length=40)
    object_id = models.BigIntegerField(_("object"))
    # Empty: no index has it. A name: the live index has it, that generation, still being built, has not.
    generation = models.CharField(_("generation"), max_length=60, default="", blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("change to index")
        verbose_name_plural = _("changes to index")
        ordering = ["id"]
        indexes = [models.Index(fields=["generation", "id"], name="search_outbox_generation")]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_id}"
