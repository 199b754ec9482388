"""What reads from the replica: dashboards and exports, and nothing else; what happens when it is behind or gone."""

import datetime as dt

import pytest
from django.db import connection, connections
from django.db.utils import ConnectionHandler
from django.test.utils import CaptureQueriesContext

from references.accounts.models import Account
from refprogram.kernel import replica
from refprogram.kernel.prepared import Prepared
from tests.factories.references import AccountFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def second():
    """A second session of the test's database, known as the replica."""
    handler: ConnectionHandler = connections
    handler.databases[replica.REPLICA] = connection.settings_dict
    handler[replica.REPLICA] = connection.copy()
    yield handler[replica.REPLICA]
    handler[replica.REPLICA].close()
    del handler[replica.REPLICA], handler.databases[replica.REPLICA]


@pytest.fixture
def asked(second):
    """What the replica was asked while the test ran."""
    with CaptureQueriesContext(second) as captured:
        yield captured


def reads(captured):
    return [query["sql"] for query in captured if "references_account" in query["sql"]]


def test_only_what_says_so_reads_there(asked):
    AccountFactory(name="Vantor")
    assert not reads(asked)
    with replica.from_replica() as as_of:
        account = Account.objects.get()
    assert len(reads(asked)) == 1
    assert abs(dt.datetime.now(dt.UTC) - as_of) < dt.timedelta(hours=1)
    account.name = "Vantor Group"
    account.save()  # a row that was read there is written to the primary
    assert len(reads(asked)) == 1
    assert Account.objects.get().name == "Vantor Group"


def test_prepared_statements_go_there_too(asked):
    AccountFactory(name="Vantor")
    every = Prepared(Account.objects.all)
    assert [row.name for row in every()] == ["Vantor"]
    assert not reads(asked)
    with replica.from_replica():
        assert [row.name for row in every()] == ["Vantor"]
    assert len(reads(asked)) == 1


@pytest.mark.parametrize("path", ["/accounts/?format=csv", "/accounts/?format=json", "/accounts/?format=xlsx"])
def test_an_export_is_read_there_and_says_as_of_when(path, clients, asked):
    AccountFactory(name="Vantor")
    answer = clients["marketer"].get(path)
    content = b"".join(answer.streaming_content)
    assert len(content) > 10
    assert answer.headers["Last-Modified"].endswith("GMT")
    assert len(reads(asked)) == 1
    clients["marketer"].get("/accounts/")
    assert len(reads(asked)) == 1


def test_an_export_over_the_api_is_read_there(api, asked):
    AccountFactory(name="Vantor")
    answer = api["marketer"].get("/api/v1/accounts?format=csv")
    assert "Vantor" in b"".join(answer.streaming_content).decode()
    assert reads(asked)


def test_the_executive_page_says_as_of_when_only_with_a_replica(clients, second):
    with CaptureQueriesContext(second) as captured:
        page = clients["executive"].get("/dashboards/").text
    assert "<span>as of " in page
    assert len(captured) > 3


def test_without_a_replica_nothing_is_said(clients):
    page = clients["executive"].get("/dashboards/").text
    assert "<span>the line shows the last five quarters" in page
    assert "<span>as of " not in page


def test_a_replica_that_does_not_answer_is_passed_over(second, clients):
    AccountFactory(name="Vantor")
    second.settings_dict = {**second.settings_dict, "NAME": "gone"}
    second.close()
    answer = clients["marketer"].get("/accounts/?format=csv")
    assert "Vantor" in b"".join(answer.streaming_content).decode()
    assert "Last-Modified" not in answer.headers
    with replica.from_replica() as as_of:
        assert as_of is None
        assert Account.objects.get().name == "Vantor"


def test_nothing_is_migrated_there():
    router = replica.Router()
    assert (router.allow_migrate("default", "people"), router.allow_migrate(replica.REPLICA, "people")) == (True, False)
