"""Whether an account may be asked now, why, and from when again: computed from its kept columns, never typed.

`state_of` (Python) and `state_q` (SQL) are two spellings of one table; a test walks both over the same rows.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, DateField, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from references.accounts import clock, fatigue, policy
from references.accounts.enums import OPEN_ASKS, POOL, Availability, FreezeKind, Membership, Tier
from references.accounts.kept import USES_CAP
from references.accounts.models import Account, Ask, Consent, Contact, Freeze
from references.accounts.reasons import Reason
from refprogram.kernel.prepared import Given, Prepared
from refprogram.kernel.templatetags.rp import day, relative_words

A = Availability
TONES = {
    A.AVAILABLE: "ok", A.LIMITED: "wait", A.ASKED: "info", A.RESTING: "rest", A.FROZEN: "stop", A.PAUSED: "rest",
    A.CHECK_DUE: "wait", A.NOT_A_REFERENCE: "",
}  # fmt: skip
MEMBER_TONES = {
    Membership.ACTIVE: "ok", Membership.REVIEW_DUE: "wait", Membership.RECRUITING: "info",
    Membership.ONBOARDING: "info", Membership.DO_NOT_CONTACT: "stop",
}  # fmt: skip
OUTSIDE = {
    Membership.IDENTIFIED: _lazy("Nobody has asked them yet whether they take part"),
    Membership.RECRUITING: _lazy("Invited to take part, not answered yet"),
    Membership.ONBOARDING: _lazy("They said yes; something is still missing before they may be asked"),
    Membership.NOT_NOW: _lazy("They said: not now"),
    Membership.DECLINED: _lazy("They said no to taking part"),
    Membership.RETIRED: _lazy("They took part, and do so no longer"),
    Membership.DO_NOT_CONTACT: _lazy("They must not be contacted"),
}
MAY_BE_ASKED = (A.AVAILABLE, A.LIMITED, A.CHECK_DUE)


@dataclass(frozen=True)
class AvailabilityView:
    """An account's availability as a page shows it."""

    state: Availability
    tone: str
    word: str
    detail: str
    reasons: list[Reason]
    free_again_on: dt.date | None


def state_of(account: Account, *, at: dt.datetime | None = None) -> Availability:
    """Return the availability of an account from its own columns: no query."""
    now = at or timezone.now()
    today = clock.today(now)
    if account.state not in POOL:
        return A.NOT_A_REFERENCE
    facts = (
        (account.frozen, A.FROZEN),
        (_ahead(account.paused_until, today), A.PAUSED),
        (account.open_asks > 0, A.ASKED),
        (_ahead(account.rests_until, today), A.RESTING),
        (account.state == Membership.REVIEW_DUE, A.CHECK_DUE),
        (account.fatigue_key is not None and account.fatigue_key >= tired_at(now), A.LIMITED),
    )
    return next((state for holds, state in facts if holds), A.AVAILABLE)


def state_q(state: Availability, *, at: dt.datetime | None = None) -> Q:
    """Return the SQL condition for accounts of one availability."""
    now = at or timezone.now()
    return standing_q(state, today=clock.today(now), tired=tired_at(now))


def standing_q(state: Availability, *, today: Any, tired: Any) -> Q:
    """Return the same condition for a day and the fatigue key that counts as tired then: values or `Given`s."""
    if state == A.NOT_A_REFERENCE:
        return ~Q(state__in=POOL)
    steps = (
        (A.FROZEN, Q(frozen=True), Q(frozen=False)),
        (A.PAUSED, Q(paused_until__gt=today), Q(paused_until__isnull=True) | Q(paused_until__lte=today)),
        (A.ASKED, Q(open_asks__gt=0), Q(open_asks=0)),
        (A.RESTING, Q(rests_until__gt=today), Q(rests_until__isnull=True) | Q(rests_until__lte=today)),
        (A.CHECK_DUE, Q(state=Membership.REVIEW_DUE), Q(state=Membership.ACTIVE)),
        (A.LIMITED, Q(fatigue_key__gte=tired), Q(fatigue_key__isnull=True) | Q(fatigue_key__lt=tired)),
    )
    condition = Q(state__in=POOL)
    for step, holds, holds_not in steps:
        if step == state:
            return condition & holds
        condition &= holds_not
    return condition


