"""The whole way with a real worker on the real broker: a customer's yes becomes points, a standing and a mail."""

import re

import pytest

from incentives.ledger import selectors as points
from nominations.standings.ranking import ENROLLED
from references.accounts import services as accounts
from refprogram.kernel.models import Delivery, Rollup
from refprogram.notices.models import Mail
from tests.factories.nominations import NominationFactory, invited
from tests.factories.references import AccountFactory, ContactFactory


def in_standing(key: int) -> bool:
    return Rollup.objects.filter(metric=ENROLLED, dimension="rep", key=key, period="quarter", value=1).exists()


def link_in(mails: list, address: str) -> str | None:
    """Return the token in the mail to somebody, once it is there."""
    bodies = [mail.body for mail in mails if address in mail.to[0]]
    found = re.search(r"/s/([\w-]+)/", bodies[-1]) if bodies else None
    return found[1] if found else None


@pytest.mark.worker
def test_a_yes_reaches_ledger_standing_and_mailbox(worker, eventually, rep, marketer, mailoutbox):
    account = AccountFactory()
    contact = ContactFactory(account=account)
    nomination = NominationFactory(nominator=rep, account=account, contact=contact)
    invited(nomination, actor=marketer)
    eventually(lambda: link_in(mailoutbox, contact.person.email) is not None)

    accounts.accept_invitation(token=link_in(mailoutbox, contact.person.email), activities=["call"])

    eventually(lambda: points.balance_of(rep.person) == 150)
    eventually(lambda: in_standing(rep.person_id))
    eventually(lambda: Mail.objects.filter(person=rep.person, sent_at__isnull=False).exists())
    eventually(lambda: not Delivery.objects.filter(done_at__isnull=True).exists())
