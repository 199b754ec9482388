"""May this customer be asked for this, now? The answer is a sentence that says why not, or None for yes.

The order is that of weight: what must never happen first, what time will heal last. Only what time heals (`HEALS`) may
be overridden, with a reason: a cap of ours, a rest, a reservation. Never a freeze, a consent, the customer's own word.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from references.accounts import clock, kept, policy
from references.accounts.enums import OPEN_ASKS, POOL, Membership
from references.accounts.models import Account, ActivityType, Ask, Consent, Contact, MembershipStep
from refprogram.kernel.templatetags.rp import day

Check = Callable[[Account, Contact, ActivityType], str | None]
LEFT_ALONE = (Membership.DO_NOT_CONTACT, Membership.DECLINED)


CAP: Final = "cap"
REST: Final = "rest"
RESERVATION: Final = "reservation"
NEVER: Final = "never"
HEALS: Final = frozenset({CAP, REST, RESERVATION})


@dataclass(frozen=True)
class Hindrance:
    """Why a contact may not be asked: the rule, a sentence, and the day from which on it is no longer so."""

    rule: str
    text: str
    free_on: dt.date | None = None

    @property
    def heals(self) -> bool:
        """Whether time heals it, so that it may be overridden with a reason."""
        return self.rule in HEALS


@dataclass(frozen=True)
class Wish:
    """What somebody wants to ask: of whom, for what, for which day, for which team."""

    account: Account
    contact: Contact
    activity: ActivityType
    planned_on: dt.date
    team: str = ""


def why_not(
    account: Account,
    contact: Contact,
    activity: ActivityType,
    *,
    planned_on: dt.date | None = None,
    team: str = "",
) -> str | None:
    """Return why the contact may not be asked for an activity now; None if it may. A few queries."""
    wish = Wish(account, contact, activity, planned_on or clock.today(), team)
    first = next(hindrances(wish), None)
    return None if first is None else first.text


def hindrances(wish: Wish) -> Iterator[Hindrance]:
    """Yield everything that stands against an ask, the gravest first."""
    checks: tuple[Check, ...] = (
        _left_alone, _merged, _frozen, _paused, _gone, _not_a_member, _unconfirmed, _asked_now, _without_consent,
    )  # fmt: skip
    if wish.activity.effort <= policy.LIGHT_EFFORT:
        checks = (_left_alone, _merged, _frozen, _paused, _gone, _unreachable, _asked_oneself)
    for check in checks:
        if reason := check(wish.account, wish.contact, wish.activity):
            yield Hindrance(NEVER, reason)
    yield from _times(wish)


def _times(wish: Wish) -> Iterator[Hindrance]:
    """What time will heal: days when they are away, caps, rest; then what other rooms know (reservations)."""
    for check in (_away, _cap_used, _kind_used, _resting):
        if (found := check(wish)) is not None:
            yield found
    for path in settings.ASK_CHECKS:
        more: Callable[[Wish], Hindrance | None] = import_string(path)
        if (found := more(wish)) is not None:
            yield found


def why_not_written_to(contact: Contact) -> str | None:
    """Return why nobody may write to the contact now, not even about what they agreed to before; None if one may.

    A draft to read or a release to sign belongs to such an agreement: it takes no goodwill, and needs no rest.
    """
    checks = (_never, _merged, _frozen, _paused, _gone, _no_mailbox)
    return next((reason for check in checks if (reason := check(contact.account, contact))), None)


def _never(account: Account, contact: Contact) -> str | None:
    if Membership.DO_NOT_CONTACT not in {account.state, contact.state}:
        return None
    return _("%(name)s must not be contacted.") % {"name": _barred(account, contact)}


def _no_mailbox(account: Account, contact: Contact) -> str | None:
    if contact.person.email:
        return None
    return _("%(name)s has no e-mail address yet. Add one first.") % {"name": contact.person.name}


def why_not_invited(account: Account, contact: Contact) -> str | None:
    """Return why the contact may not be invited to the program now; None if it may. Who said no may be asked again."""
    if Membership.DO_NOT_CONTACT in {account.state, contact.state}:
        return _("%(name)s must not be contacted.") % {"name": _barred(account, contact)}
    if contact.state in POOL:
        return _("%(name)s takes part already.") % {"name": contact.person.name}
    if not contact.person.email:
        return _("%(name)s has no e-mail address yet. Add one first.") % {"name": contact.person.name}
    if Ask.objects.filter(contact=contact, state__in=OPEN_ASKS).exists():
        return _("%(name)s was invited already and has not answered yet.") % {"name": contact.person.name}
    checks = (_answered, _merged, _frozen, _paused, _gone)
    return next((reason for check in checks if (reason := check(account, contact))), None)


def _answered(account: Account, contact: Contact) -> str | None:
    """A yes is not asked for twice, and a no holds for a while."""
    if contact.state == Membership.ONBOARDING:
        return _("%(name)s said yes already. Their page says what is still missing.") % {"name": contact.person.name}
    until = blocked_until(contact)
    if until is None:
        return None
    facts = {"name": contact.person.name, "day": day(until)}
    return _("%(name)s said no. Nobody asks them again before %(day)s.") % facts


def blocked_until(contact: Contact) -> dt.date | None:
    """Return the day before which nobody asks a contact who said no to take part; None if one may."""
    if contact.state != Membership.DECLINED:
        return None
    steps = MembershipStep.objects.filter(contact=contact, ended_at__isnull=True, revisit_on__gt=clock.today())
    return steps.values_list("revisit_on", flat=True).first()


def _barred(account: Account, contact: Contact) -> str:
    return account.name if account.state == Membership.DO_NOT_CONTACT else contact.person.name


def _left_alone(account: Account, contact: Contact, activity: ActivityType) -> str | None:
    if Membership.DO_NOT_CONTACT in {account.state, contact.state}:
        return _("%(name)s must not be contacted.") % {"name": _barred(account, contact)}
    if Membership.DECLINED in {account.state, contact.state}:
        name = account.name if account.state == Membership.DECLINED else contact.person.name
        return _("%(name)s said no to the reference program.") % {"name": name}
    return None


def _merged(account: Account, contact: Contact, activity: ActivityType | None = None) -> str | None:
    if account.merged_into_id is None:
        return None
    return _("This account was merged into another one. Ask there.")


def _frozen(account: Account, contact: Contact, activity: ActivityType | None = None) -> str | None:
    if not account.frozen:
        return None
    return _("%(name)s is frozen: nobody asks them for anything until that is lifted.") % {"name": account.name}


def _paused(account: Account, contact: Contact, activity: ActivityType | None = None) -> str | None:
    for name, until in ((account.name, account.paused_until), (contact.person.name, contact.paused_until)):
        if until is not None and until > clock.today():
            return _("%(name)s asked for a pause until %(day)s.") % {"name": name, "day": day(until)}
    return None


def _gone(account: Account, contact: Contact, activity: ActivityType | None = None) -> str | None:
    if contact.left_company_at is None:
        return None
    return _("%(name)s left %(account)s.") % {"name": contact.person.name, "account": account.name}


def _not_a_member(account: Account, contact: Contact, activity: ActivityType) -> str | None:
    if account.state not in POOL:
        return _("%(name)s is not in the reference program (%(state)s).") % {
            "name": account.name,
            "state": account.get_state_display(),
        }
    if contact.state != Membership.ACTIVE:
        return _("%(name)s does not take part in the reference program (%(state)s).") % {
            "name": contact.person.name,
            "state": contact.get_state_display(),
        }
    return None


def _unconfirmed(account: Account, contact: Contact, activity: ActivityType) -> str | None:
    if account.state != Membership.REVIEW_DUE or account.verified_at is None:
        return None
    if timezone.now() <= account.verified_at + policy.verify_every(account.tier) + policy.now().verify_grace:
        return None
    return _("Nobody has confirmed for too long that %(name)s is still a happy customer.") % {"name": account.name}


def _asked_now(account: Account, contact: Contact, activity: ActivityType) -> str | None:
    others = Ask.objects.filter(account=account, state__in=OPEN_ASKS).select_related(
        "activity", "reserved_by__person", "contact__person"
    )
    for ask in others:
        if ask.activity is None and ask.contact_id != contact.pk:
            continue  # an invitation of somebody else takes no goodwill
        facts = {
            "who": ask.reserved_by.name if ask.reserved_by else _("Somebody"),
            "what": ask.activity.name if ask.activity else _("Invitation"),
            "contact": ask.contact.person.name,
            "day": day(ask.planned_on),
        }
        return _("%(who)s is asking %(contact)s already: %(what)s, %(day)s. One thing at a time.") % facts
    return None


def _asked_oneself(account: Account, contact: Contact, activity: ActivityType) -> str | None:
    """A light ask waits only for what this very contact is asked."""
    if not Ask.objects.filter(contact=contact, state__in=OPEN_ASKS).exists():
        return None
    return _("%(name)s is being asked for something else. One thing at a time.") % {"name": contact.person.name}


def _unreachable(account: Account, contact: Contact, activity: ActivityType) -> str | None:
    if contact.person.email:
        return None
    return _("%(name)s has no e-mail address yet. Add one first.") % {"name": contact.person.name}


def _without_consent(account: Account, contact: Contact, activity: ActivityType) -> str | None:
    in_force = Consent.objects.filter(contact=contact, revoked_at__isnull=True, expires_on__gte=clock.today())
    agreed = {slug for consent in in_force for slug in consent.activities}
    if not agreed:
        return _("%(name)s has no consent in force. Ask for it first.") % {"name": contact.person.name}
    if activity.slug not in agreed:
        return _("%(name)s agreed to other things, not to this: %(what)s.") % {
            "name": contact.person.name,
            "what": activity.name,
        }
    return None


def _away(wish: Wish) -> Hindrance | None:
    """Days on which nobody asks are the customer's own word."""
    for span in blackouts_of(wish.contact):
        for wanted in {clock.today(), wish.planned_on}:
            if span[0] <= wanted <= span[1]:
                text = _("%(name)s is not to be asked from %(from)s to %(to)s.") % {
                    "name": wish.contact.person.name,
                    "from": day(span[0]),
                    "to": day(span[1]),
                }
                return Hindrance(NEVER, text, span[1] + dt.timedelta(days=1))
    return None


