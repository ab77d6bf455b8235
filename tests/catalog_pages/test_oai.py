"""OAI-PMH as harvesters use it: complete, again after changes and deletions, and with every mistake they make."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from catalog_pages.models import DeletedRecord, Item, Record
from catalog_pages.oai import answers
from tests.conftest import missing
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db
NAMES = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}


class InProcess(Sickle):
    """A harvester that asks the test's own client."""

    def __init__(self, client):
        super().__init__("http://localhost:8000/oai")
        self.client, self.requests = client, 0

    def _request(self, kwargs):
        self.requests += 1
        response = self.client.get("/oai", kwargs)
        assert response.status_code == 200
        response.text = response.content.decode()
        response.raise_for_status = lambda: None
        return response


@pytest.fixture(autouse=True)
def small_answers(monkeypatch):
    monkeypatch.setattr(answers, "ROWS_PER_ANSWER", 4)


@pytest.fixture
def records():
    return [RecordFactory(material="map" if number == 3 else "book") for number in range(9)]


def ask(client, **arguments):
    response = client.get("/oai", arguments)
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    return etree.fromstring(response.content)


def numbers(found):
    return sorted(int(header.identifier.rpartition("/")[2]) for header in found)


def test_a_harvest_is_complete_and_the_second_tells_what_has_changed(client, records):
    harvester = InProcess(client)
    first = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    assert numbers(record.header for record in first) == sorted(record.pk for record in records)
    assert {record.metadata["title"][0] for record in first} == {record.title for record in records}
    assert harvester.requests == 3
    gone = records[2].pk
    Record.objects.filter(pk__lt=2**62).update(updated_at=datetime(2020, 1, 1, tzinfo=UTC))
    records[2].delete()
    records[5].save()
    second = list(harvester.ListRecords(metadataPrefix="oai_dc", **{"from": "2020-01-02"}))
    assert {int(r.header.identifier.rpartition("/")[2]): r.header.deleted for r in second} == {
        gone: True,
        records[5].pk: False,
    }


def test_two_whole_harvests_are_alike_and_keep_the_deleted(client, records):
    records[0].delete()
    Record.objects.filter(pk=records[1].pk).delete()  # many at once, as staff do
    harvests = [
        [(h.identifier, h.deleted) for h in InProcess(client).ListIdentifiers(metadataPrefix="marcxml")]
        for _time in range(2)
    ]
    assert harvests[0] == harvests[1]
    assert len(harvests[0]) == 9 and sum(deleted for _identifier, deleted in harvests[0]) == 2


def test_records_changed_during_a_harvest_do_not_prolong_it(client, records):
    harvester, seen = InProcess(client), 0
    for header in harvester.ListIdentifiers(metadataPrefix="oai_dc"):
        seen += 1
        Record.objects.get(pk=numbers([header])[0]).save()
    assert seen == 9


def test_rows_of_one_moment_are_each_given_once(client, records):
    Record.objects.update(updated_at=datetime(2021, 5, 5, 12, tzinfo=UTC))
    found = InProcess(client).ListIdentifiers(
        metadataPrefix="oai_dc", **{"from": "2021-05-05", "until": "2021-05-05"}
    )
    assert numbers(found) == sorted(record.pk for record in records)


def test_sets_are_branches_and_kinds_also_of_the_deleted(client, records):
    branch = BranchFactory()
    for record in records[:2]:
        ItemFactory(record=record, branch=branch)
    ItemFactory(record=records[4], branch=branch, status=Item.Status.LOST)
    records[1].delete()
    harvester = InProcess(client)
    specs = {found.setSpec for found in harvester.ListSets()}
    assert {f"branch.{branch.code}", "kind.map"} <= specs
    in_branch = list(harvester.ListIdentifiers(metadataPrefix="oai_dc", set=f"branch.{branch.code}"))
    assert [header.deleted for header in in_branch] == [False, True]
    assert in_branch[0].setSpecs == [f"branch.{branch.code}", "kind.book"]
    assert numbers(harvester.ListIdentifiers(metadataPrefix="oai_dc", set="kind.map")) == [records[3].pk]
    with pytest.raises(NoRecordsMatch):
        harvester.ListIdentifiers(metadataPrefix="oai_dc", set="kind.nonsense")


