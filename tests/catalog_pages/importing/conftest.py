import pytest

from catalog_pages.importing import Options, import_marc
from catalog_pages.models import Import
from tests.factories.library import BranchFactory


@pytest.fixture
def central(db):
    return BranchFactory(code="central")


@pytest.fixture
def deliver(tmp_path, central):
    """Import these records by these rules, so that it can be undone; gives the summary and the import."""

    def deliver(*records, source="local", processes=1, **rules):
        path = tmp_path / "records.mrc"
        path.write_bytes(b"".join(records))
        batch = Import.objects.create(source=source, state=Import.State.DONE)
        summary = import_marc(
            [path], source=source, options=Options(**rules), batch=batch, processes=processes
        )
        return summary, batch

    return deliver
