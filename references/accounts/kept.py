"""The columns that an account keeps so that lists and matching never count: computed here, from the rows alone.

Services call `settle` in the transaction of the row that changed; `manage.py verify` proves the columns by `recount`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from django.utils import timezone

from references.accounts import clock, fatigue, policy
from references.accounts.enums import OPEN_ASKS, AskState, Membership
from references.accounts.models import Account, Ask, Contact, Freeze

USES_CAP = (*OPEN_ASKS, AskState.SPENT)


@dataclass(frozen=True)
class Kept:
    """What the kept columns of one account should say."""

    frozen: bool
    rests_until: dt.date | None
    fatigue_key: float | None
    last_asked_at: dt.datetime | None
    open_asks: int
    activities_done: int


COLUMNS = tuple(field.name for field in fields(Kept))


def recount(account: Account, *, at: dt.datetime | None = None) -> Kept:
    """Return what the kept columns should say, from freezes, asks and contacts: three queries, no effect."""
    asks = list(Ask.objects.filter(account=account, activity__isnull=False))
    contacts = list(Contact.objects.filter(account=account, state=Membership.ACTIVE, left_company_at__isnull=True))
    key = fatigue_of(asks)
    return Kept(
        frozen=Freeze.objects.filter(account=account, lifted_at__isnull=True).exists(),
        rests_until=rest(asks, contacts, key, at or timezone.now()),
        fatigue_key=key,
        last_asked_at=max((ask.created_at for ask in asks if ask.state != AskState.RELEASED), default=None),
        open_asks=sum(ask.state in OPEN_ASKS for ask in asks),
        activities_done=sum(ask.state == AskState.SPENT and ask.effort > policy.LIGHT_EFFORT for ask in asks),
    )


def settle(account: Account) -> None:
    """Write what `recount` says to the account, which the caller has locked."""
    for name, value in asdict(recount(account)).items():
        setattr(account, name, value)
    account.save(update_fields=COLUMNS)


def fatigue_of(asks: Iterable[Ask]) -> float | None:
    """Return the fatigue key after all asks that were held or declined."""
    key: float | None = None
    for ask in asks:
        if ask.ended_at is None or ask.state not in {AskState.SPENT, AskState.DECLINED}:
            continue
        key = fatigue.add(key, ask.effort if ask.state == AskState.SPENT else policy.now().decline_effort, ask.ended_at)
    return key


def rest(asks: list[Ask], contacts: list[Contact], key: float | None, at: dt.datetime) -> dt.date | None:
    """Return the first day on which the account may be asked again; None if that is today.

    It rests after an activity by its effort, while everybody's cap of the quarter is used, and while it is exhausted.
    """
    done = [ask for ask in asks if ask.state == AskState.SPENT and ask.ended_at is not None]
    ends = [clock.today(ask.ended_at) + policy.cooldown(ask.effort) for ask in done]
    caps = [day for contact in contacts if (day := free_on(contact, asks, clock.today(at)))]
    if caps and len(caps) == len(contacts):
        ends.append(min(caps))
    exhausted = fatigue.sinks_below(key, policy.now().rests_from, at)
    if exhausted is not None:
        ends.append(clock.today(exhausted) + dt.timedelta(days=1))
    last = max(ends, default=None)
    return last if last is not None and last > clock.today(at) else None


def cap_of(contact: Contact) -> int:
    """Return how often the contact may be asked in a quarter; the customer's own number beats the policy."""
    return policy.now().asks_per_quarter if contact.cap_per_quarter is None else contact.cap_per_quarter


def free_on(contact: Contact, asks: Iterable[Ask], today: dt.date) -> dt.date | None:
    """Return the day on which the contact's cap leaves room again; None if it does today."""
    counted = (ask.planned_on for ask in asks if ask.contact_id == contact.pk and ask.state in USES_CAP)
    days = sorted(counted, reverse=True)
    cap = cap_of(contact)
    if len(days) < cap or days[cap - 1] + policy.now().quarter <= today:
        return None
    return days[cap - 1] + policy.now().quarter
