"""Two accounts are merged while somebody is asked there: real threads on the real database, one clear outcome."""

import pytest

from references.accounts.models import Account, Ask
from references.merging import services
from references.merging.models import Merge
from refprogram.kernel.errors import DomainError
from refprogram.people.enums import Role
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, reserved, speaker
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_merged_while_asked():
    kept, contact = AccountFactory(), speaker()
    merged, marketer = contact.account, UserFactory(role=Role.MARKETER)
    outcomes = at_once(
        lambda: services.merge_accounts(kept=kept, merged=merged, actor=marketer), lambda: reserved(contact)
    )
    assert isinstance(outcomes[0], Merge)
    assert isinstance(outcomes[1], Ask | DomainError)
    assert set(Ask.objects.filter(activity__isnull=False).values_list("account", flat=True)) <= {kept.pk}
    assert Ask.objects.filter(activity__isnull=False).count() == isinstance(outcomes[1], Ask)


def test_merged_into_each_other_at_once():
    one, other, marketer = AccountFactory(), AccountFactory(), UserFactory(role=Role.MARKETER)
    outcomes = at_once(
        lambda: services.merge_accounts(kept=one, merged=other, actor=marketer),
        lambda: services.merge_accounts(kept=other, merged=one, actor=marketer),
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["DomainError", "Merge"]
    assert Account.objects.filter(merged_into__isnull=False).count() == 1
