"""What must follow when a record is deleted, whoever deletes it."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from catalog_pages.authorities.following import note_changed
from catalog_pages.deletions import note_deleted
from catalog_pages.models import Record
from catalog_pages.services import tell_changed
from library.models import Authority, AuthorityName
from library.models.authorities import HEADING_LENGTH


@receiver(post_delete, sender=Record)
@transaction.atomic
def forget_record(sender: type[Record], instance: Record, **kwargs: Any) -> None:
    """The search and the headings learn that the record is gone, in the transaction that deletes it."""
    if not _is_told(kwargs):
        tell_changed([instance.pk])


@receiver(pre_delete, sender=Record)
@transaction.atomic
def keep_trace(sender: type[Record], instance: Record, **kwargs: Any) -> None:
    """Those who fetch records by OAI-PMH are told that it is gone; its copies still say where it stood."""
    if not _is_told(kwargs):
        note_deleted([instance.pk])


@receiver(pre_save, sender=Authority)
def remember_entry(sender: type[Authority], instance: Authority, **kwargs: Any) -> None:
    """How the entry was, so that its records follow a change of it."""
    instance.was = Authority.objects.filter(pk=instance.pk).first() if instance.pk else None  # type: ignore[attr-defined]


@receiver(post_save, sender=Authority)
@transaction.atomic
def follow_entry(sender: type[Authority], instance: Authority, **kwargs: Any) -> None:
    """Records follow the preferred heading; the former one stays as a name, under which imports find the entry."""
    was: Authority | None = getattr(instance, "was", None)
    if was is None or (str(was), was.is_verified) == (str(instance), instance.is_verified):
        return
    if not instance.record_links.exists():
        return
    if was.match_key != instance.match_key:
        AuthorityName.objects.get_or_create(authority=instance, name=str(was)[:HEADING_LENGTH])
    note_changed([instance.pk])


@receiver(pre_save, sender=AuthorityName)
@receiver(post_delete, sender=AuthorityName)
@transaction.atomic
def follow_name(sender: type[AuthorityName], instance: AuthorityName, **kwargs: Any) -> None:
    """Records are found by the other names of their entries."""
    same = AuthorityName.objects.filter(pk=instance.pk, name=instance.name, authority=instance.authority_id)
    if instance.pk is None or not same.exists():
        note_changed([instance.authority_id])


def _is_told(said: dict[str, Any]) -> bool:
    """Whether catalog_pages.services.delete_records has done for all what else is done for each."""
    return getattr(said.get("origin"), "is_told", False)
