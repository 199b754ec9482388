"""Nominations, by the service: no test can hold one that could not have come about."""

from typing import Any

import factory

from nominations import services
from nominations.models import Nomination
from refprogram.people.models import User
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory

CARD = services.ScoreCard(relationship=4, results=3, fit=5)


class NominationFactory(factory.Factory):
    """A nomination just submitted. Nobody owns its account, so it is in screening; with an owner, they are asked."""

    class Meta:
        model = Nomination

    nominator = factory.SubFactory(UserFactory)
    account = factory.SubFactory(AccountFactory)
    why = "Empty kilometres down by a third, and they tell everybody."
    activities = ()
    contact = None

    @classmethod
    def _create(cls, model_class: type[Nomination], *args: Any, **fields: Any) -> Nomination:
        return services.submit(**fields)


def screened(nomination: Nomination) -> Nomination:
    """Bring a submitted nomination into the screening queue, as after four silent days."""
    return services.go_on_without_owner(nomination=nomination)


def invited(nomination: Nomination, *, actor: User) -> Nomination:
    """Approve a nomination in screening, with a new contact if it has none."""
    contact = nomination.contact or ContactFactory(account=nomination.account)
    return services.approve(nomination=nomination, actor=actor, card=CARD, contact=contact)
