"""Documents of 0.2.0 are taken along: same numbers, same tags, file out of the public folder."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from wagtail.documents.models import Document

from library.models import PortalDocument

pytestmark = pytest.mark.django_db


class Editor:
    """What the migration needs of a schema editor, which SQLite does not give inside a transaction."""

    connection = connection

    def execute(self, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)


def move_documents():
    import_module("library.migrations.0009_move_documents").move_documents(apps, Editor())


def test_documents_move():
    old = Document(
        pk=77, title="Rules", file=default_storage.save("documents/rules-of-1925.txt", ContentFile(b"x"))
    )
    old.save()
    old.tags.add("house")
    public = Path(old.file.path)
    move_documents()
    new = PortalDocument.objects.get()
    assert (new.pk, new.title, [tag.name for tag in new.tags.all()]) == (77, "Rules", ["house"])
    assert new.file.read() == b"x" and not public.exists()
    assert not Document.objects.exists()
    assert PortalDocument.objects.create(title="Next", file=ContentFile(b"y", name="y.txt")).pk != 77
