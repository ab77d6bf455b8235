"""Documents of earlier versions move out of the public folder, under the numbers that pages know them by."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import migrations

COPIED = ("id", "title", "file_size", "file_hash", "collection_id", "uploaded_by_user_id")


def move_documents(apps, schema_editor):
    old_model = apps.get_model("wagtaildocs", "Document")
    new_model = apps.get_model("library", "PortalDocument")
    for old in old_model.objects.order_by("pk").iterator():
        new = new_model(**{name: getattr(old, name) for name in COPIED}, file=old.file.name)
        new.save(force_insert=True)
        new_model.objects.filter(pk=new.pk).update(created_at=old.created_at)
        _move_file(old.file.name)
    _move_tags(apps)
    old_model.objects.all().delete()
    _reset_sequence(new_model, schema_editor)


def _move_file(name):
    old, new = Path(settings.MEDIA_ROOT) / name, Path(settings.PRIVATE_ROOT) / name
    if old.exists() and not new.exists():
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(old, new)


def _move_tags(apps):
    types = apps.get_model("contenttypes", "ContentType").objects
    old = types.filter(app_label="wagtaildocs", model="document").first()
    if old:
        new, _created = types.get_or_create(app_label="library", model="portaldocument")
        apps.get_model("taggit", "TaggedItem").objects.filter(content_type=old).update(content_type=new)
        apps.get_model("wagtailcore", "ReferenceIndex").objects.filter(to_content_type=old).update(
            to_content_type=new
        )


def _reset_sequence(model, schema_editor):
    """PostgreSQL counts on from its own number, not from the highest key."""
    if schema_editor.connection.vendor == "postgresql" and model.objects.exists():
        table = model._meta.db_table
        schema_editor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0008_documents_and_country"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(move_documents, migrations.RunPython.noop)]
