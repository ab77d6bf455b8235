"""Where restricted files lie."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """A folder no address leads to: url() raises ValueError; use library.files.access.file_address()."""

    def url(self, name: str | None) -> str:
        raise ValueError("This file has no public address.")


def private_storage() -> PrivateStorage:
    """For FileField(storage=private_storage): a callable, so that migrations name no path of this machine."""
    return PrivateStorage(location=settings.PRIVATE_ROOT)
