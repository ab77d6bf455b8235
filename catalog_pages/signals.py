"""What must follow when a record is deleted, whoever deletes it."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from catalog_pages.models import Record
from catalog_pages.services import tell_changed


@receiver(post_delete, sender=Record)
@transaction.atomic
def forget_record(sender: type[Record], instance: Record, **kwargs: Any) -> None:
    """The search and the headings learn that the record is gone, in the transaction that deletes it."""
    tell_changed([instance.pk])
