"""What breaks while people work, in real processes: nothing is lost by it, and nothing happens twice."""

import pytest
from django.core.management import call_command
from django.db import transaction

from incentives.ledger import selectors as incentives
from incentives.models import Entry
from incentives.policy import ENROLLED_POINTS
from nominations import selectors as nominations
from nominations.models import Nomination
from references.accounts import clock, services
from references.surveys import services as surveys
from refprogram.celery import app
from refprogram.kernel.models import Delivery
from refprogram.kernel.topics import handlers_of
from refprogram.notices.models import Mail
from tests.factories.nominations import NominationFactory, invited, screened
from tests.factories.references import AccountFactory, ContactFactory
from tests.factories.surveys import survey_of
from tests.outside import blocked_sessions, wake

pytestmark = pytest.mark.worker


def invited_by(nominator, marketer, name):
    """Return the contact of a nomination whose customer has been invited."""
    nomination = screened(NominationFactory(account=AccountFactory(name=name), nominator=nominator))
    return invited(nomination, actor=marketer).contact


def agrees(contact):
    services.record_consent(contact=contact, activities=["call"], wording="I agree.", actor=None)


def owed():
    return Delivery.objects.filter(done_at__isnull=True).count()


def standing(colleague):
    return incentives.balance_of(colleague.person), nominations.place_of(colleague).mine.enrolled


def heard(colleague, name):
    """Return the subjects of the mails about one customer that a colleague got."""
    mails = Mail.objects.filter(person=colleague.person, subject__contains=name, sent_at__isnull=False)
    return sorted(mails.values_list("subject", flat=True))


def states_of(survey):
    return sorted(survey.invitations.values_list("state", flat=True))


def test_a_worker_killed_in_its_handlers_loses_and_doubles_nothing(cast, outside, eventually, drain, held):
    """Both its processes stand in the middle of a batch: one line is written, the next one waits for a row."""
    agrees(invited_by(cast.support, cast.marketer, "Earlier"))
    first = invited_by(cast.rep, cast.marketer, "Kestrel Freight")
    second = invited_by(cast.support, cast.marketer, "Nordvik")
    drain()
    wallets = held("SELECT FROM incentives_wallet FOR UPDATE")
    figures = held("SELECT FROM kernel_rollup WHERE metric = 'nominations.enrolled' FOR UPDATE")
    doomed = outside.start_worker()

    with transaction.atomic():  # so that they are one batch
        agrees(first)
        agrees(second)
    eventually(lambda: blocked_sessions() == 2)
    outside.kill(doomed)
    wallets()
    figures()

    assert (standing(cast.rep), standing(cast.support)) == ((0, 0), (ENROLLED_POINTS, 1))
    assert owed() >= 4
    outside.start_worker()
    app.send_task("kernel.sweep")  # as beat does every 15 seconds
    eventually(lambda: owed() == 0)
    assert (standing(cast.rep), standing(cast.support)) == ((ENROLLED_POINTS, 1), (2 * ENROLLED_POINTS, 2))
    assert Entry.objects.count() == 3
    eventually(lambda: heard(cast.rep, "Kestrel Freight") == ["Kestrel Freight said yes. Thank you!"])
    call_command("verify")


def test_people_work_on_while_the_broker_is_down(cast, clients, outside, eventually):
    """The worker that was there before takes up its work again by itself."""
    outside.start_worker(concurrency=1)
    outside.valkey.stop()

    for name in ("Kestrel Freight", "Nordvik"):
        account = AccountFactory(name=name, owner=cast.support)
        answer = clients["rep"].post(f"/nominations/new/?account={account.public_id}", {"why": "They love us"})
        assert answer.status_code == 302
    assert clients["rep"].get("/nominations/").status_code == 200
    each = len(handlers_of("nomination.submitted")) + len(handlers_of("nomination.owner_asked"))
    assert (Nomination.objects.count(), owed()) == (2, 2 * each)

    outside.valkey.start()
    wake()
    app.send_task("kernel.sweep")
    eventually(lambda: owed() == 0)
    assert nominations.place_of(cast.rep).mine.submitted == 2
    eventually(lambda: Mail.objects.filter(person=cast.support.person, sent_at__isnull=False).count() == 2)


def test_a_worker_killed_while_it_sends_a_wave_writes_to_everybody_once(cast, outside, eventually, drain, held):
    """It dies in the middle of one contact's mail, with others sent before and others still to come."""
    contacts = [ContactFactory(account=AccountFactory(owner=cast.rep)) for _ in range(6)]
    survey = survey_of(cast.marketer)
    surveys.add_wave(survey=survey, name="Everybody", audience={}, starts_on=clock.today())
    drain()
    row = held(f"SELECT FROM references_account WHERE id = {contacts[3].account_id} FOR NO KEY UPDATE")
    doomed = outside.start_worker()

    surveys.start_survey(survey=survey, by=cast.marketer)
    eventually(lambda: states_of(survey) == ["queued"] * 3 + ["sent"] * 3 and blocked_sessions() > 0)
    outside.kill(doomed)
    row()

    assert states_of(survey) == ["queued"] * 3 + ["sent"] * 3
    outside.start_worker()
    app.send_task("references.send_surveys")  # as beat does
    app.send_task("kernel.sweep")
    eventually(lambda: set(survey.invitations.values_list("state", flat=True)) == {"sent"})
    eventually(lambda: Mail.objects.filter(sent_at__isnull=False, key__startswith="survey:").count() == len(contacts))
    written = Mail.objects.filter(key__startswith="survey").values_list("person_id", flat=True)
    assert sorted(written) == sorted(contact.person_id for contact in contacts)
    assert survey.waves.get().sent == len(contacts)
    call_command("verify")
