"""The street with a real worker on a real broker: an enrolment is counted, booked and told without anybody's help."""

import pytest

from incentives.ledger import selectors as incentives
from incentives.policy import ENROLLED_POINTS
from nominations import selectors as nominations
from references.accounts import services
from refprogram.kernel.models import Delivery
from tests.factories.nominations import NominationFactory, invited, screened
from tests.factories.references import AccountFactory
from tests.mailbox import subjects_to

pytestmark = pytest.mark.worker


def test_a_yes_reaches_ledger_standings_and_nominator(cast, worker, eventually, mailoutbox):
    account = AccountFactory(name="Kestrel Freight", owner=cast.rep)
    nomination = invited(screened(NominationFactory(account=account, nominator=cast.support)), actor=cast.marketer)
    services.record_consent(contact=nomination.contact, activities=["call"], wording="I agree.", actor=None)

    eventually(lambda: incentives.balance_of(cast.support.person) == ENROLLED_POINTS)
    eventually(lambda: nominations.place_of(cast.support).mine.enrolled == 1)
    eventually(lambda: not Delivery.objects.filter(done_at__isnull=True).exists())
    eventually(lambda: any("Kestrel Freight" in subject for subject in subjects_to(cast.support, mailoutbox)))
    nomination.refresh_from_db()
    assert nomination.state == "enrolled"