def test_one_record_and_what_the_repository_says_of_itself(client, records):
    identifier = f"oai:localhost:catalogue/{records[0].pk}"
    tree = ask(client, verb="GetRecord", metadataPrefix="marcxml", identifier=identifier)
    assert records[0].title in "".join(tree.itertext())
    records[0].delete()
    tree = ask(client, verb="GetRecord", metadataPrefix="marcxml", identifier=identifier)
    assert tree.xpath("//o:header/@status", namespaces=NAMES) == ["deleted"]
    assert not tree.xpath("//o:metadata", namespaces=NAMES)
    identify = InProcess(client).Identify()
    assert identify.deletedRecord == "persistent" and identify.granularity == "YYYY-MM-DDThh:mm:ssZ"
    assert datetime.fromisoformat(identify.earliestDatestamp) <= datetime.now(UTC) + timedelta(seconds=1)
    formats = {found.metadataPrefix for found in InProcess(client).ListMetadataFormats(identifier=identifier)}
    assert formats == {"oai_dc", "marcxml", "marc21"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Destroy", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&extra=1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2024-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-02&until=2024-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-02&until=2024-01-03T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=9998-01-01&until=9999-12-31", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=none", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=onix", "cannotDisseminateFormat"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:catalogue/0", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%00", "idDoesNotExist"),
        (
            f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:catalogue/{'9' * 19}",
            "idDoesNotExist",
        ),
        ("verb=ListMetadataFormats&identifier=x", "idDoesNotExist"),
        ("verb=ListRecords&resumptionToken=abc.def", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=1", "badResumptionToken"),
        ("verb=identify", "badVerb"),
        ("verb=ListSets&extra=1", "badArgument"),
        ("verb=ListMetadataFormats&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListIdentifiers", "badArgument"),
        ("verb=GetRecord&identifier=oai:localhost:catalogue/1", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00:00%2B04:00", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=20240101", "badArgument"),
        ("verb=ListIdentifiers&metadataPrefix=oai_dc&set=branch.none", "noRecordsMatch"),
        ("verb=ListIdentifiers&metadataPrefix=OAI_DC", "cannotDisseminateFormat"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:elsewhere:catalogue/1", "idDoesNotExist"),
    ],
)
def test_mistakes_have_their_codes(client, records, query, code):
    response = client.get(f"/oai?{query}")
    assert response.status_code == 200
    assert etree.fromstring(response.content).xpath("//o:error/@code", namespaces=NAMES) == [code]


def test_a_record_is_not_given_in_a_form_there_is_not(client, records):
    asked = {
        "verb": "GetRecord",
        "identifier": f"oai:localhost:catalogue/{records[0].pk}",
        "metadataPrefix": "x",
    }
    assert ask(client, **asked).xpath("//o:error/@code", namespaces=NAMES) == ["cannotDisseminateFormat"]


def test_tokens_are_safe_in_addresses_and_bound_to_their_verb(client, records):
    tree = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    token = tree.findtext(".//o:resumptionToken", namespaces=NAMES)
    assert re.fullmatch(r"[\w.-]+", token, re.ASCII)
    tree = ask(client, verb="ListIdentifiers", resumptionToken=token)
    assert tree.xpath("//o:error/@code", namespaces=NAMES) == ["badResumptionToken"]
    tree = ask(client, verb="ListRecords", resumptionToken=token[:-1] + ("A" if token[-1] != "A" else "B"))
    assert tree.xpath("//o:error/@code", namespaces=NAMES) == ["badResumptionToken"]


def test_without_sets_there_is_no_hierarchy(client, monkeypatch, records):
    monkeypatch.setattr("catalog_pages.oai.records.RecordProvider.sets", lambda self: [])
    for query in ("verb=ListSets", "verb=ListRecords&metadataPrefix=oai_dc&set=kind.map"):
        tree = etree.fromstring(client.get(f"/oai?{query}").content)
        assert tree.xpath("//o:error/@code", namespaces=NAMES) == ["noSetHierarchy"]


def test_questions_come_by_post_too_and_a_rolled_back_deletion_leaves_no_trace(client, records):
    response = client.post("/oai", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"})
    assert len(etree.fromstring(response.content).xpath("//o:header", namespaces=NAMES)) == 4
    assert not DeletedRecord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_harvester_of_debian_takes_all_twice_with_what_was_deleted(live_server):
    """oai_pmh of the package libhttp-oai-perl, which goes through the resumption tokens by itself."""
    if not shutil.which("oai_pmh"):
        missing("oai_pmh of the package libhttp-oai-perl is not installed")
    made = [RecordFactory() for _number in range(9)]
    numbers = [record.pk for record in made]

    def harvest():
        command = ["oai_pmh", "--metadataPrefix", "oai_dc", f"{live_server.url}/oai"]
        done = subprocess.run(command, capture_output=True, timeout=60, check=True)
        text = done.stdout.decode()
        pairs = re.findall(r"identifier: \S+/(\d+)\n.*\nstatus: ?(\w*)$", text, re.MULTILINE)
        return {int(number): status for number, status in pairs}

    assert harvest() == dict.fromkeys(numbers, "")
    made[4].delete()
    assert harvest() == dict.fromkeys(numbers, "") | {numbers[4]: "deleted"}
