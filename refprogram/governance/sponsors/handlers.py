"""What this room does when events arrive. Each is safe to run twice."""

import datetime as dt
from typing import Final

from refprogram.governance.sponsors import letters, policy, selectors, services
from refprogram.governance.sponsors.enums import Cause, PledgeState
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from refprogram.people.models import Person

CAUSES: Final = {
    "user.deactivated": Cause.DEACTIVATED,
    "user.role_changed": Cause.ROLE,
    "leave.set": Cause.LEAVE,
}
HANDED: Final = "pledges_handed"


def look_at_sponsor(event: Event) -> None:
    """A colleague left, has another role or goes away for long: what they back may need somebody else."""
    cause = CAUSES[event.topic]
    if cause != Cause.LEAVE or _days_away(event) >= policy.now().leave_days:
        services.see_change(user_id=event.subject_id, cause=cause)


def _days_away(event: Event) -> int:
    first, last = (dt.date.fromisoformat(event.payload[name]) for name in ("starts_on", "ends_on"))
    return (last - first).days + 1


def _sponsor(event: Event) -> Sponsorship:
    rows = Sponsorship.objects.select_related("user__person", "region", "deputy__person")
    return rows.get(pk=event.subject_id)


def _pledge(event: Event) -> SponsorPledge:
    return selectors.with_people(SponsorPledge.objects.all()).get(pk=event.subject_id)


def _name_of(person_id: int) -> str:
    return Person.objects.get(pk=person_id).name


def alert(event: Event) -> None:
    """A sponsor may be lost: who runs the program and the head of sales hear of it at once."""
    row = _sponsor(event)
    readers = selectors.watchers(Role.MARKETER, Role.ADMIN, Role.SALES_HEAD)
    others = [reader for reader in readers if reader.pk != row.user_id and reader.person_id != event.actor_id]
    letters.alert(row, others, waiting=event.payload["open"], key=f"sponsor.alert:{event.pk}")


def welcome(event: Event) -> None:
    """A sponsor was named: they hear of it."""
    letters.begun(_sponsor(event), key=f"sponsor.begun:{event.pk}")


def ask_successor(event: Event) -> None:
    """Somebody takes over: they hear what was promised, with one link to answer all of it."""
    row = _sponsor(event)
    waiting = selectors.handed_to(row.pk)
    if waiting and row.user.is_active:
        link = links.issue(purpose=HANDED, subject=row, person_id=row.user.person_id)
        before = _name_of(event.payload["before"])
        letters.handed_over(row, before, waiting, link, key=f"sponsor.handed:{event.pk}")
    else:
        letters.begun(row, key=f"sponsor.begun:{event.pk}")


def ask_about_one(event: Event) -> None:
    """One promise was offered to another sponsor: they are asked. Those of a hand-over come in one mail."""
    row = _pledge(event)
    if event.payload["alone"] and row.state == PledgeState.HANDED and row.holder.is_active:
        link = links.issue(purpose=services.LINK, subject=row, person_id=row.holder.person_id)
        letters.offered(row, _name_of(event.payload["before"]), link, key=f"pledge.offered:{event.pk}")


def tell_of_release(event: Event) -> None:
    """A sponsor was released from a promise."""
    row = _pledge(event)
    if row.holder.person_id != event.actor_id:
        letters.released(row, key=f"pledge.released:{event.pk}")


def tell_program(event: Event) -> None:
    """A promise was missed, or its new sponsor said no: who runs the program sees it."""
    row = _pledge(event)
    readers = selectors.watchers(Role.MARKETER, Role.ADMIN)
    letters.settled(row, readers, missed=event.topic == "pledge.missed", key=f"{event.topic}:{event.pk}")