def availability_q(*, at: dt.datetime | None = None) -> Q:
    """Return the SQL condition for "may be asked today": free, asked a lot, or confirmation due but not overdue."""
    now = at or timezone.now()
    in_grace = Q()
    for tier in Tier:
        oldest = now - policy.verify_every(tier) - policy.now().verify_grace
        in_grace |= Q(tier=tier, verified_at__gte=oldest)
    return state_q(A.AVAILABLE, at=now) | state_q(A.LIMITED, at=now) | (state_q(A.CHECK_DUE, at=now) & in_grace)


def _ahead(until: dt.date | None, today: dt.date) -> bool:
    return until is not None and until > today


def tired_at(at: dt.datetime) -> float:
    """Return the fatigue key from which on an account counts as tired at this moment."""
    return fatigue.key_at(policy.now().limited_from, at)


# ---------------------------------------------------------------- in words


def word_of(membership: str, state: Availability) -> str:
    """Return the pill's word."""
    if state == A.NOT_A_REFERENCE:
        return str(Membership(membership).label).capitalize()
    return str(state.label)


def tone_of(account: Account, state: Availability) -> str:
    """Return the pill's tone."""
    return MEMBER_TONES.get(Membership(account.state), "") if state == A.NOT_A_REFERENCE else TONES[state]


def availability_of(account: Account, *, at: dt.datetime | None = None, with_kinds: bool = True) -> AvailabilityView:
    """Return availability with every reason for and against, and the day on which it is free again.

    Three queries: freezes, open asks, consents. `with_kinds` False leaves out why an account is frozen.
    """
    now = at or timezone.now()
    state = state_of(account, at=now)
    freezes = _FREEZES(account=account.pk)
    again = _free_again(account, state, freezes, now)
    reasons = [*_program(account), *_freezes(freezes, with_kinds=with_kinds)]
    if account.state in POOL:
        reasons += [*_pauses(account, now), *_asks(account, now), *_rest(account, now), *_word(account, now),
                    *_consents(account, now)]  # fmt: skip
    reasons.sort(key=lambda reason: {False: 0, None: 1, True: 2}[reason.ok])
    return AvailabilityView(
        state=state,
        tone=tone_of(account, state),
        word=word_of(account.state, state),
        detail=_detail(again, now),
        reasons=reasons,
        free_again_on=again,
    )


def _free_again(account: Account, state: Availability, freezes: list[Freeze], now: dt.datetime) -> dt.date | None:
    if state in {A.AVAILABLE, A.LIMITED, A.CHECK_DUE, A.NOT_A_REFERENCE}:
        return None
    ends = [freeze.ends_on for freeze in freezes]
    if None in ends or account.open_asks:
        return None  # it hangs on people, not on the calendar
    lifted = [end + dt.timedelta(days=1) for end in ends if end is not None]
    days = [*lifted, account.paused_until, account.rests_until]
    ahead = [one for one in days if one is not None and one > clock.today(now)]
    return max(ahead, default=None)


def _detail(again: dt.date | None, now: dt.datetime) -> str:
    if again is None:
        return ""
    left = (again - clock.today(now)).days
    return ngettext(
        "Free again on %(day)s, in %(n)d day.", "Free again on %(day)s, in %(n)d days.", left
    ) % {"day": day(again), "n": left}  # fmt: skip


def _program(account: Account) -> Iterator[Reason]:
    if account.state not in POOL:
        yield Reason(False, str(OUTSIDE[Membership(account.state)]))


def _freezes(freezes: list[Freeze], *, with_kinds: bool) -> Iterator[Reason]:
    if not freezes:
        yield Reason(True, _("No open escalation or other freeze"))
    for freeze in freezes if with_kinds else freezes[:1]:
        until = _("until %(day)s") % {"day": day(freeze.ends_on)} if freeze.ends_on else _("until it is lifted")
        since = _("Since %(day)s, %(until)s") % {"day": day(freeze.starts_at), "until": until}
        yield Reason(False, str(FreezeKind(freeze.kind).label) if with_kinds else _("Frozen"), since)


