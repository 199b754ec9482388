"""Telling people about waves: each thing once, whatever happens in between."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.campaigns.selectors.audience import mails_its_cohorts
from nominations.enums import NominationState
from nominations.models import CohortMember, Nomination, Wave
from nominations.waves import letters
from nominations.waves.notice_kinds import WAVE, YOUR_TURN
from nominations.waves.selectors import UNDER_WAY
from refprogram.kernel.models import Event
from refprogram.notices.models import Notice
from refprogram.notices.services import tell
from refprogram.people.enums import Role
from refprogram.people.models import Person, User

BATCH = 200
# Shorter than notices are kept: who was told is known by the notice.
TOLD_WITHIN = dt.timedelta(days=150)


def untold() -> QuerySet[CohortMember]:
    """Return the members of open cohorts who were not told yet that it is their turn."""
    told = Notice.objects.filter(person=OuterRef("user__person"), kind=YOUR_TURN, key=letters.TURN_KEY)
    members = CohortMember.objects.filter(
        wave__state__in=UNDER_WAY,
        cohort__opened_at__gte=timezone.now() - TOLD_WITHIN,
        cohort__closed_at__isnull=True,
        user__is_active=True,
    )
    return members.filter(~Exists(told)).select_related("cohort__wave__campaign__sponsor__person", "user__person")


def tell_members(*, limit: int | None = None) -> int:
    """Tell the members of open cohorts that it is their turn; return how many. A crash in between loses nobody."""
    done = 0
    while True:
        step = BATCH if limit is None else min(BATCH, limit - done)
        told = _tell_some(step) if step > 0 else 0
        done += told
        if not told:
            return done


@transaction.atomic
def _tell_some(most: int) -> int:
    members = list(untold().select_for_update(of=("self",), skip_locked=True).order_by("pk")[:most])
    mailed: dict[int, bool] = {}
    for member in members:
        if member.wave_id not in mailed:
            mailed[member.wave_id] = mails_its_cohorts(member.cohort.wave.campaign)
        letters.your_turn(member, by_mail=not mailed[member.wave_id])
    return len(members)


def tell_paused(event: Event) -> None:
    """Tell everyone concerned that the wave pauses, once: who plans, who screens, whose nomination waits."""
    wave = Wave.objects.select_related("owner__person").get(pk=event.subject_id)
    if event.payload.get("by_itself"):
        words = _("The wave %(name)s pauses: %(n)s nominations wait, about %(days)s working days of screening.")
        text = words % {
            "name": wave.name, "n": event.payload.get("backlog", ""), "days": event.payload.get("days", ""),
        }  # fmt: skip
    else:
        text = _("The wave %(name)s pauses: %(reason)s") % {"name": wave.name, "reason": wave.pause_reason}
    for person in concerned(wave):
        tell(person=person, kind=WAVE, key=f"wave-paused:{event.pk}", text=text, url=letters.url_for(person, wave))


def tell_resumed(event: Event) -> None:
    """Tell the same people that it goes on."""
    wave = Wave.objects.select_related("owner__person").get(pk=event.subject_id)
    later = event.payload.get("later")
    text = _("The wave %(name)s goes on.") % {"name": wave.name}
    if later:
        text = _("The wave %(name)s goes on; what is to come opens %(n)d days later.") % {"name": wave.name, "n": later}
    for person in concerned(wave):
        tell(person=person, kind=WAVE, key=f"wave-resumed:{event.pk}", text=text, url=letters.url_for(person, wave))


def concerned(wave: Wave) -> list[Person]:
    """Return whom a pause concerns: the planner, the screeners, whose nomination waits."""
    waiting = Nomination.objects.filter(state=NominationState.QUEUED).values("nominator")
    users = User.objects.filter(Q(pk=wave.owner_id) | Q(role=Role.MARKETER) | Q(pk__in=waiting), is_active=True)
    return [user.person for user in users.select_related("person").order_by("pk").distinct()]
