"""What a small demo company is made of. Made once: nothing here needs an empty database."""

import pytest
from django.core.management import call_command
from django.utils.module_loading import import_string

from incentives.ledger import selectors as incentives
from references.models import Account
from references.requests.models import Candidate
from refprogram.dashboards.desk import desk_of
from refprogram.dashboards.figures import stats
from refprogram.kernel.models import Delivery, Event
from refprogram.people.demo import NAMES, PASSWORD, address
from refprogram.people.enums import Role
from refprogram.people.models import Team, User
from tests.demo import TODAY, come_back, company_of, facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
SCALE = 40


@pytest.fixture(scope="module")
def company(django_db_setup, django_db_blocker):
    with company_of(SCALE, django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _today(time_machine):
    come_back(time_machine)


def test_it_is_the_company_that_was_promised():
    reps = User.objects.filter(role=Role.REP)
    assert (Account.objects.count(), reps.count(), Team.objects.count()) == (SCALE, 24, 6)
    assert {user.email for user in User.objects.all()} >= {address(name) for name in NAMES}
    assert User.objects.get(email=address("rep")).check_password(PASSWORD)
    assert {"nomination.enrolled", "reference.delivered"} <= set(Event.objects.values_list("topic", flat=True))
    assert not Delivery.objects.filter(done_at__isnull=True).exists()  # nothing waits to be told to anybody


def test_every_proof_holds_afterwards(settings):
    broken = [(p.name, list(p.rows)) for path in settings.PROOFS for p in import_string(path)() if not p.holds]
    assert broken == []


def test_twice_is_once():
    before = facts()
    call_command("demo", scale=SCALE)
    assert facts() == before


def test_the_executive_page_has_targets_for_every_figure_that_has_a_good_direction():
    wanting = [stat.name for stat in stats(User.objects.get(email=address("executive"))) if not stat.target]
    assert wanting == ["Requests open"]


def test_there_is_something_to_do_on_every_desk():
    rep, marketer = (User.objects.get(email=address(name)) for name in ("rep", "marketer"))
    assert [queue.name for queue in desk_of(marketer).queues if queue.count] != []
    assert desk_of(rep).place is not None
    assert sum(incentives.balance_of(user.person) for user in User.objects.all()) > 0
    assert not Candidate.objects.filter(scheduled_at__gt=TODAY, state="completed").exists()
