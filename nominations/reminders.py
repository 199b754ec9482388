"""What time alone brings about: owners reminded, old words asked again, parked nominations back, customers tried again,
nominators asked for a hand.
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from nominations import letters, policy, selectors, services
from nominations.enums import NominationState, OwnerAnswer
from nominations.models import Nomination
from references.requests.clock import due
from refprogram.kernel.errors import DomainError

N = NominationState
NO_ADDRESS = Q(contact__isnull=True) | Q(contact__person__email="")
OLD_COUNTS = (N.QUEUED, N.SCREENING, N.APPROVED)


def remind() -> None:
    """Do what is due today. Each row is its own transaction, and doing it twice a day changes nothing."""
    figures = policy.now()
    _follow_questions(figures)
    for nomination in _open(state=N.PARKED, revisit_on__lte=timezone.localdate()):
        _try(services.come_back, nomination)
    for nomination in _grown_old(figures):
        _try(services.recheck, nomination)
    for nomination in _open(state=N.APPROVED):
        _try(services.try_again, nomination)
    for nomination in _open(state=N.OUTREACH):
        _nudge(nomination, figures.nudge_nominator_after)
    for nomination in _open(NO_ADDRESS, state=N.SCREENING):
        _nudge(nomination, figures.ask_for_contact_after)
    for nomination in _open(state=N.DRAFT, state_since__lt=timezone.now() - figures.draft_stays):
        services.withdraw(nomination=nomination, actor=None)


def _follow_questions(figures: policy.Figures) -> None:
    for nomination in _open(state=N.SUBMITTED, owner_answer=OwnerAnswer.PENDING, owner_asked__isnull=False):
        _remind_owner(nomination, figures)
    for nomination in _open(state=N.RECHECK, owner_answer=OwnerAnswer.PENDING):
        _remind_of_recheck(nomination, figures)


def _open(*conditions: Q, **lookup: object) -> QuerySet[Nomination]:
    return selectors.with_people(Nomination.objects.filter(*conditions, **lookup)).order_by("pk")


def _grown_old(figures: policy.Figures) -> QuerySet[Nomination]:
    """Return what is under way on a word that holds no longer."""
    word = Greatest("submitted_at", F("vouched_at"), F("owner_answered_at"))  # of Postgres: NULL is left out
    rows = _open(state__in=OLD_COUNTS).annotate(word=word)
    return rows.filter(word__lt=timezone.now() - figures.word_holds)


def _try(step: Callable[..., object], nomination: Nomination) -> None:
    """Take a step that what happened meanwhile may stand against: then it waits for another day."""
    try:
        with transaction.atomic():
            step(nomination=nomination)
    except DomainError:
        return


def _passed(since: dt.datetime, working_days: int) -> bool:
    return due(since, working_days) <= timezone.now()


def _remind_owner(nomination: Nomination, figures: policy.Figures) -> None:
    if _passed(nomination.state_since, figures.go_on_without_owner_after):
        services.go_on_without_owner(nomination=nomination)
    elif _passed(nomination.state_since, figures.remind_owner_after):
        letters.ask_owner(nomination, again=True)


def _remind_of_recheck(nomination: Nomination, figures: policy.Figures) -> None:
    if _passed(nomination.state_since, figures.recheck_waits):
        services.rest_unanswered(nomination=nomination)
    elif _passed(nomination.state_since, figures.remind_owner_after):
        letters.ask_recheck(nomination, again=True)


def _nudge(nomination: Nomination, working_days: int) -> None:
    if _passed(nomination.state_since, working_days):
        letters.nudge_nominator(nomination)
