"""What must follow when a record is deleted, whoever deletes it."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver

from catalog_pages.deletions import note_deleted
from catalog_pages.models import Record
from catalog_pages.services import tell_changed


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


def _is_told(said: dict[str, Any]) -> bool:
    """Whether catalog_pages.services.delete_records has done for all what else is done for each."""
    return getattr(said.get("origin"), "is_told", False)
