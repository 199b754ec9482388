"""What time alone brings about: owners reminded, parked nominations back, nominators asked for a hand."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from nominations import letters, policy, selectors, services
from nominations.enums import NominationState, OwnerAnswer
from nominations.models import Nomination
from references.requests.clock import due

N = NominationState
NO_ADDRESS = Q(contact__isnull=True) | Q(contact__person__email="")


def remind() -> None:
    """Do what is due today. Each row is its own transaction, and doing it twice a day changes nothing."""
    for nomination in _open(state=N.SUBMITTED, owner_answer=OwnerAnswer.PENDING, owner_asked__isnull=False):
        _remind_owner(nomination)
    for nomination in _open(state=N.PARKED, revisit_on__lte=timezone.localdate()):
        services.resume(nomination=nomination)
    for nomination in _open(state=N.OUTREACH):
        _nudge(nomination, policy.NUDGE_NOMINATOR_AFTER)
    for nomination in _open(NO_ADDRESS, state=N.SCREENING):
        _nudge(nomination, policy.ASK_FOR_CONTACT_AFTER)


def _open(*conditions: Q, **lookup: object) -> QuerySet[Nomination]:
    return selectors.with_people(Nomination.objects.filter(*conditions, **lookup)).order_by("pk")


def _passed(since: dt.datetime, working_days: int) -> bool:
    return due(since, working_days) <= timezone.now()


def _remind_owner(nomination: Nomination) -> None:
    if _passed(nomination.submitted_at, policy.GO_ON_WITHOUT_OWNER_AFTER):
        services.go_on_without_owner(nomination=nomination)
    elif _passed(nomination.submitted_at, policy.REMIND_OWNER_AFTER):
        letters.ask_owner(nomination, again=True)


def _nudge(nomination: Nomination, working_days: int) -> None:
    if _passed(nomination.state_since, working_days):
        letters.nudge_nominator(nomination)
