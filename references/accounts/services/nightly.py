"""What time alone changes: once a day the program does what no person has to remember."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from references.accounts import clock, policy
from references.accounts.enums import POOL, Membership, Tier
from references.accounts.models import Account, Consent, Contact, Freeze, MembershipStep
from references.accounts.services.checks import ask_still_true
from references.accounts.services.consents import lapse_consents
from references.accounts.services.freezes import freeze_for_renewal, lift_freeze, recovered
from references.accounts.services.membership import invite_to_program
from refprogram.kernel.errors import DomainError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Round:
    """What one nightly round did."""

    thawed: int
    renewals: int
    recovered: int
    checks: int
    lapsed: int
    asked_again: int


def nightly_round() -> Round:
    """Lift freezes whose last day is over, ask owners whose word is old, let consents lapse, forget past dates.

    Each row is its own transaction: running it twice, or again after a crash, changes nothing more.
    """
    today = clock.today()
    over = Freeze.objects.filter(lifted_at__isnull=True, ends_on__lt=today).order_by("pk")
    done = Round(
        thawed=_each(over, lambda freeze: lift_freeze(freeze=freeze, actor=None, by_itself=True)),
        renewals=_each(_renewing(), lambda account: freeze_for_renewal(account=account)),
        recovered=_each(_recovered(), lambda freeze: recovered(freeze=freeze)),
        checks=_each(_unconfirmed(), lambda account: ask_still_true(account=account)),
        lapsed=_each(_without_consent(), lambda contact: lapse_consents(contact=contact)),
        asked_again=_each(_to_ask_again(), ask_again),
    )
    Account.objects.filter(rests_until__lte=today).update(rests_until=None)
    Account.objects.filter(paused_until__lte=today).update(paused_until=None)
    Contact.objects.filter(paused_until__lte=today).update(paused_until=None)
    Contact.objects.filter(rests_until__lte=today).update(rests_until=None)
    return done


def _renewing() -> Any:
    """Return the references whose renewal is near and was not noted yet."""
    today, window = clock.today(), policy.now().renewal_window
    if not window:
        return Account.objects.none()
    near = Account.objects.filter(state__in=POOL, merged_into=None, renews_on__range=(today, today + window))
    noted = Freeze.objects.filter(source="renewal", account=OuterRef("pk"), ends_on=OuterRef("renews_on"))
    return near.exclude(Exists(noted)).order_by("pk")


def _recovered() -> Any:
    """Return the solved escalations that are long enough ago."""
    due = Freeze.objects.filter(recover_on__lte=clock.today(), recovered_at__isnull=True, account__frozen=False)
    return due.order_by("pk")


def ask_again(step: MembershipStep) -> None:
    """Invite somebody who said "not now" once that time is over. What must stop it (a freeze, a pause) still does."""
    contact: Any = step.contact
    invite_to_program(account=contact.account, contact=contact, activities=contact.willing, source=contact, actor=None)


def _to_ask_again() -> Any:
    """Return the steps of those who said "not now" and whose day has come."""
    due = MembershipStep.objects.filter(
        contact__isnull=False,
        contact__state=Membership.NOT_NOW,
        contact__left_company_at__isnull=True,
        state=Membership.NOT_NOW,
        ended_at__isnull=True,
        revisit_on__lte=clock.today(),
    )
    return due.select_related("contact__account", "contact__person").order_by("pk")


def _each(rows: Any, act: Callable[[Any], object]) -> int:
    """Act on each row and count; one that somebody moved on meanwhile is left to them."""
    return sum(_done(row, act) for row in list(rows))


def _done(row: Any, act: Callable[[Any], object]) -> bool:
    try:
        act(row)
    except DomainError as error:
        log.info("nightly round leaves %s alone: %s", row, error.message)
        return False
    return True


def _unconfirmed() -> Any:
    """Return the references that nobody vouched for within the time of their tier. Frozen ones are asked after that."""
    now = timezone.now()
    old = reduce(or_, (Q(tier=tier, verified_at__lt=now - policy.verify_every(tier)) for tier in Tier))
    due = Account.objects.filter(old | Q(verified_at__isnull=True), state=Membership.ACTIVE, frozen=False)
    due = due.filter(merged_into__isnull=True)
    return due.order_by("pk")


def _without_consent() -> Any:
    """Return the contacts who take part although their last consent has ended."""
    in_force = Consent.objects.filter(revoked_at__isnull=True, expires_on__gte=clock.today()).exclude(activities=[])
    members = Contact.objects.filter(state__in=POOL, left_company_at__isnull=True)
    return members.exclude(pk__in=in_force.values("contact")).order_by("pk")
