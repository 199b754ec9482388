"""Asking although a rule stands against it that time would heal: with a reason, and the weekly report lists it."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from references.accounts.askable import HEALS
from references.accounts.models import Account, ActivityType, Ask, Contact
from references.accounts.services import reserve_ask
from references.goodwill.models import AskOverride
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import Subject, emit
from refprogram.people.models import User

SHORTEST_REASON: Final = 10


@transaction.atomic
def ask_against_rules(
    *,
    account: Account,
    contact: Contact,
    activity: ActivityType,
    source: Model | Subject,
    planned_on: dt.date | None = None,
    team: str = "",
    reason: str,
    actor: User,
) -> Ask:
    """Reserve an ask past a cap, a rest or a reservation. Freeze, consent and the customer's own word stand as ever.

    Where nothing stands against it, it is an ask like any other. Raises AskRefused for what time does not heal.
    """
    words = reason.strip()
    if len(words) < SHORTEST_REASON:
        message = _("Say why, in a sentence: the weekly report shows it.")
        raise InvalidInput(message, errors={"reason": message})
    ask = reserve_ask(
        account=account, contact=contact, activity=activity, source=source, planned_on=planned_on, team=team,
        past=HEALS, actor=actor,
    )  # fmt: skip
    if ask.past:
        AskOverride.objects.create(ask=ask, rules=ask.past, reason=words, made_by=actor)
        emit(
            "ask.overridden",
            subject=ask,
            account_id=account.pk,
            actor_id=actor.person_id,
            payload={"contact": contact.pk, "rules": ask.past},
        )
    return ask