def _pauses(account: Account, now: dt.datetime) -> Iterator[Reason]:
    if _ahead(account.paused_until, clock.today(now)):
        yield Reason(False, _("The customer asked for a pause until %(day)s") % {"day": day(account.paused_until)})


_FREEZES = Prepared(
    lambda: Freeze.objects.filter(account=Given("account", BigIntegerField()), lifted_at__isnull=True).order_by(
        "starts_at"
    )
)
_OPEN = Prepared(
    lambda: Ask.objects.filter(account=Given("account", BigIntegerField()), state__in=OPEN_ASKS).select_related(
        "activity", "contact__person", "reserved_by__person"
    )
)


def _asks(account: Account, now: dt.datetime) -> Iterator[Reason]:
    for ask in _OPEN(account=account.pk):
        who = _("by %(name)s") % {"name": ask.reserved_by.name} if ask.reserved_by else ""
        if ask.activity is None:
            yield Reason(None, _("%(name)s is being invited") % {"name": ask.contact.person.name}, who)
            continue
        facts = {"what": ask.activity.name, "name": ask.contact.person.name, "state": ask.get_state_display()}
        text = _("%(what)s with %(name)s, %(state)s") % facts
        yield Reason(False, text, " · ".join(filter(None, [day(ask.planned_on), who])))


def _rest(account: Account, now: dt.datetime) -> Iterator[Reason]:
    tired = fatigue.index(account.fatigue_key, now)
    if _ahead(account.rests_until, clock.today(now)):
        yield Reason(
            False,
            _("Rests until %(day)s") % {"day": day(account.rests_until)},
            asked_lately(account, now) or _("Everybody’s cap of the quarter is used"),
        )
    elif tired >= policy.now().limited_from:
        yield Reason(None, _("Asked a lot lately: better ask somebody else"))
    else:
        yield Reason(True, _("Rested, and room in this quarter"))


def asked_lately(account: Account, now: dt.datetime) -> str:
    """Return what an account rests from: "Reference call: 2, quote: 1, in this quarter". One query."""
    since = clock.today(now) - policy.now().quarter
    asks = Ask.objects.filter(account=account, activity__isnull=False, state__in=USES_CAP, planned_on__gt=since)
    counted = asks.order_by().values("activity__name").annotate(n=Count("pk")).order_by("-n", "activity__name")
    named = ", ".join(f"{row['activity__name'].lower()}: {row['n']}" for row in counted)
    return _("%(asks)s, in this quarter") % {"asks": named[:1].upper() + named[1:]} if named else ""


def _word(account: Account, now: dt.datetime) -> Iterator[Reason]:
    if account.verified_at is None:
        yield Reason(None, _("Nobody has confirmed yet that they are still happy"))
        return
    said = relative_words((account.verified_at - now).total_seconds())
    if account.state == Membership.ACTIVE:
        yield Reason(True, _("Confirmed %(ago)s: still a happy customer") % {"ago": said})
        return
    ends = account.verified_at + policy.verify_every(account.tier) + policy.now().verify_grace
    overdue = ends < now
    note = _("Not to be asked until then") if overdue else _("May be asked until %(day)s") % {"day": day(ends)}
    yield Reason(False if overdue else None, _("Owner to confirm; last word %(ago)s") % {"ago": said}, note)


def _longest_consent() -> QuerySet[Consent]:
    account, today = Given("account", BigIntegerField()), Given("today", DateField())
    willing = Contact.objects.filter(account=account, state=Membership.ACTIVE, left_company_at__isnull=True)
    consents = Consent.objects.filter(contact__in=willing, revoked_at__isnull=True, expires_on__gte=today)
    consents = consents.exclude(activities=[])  # those without are about what may be shown
    return consents.order_by("-expires_on")[:1]


_LONGEST = Prepared(_longest_consent)


def _consents(account: Account, now: dt.datetime) -> Iterator[Reason]:
    today = clock.today(now)
    longest = max((consent.expires_on for consent in _LONGEST(account=account.pk, today=today)), default=None)
    if longest is None:
        yield Reason(False, _("Nobody’s consent is in force"))
    elif longest - today <= policy.now().consent_warning:
        yield Reason(None, _("Consent lapses on %(day)s") % {"day": day(longest)})
    else:
        yield Reason(True, _("Consent until %(day)s") % {"day": day(longest)})
