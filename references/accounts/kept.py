"""The columns that accounts and contacts keep so that lists and matching never count: computed from the rows alone.

Services call `settle` in the transaction of the row that changed; `manage.py verify` proves the columns by `recount`.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final

from django.db.models import IntegerField, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone

from references.accounts import clock, fatigue, policy
from references.accounts.enums import OPEN_ASKS, AskState, Membership
from references.accounts.models import Account, Ask, Contact, Freeze
from refprogram.kernel.program_settings.current import fresh

USES_CAP = (*OPEN_ASKS, AskState.SPENT)
YEAR: Final = dt.timedelta(days=365)


@dataclass(frozen=True)
class ContactKept:
    """What the kept columns of one contact should say."""

    fatigue_key: float | None = None
    rests_until: dt.date | None = None


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
CONTACT_COLUMNS = tuple(field.name for field in fields(ContactKept))


@dataclass(frozen=True)
class Facts:
    """The rows that an account's kept columns follow from."""

    frozen: bool
    asks: Collection[Ask]
    contacts: Collection[Contact]


def with_shared_cap(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Return contacts with `shared_cap`: the lowest cap of the linked programs (council, beta) in which they are.

    By names: programs belong to `references.profiles`, which knows this room.
    """
    programs = Contact.objects.filter(
        pk=OuterRef("pk"), participations__state="active", participations__program__ended_on__isnull=True
    )
    lowest = programs.order_by().values("pk").annotate(cap=Min("participations__program__cap_per_quarter"))
    return contacts.annotate(shared_cap=Subquery(lowest.values("cap"), output_field=IntegerField()))


def facts_of(accounts: Collection[int]) -> dict[int, Facts]:
    """Return the rows of many accounts: three queries."""
    asks: dict[int, list[Ask]] = defaultdict(list)
    contacts: dict[int, list[Contact]] = defaultdict(list)
    for ask in Ask.objects.filter(account__in=accounts, activity__isnull=False):
        asks[ask.account_id].append(ask)
    for contact in with_shared_cap(Contact.objects.filter(account__in=accounts)):
        contacts[contact.account_id].append(contact)
    held = Freeze.objects.filter(account__in=accounts, lifted_at__isnull=True).values_list("account_id", flat=True)
    frozen = set(held)
    return {key: Facts(key in frozen, asks[key], contacts[key]) for key in accounts}


def recount(account: Account, *, at: dt.datetime | None = None) -> tuple[Kept, dict[int, ContactKept]]:
    """Return what the kept columns of an account and its contacts should say: three queries, no effect."""
    return count(facts_of([account.pk])[account.pk], at=at or timezone.now(), figures=policy.now())


def settle(account: Account) -> None:
    """Write what the rows say to the account, which the caller has locked, and to those contacts that it changes.

    By the figures that the database holds now: a change of the half-life waits for this, or this for it.
    """
    facts = facts_of([account.pk])[account.pk]
    kept, by_contact = count(facts, at=timezone.now(), figures=fresh(policy.Figures))
    for name, value in asdict(kept).items():
        setattr(account, name, value)
    account.save(update_fields=COLUMNS)
    differing = [contact for contact in facts.contacts if put(contact, by_contact[contact.pk])]
    if differing:
        Contact.objects.bulk_update(differing, CONTACT_COLUMNS)


def put(row: Contact, kept: ContactKept) -> bool:
    """Set a contact's kept columns; return whether that changed something."""
    before = ContactKept(row.fatigue_key, row.rests_until)
    row.fatigue_key, row.rests_until = kept.fatigue_key, kept.rests_until
    return before != kept


# ---------------------------------------------------------------- pure: from rows to figures


def count(facts: Facts, *, at: dt.datetime, figures: policy.Figures) -> tuple[Kept, dict[int, ContactKept]]:
    """Return what the kept columns should say at a moment, by these figures."""
    asks, today = facts.asks, clock.today(at)
    by_contact = {contact.pk: _contact_kept(contact, asks, today, figures) for contact in facts.contacts}
    taking_part = [
        contact for contact in facts.contacts if contact.state == Membership.ACTIVE and contact.left_company_at is None
    ]
    key = account_key(asks, {contact: by_contact[contact.pk].fatigue_key for contact in taking_part}, figures)
    kept = Kept(
        frozen=facts.frozen,
        rests_until=_rest(asks, [by_contact[contact.pk].rests_until for contact in taking_part], key, at, figures),
        fatigue_key=key,
        last_asked_at=max((ask.created_at for ask in asks if ask.state != AskState.RELEASED), default=None),
        open_asks=sum(ask.state in OPEN_ASKS for ask in asks),
        activities_done=sum(ask.state == AskState.SPENT and ask.effort > policy.LIGHT_EFFORT for ask in asks),
    )
    return kept, by_contact


def _contact_kept(contact: Contact, asks: Collection[Ask], today: dt.date, figures: policy.Figures) -> ContactKept:
    mine = [ask for ask in asks if ask.contact_id == contact.pk]
    return ContactKept(fatigue_of(mine, figures), free_on(contact, mine, today, figures))


def fatigue_of(asks: Iterable[Ask], figures: policy.Figures | None = None) -> float | None:
    """Return the fatigue key after all asks that were held or declined; their order does not matter."""
    known = figures or policy.now()
    key: float | None = None
    for ask in asks:
        if ask.ended_at is None or ask.state not in {AskState.SPENT, AskState.DECLINED}:
            continue
        effort = ask.effort if ask.state == AskState.SPENT else known.decline_effort
        key = fatigue.add(key, effort, ask.ended_at, known.half_life)
    return key


def account_key(asks: Iterable[Ask], contacts: Mapping[Contact, float | None], figures: policy.Figures) -> float | None:
    """Return the account's key: what all its people bore, or the mean of those who take part, whichever is more.

    A contact counts by the share of the own capacity. The mean is of the shares as they are (also above 1), so that it
    sinks as a load does and an index of the database can sort by it.
    """
    own = fatigue_of(asks, figures)
    keys = [key - math.log2(capacity_of(contact, figures)) for contact, key in contacts.items() if key is not None]
    if not keys:
        return own
    high = max(keys)
    mean = high + math.log2(sum(2.0 ** (key - high) for key in keys) / len(contacts)) + math.log2(figures.capacity)
    return mean if own is None else max(own, mean)


def capacity_of(contact: Contact, figures: policy.Figures | None = None) -> int:
    """Return the effort points that fill a contact: the lower of their own cap and the policy’s, in points."""
    known = figures or policy.now()
    cap = known.asks_per_quarter
    if contact.cap_per_quarter is not None:
        cap = min(cap, contact.cap_per_quarter)
    return cap * known.ask_effort


def _rest(
    asks: Collection[Ask],
    contacts: Collection[dt.date | None],
    key: float | None,
    at: dt.datetime,
    figures: policy.Figures,
) -> dt.date | None:
    """Return the first day on which the account may be asked again; None if that is today.

    It rests after an activity by its effort, while everybody's caps are used, while its own are, while it is exhausted.
    """
    today = clock.today(at)
    done = [ask for ask in asks if ask.state == AskState.SPENT and ask.ended_at is not None]
    ends = [clock.today(ask.ended_at) + policy.cooldown(ask.effort, figures) for ask in done]
    used = [day for day in contacts if day is not None]
    if used and len(used) == len(contacts):
        ends.append(min(used))
    days = [ask.planned_on for ask in asks if ask.state in USES_CAP and ask.effort > policy.LIGHT_EFFORT]
    ends += [
        free
        for cap, within in ((figures.account_per_quarter, figures.quarter), (figures.account_per_year, YEAR))
        if (free := room_on(days, cap, within, today))
    ]
    exhausted = fatigue.sinks_below(key, figures.rests_from, at, figures)
    if exhausted is not None:
        ends.append(clock.today(exhausted) + dt.timedelta(days=1))
    last = max(ends, default=None)
    return last if last is not None and last > today else None


def cap_of(contact: Contact, figures: policy.Figures | None = None) -> int:
    """Return how often the contact may be asked in a quarter. The customer's own number beats policy and programs."""
    return contact.cap_per_quarter if contact.cap_per_quarter is not None else our_cap(contact, figures)


def our_cap(contact: Contact, figures: policy.Figures | None = None) -> int:
    """Return how often the contact may be asked in a quarter where they name no number of their own."""
    shared: int | None = getattr(contact, "shared_cap", None)
    policy_cap = (figures or policy.now()).asks_per_quarter
    return policy_cap if shared is None else min(policy_cap, shared)


def cap_of_year(contact: Contact, figures: policy.Figures | None = None) -> int:
    """Return how often the contact may be asked in a year; who allows more in a quarter allows it in each."""
    return max((figures or policy.now()).asks_per_year, 4 * (contact.cap_per_quarter or 0))


def free_on(
    contact: Contact, asks: Iterable[Ask], today: dt.date, figures: policy.Figures | None = None
) -> dt.date | None:
    """Return the day on which the contact's caps leave room again; None if they do today."""
    known = figures or policy.now()
    days = [ask.planned_on for ask in asks if ask.contact_id == contact.pk and ask.state in USES_CAP]
    rooms = [
        room_on(days, cap_of(contact, known), known.quarter, today),
        room_on(days, cap_of_year(contact, known), YEAR, today),
    ]
    return max((day for day in rooms if day is not None), default=None)


def room_on(days: Iterable[dt.date], cap: int, within: dt.timedelta, today: dt.date) -> dt.date | None:
    """Return the day on which fewer than `cap` days lie within the time before it; None if that is today."""
    newest = sorted(days, reverse=True)
    if cap < 1:
        return (newest[0] if newest else today) + within
    if len(newest) < cap or newest[cap - 1] + within <= today:
        return None
    return newest[cap - 1] + within