def blackouts_of(contact: Contact) -> list[tuple[dt.date, dt.date]]:
    """Return the days on which nobody asks, first and last of each span."""
    spans: list[Any] = contact.blackouts or []
    found = [(parse_date(str(span.get("from"))), parse_date(str(span.get("to")))) for span in spans]
    return [(first, last) for first, last in found if first is not None and last is not None]


def _cap_used(wish: Wish) -> Hindrance | None:
    contact = wish.contact
    asks = Ask.objects.filter(contact=contact, activity__isnull=False)
    free = kept.free_on(contact, asks, clock.today())
    if free is None:
        return None
    days = [ask.planned_on for ask in asks if ask.state in kept.USES_CAP]
    of_quarter = kept.room_on(days, kept.cap_of(contact), policy.now().quarter, clock.today()) == free
    facts = {
        "name": contact.person.name,
        "cap": kept.cap_of(contact) if of_quarter else kept.cap_of_year(contact),
        "day": day(free),
    }
    text = (
        _("%(name)s was asked %(cap)d times this quarter, the most that is agreed. Free again on %(day)s.")
        if of_quarter
        else _("%(name)s was asked %(cap)d times within a year, the most that is agreed. Free again on %(day)s.")
    )
    own = contact.cap_per_quarter is not None and of_quarter
    return Hindrance(NEVER if own else CAP, text % facts, free)


def _kind_used(wish: Wish) -> Hindrance | None:
    """Their own cap by kind counts the quarter, ours the year; theirs wins."""
    own = (wish.contact.caps or {}).get(wish.activity.slug)
    if wish.activity.effort <= policy.LIGHT_EFFORT and own is None:
        return None
    asks = Ask.objects.filter(contact=wish.contact, activity=wish.activity, state__in=kept.USES_CAP)
    days = list(asks.values_list("planned_on", flat=True))
    cap, within = (policy.now().kind_per_year, kept.YEAR) if own is None else (int(own), policy.now().quarter)
    if own is not None and cap < 1:
        never = _("%(name)s does not want to be asked for this: %(what)s.")
        return Hindrance(NEVER, never % {"name": wish.contact.person.name, "what": wish.activity.name}, None)
    free = kept.room_on(days, cap, within, clock.today())
    if free is None:
        return None
    text = _("%(name)s was asked for this often enough (%(what)s, at most %(cap)d). Free again on %(day)s.") % {
        "name": wish.contact.person.name,
        "what": wish.activity.name,
        "cap": cap,
        "day": day(free),
    }
    return Hindrance(CAP if own is None else NEVER, text, free)


def _resting(wish: Wish) -> Hindrance | None:
    account = wish.account
    if account.rests_until is None or account.rests_until <= clock.today():
        return None
    text = _("%(name)s rests until %(day)s after what was asked lately.") % {
        "name": account.name,
        "day": day(account.rests_until),
    }
    return Hindrance(REST, text, account.rests_until)
