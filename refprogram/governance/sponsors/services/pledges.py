"""What is done with a promise: made, changed, kept, released, answered for by who takes it over."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.sponsors import policy
from refprogram.governance.sponsors.enums import OPEN, PLEDGE_MOVES, PledgeKind, PledgeState
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.governance.sponsors.services.cadence import make_next
from refprogram.governance.sponsors.services.rows import (
    NOUN,
    locked,
    locked_pledge,
    note_pledge,
    refuse,
    refuse_unless,
)
from refprogram.kernel import links, moves
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stale import refuse_stale
from refprogram.people.models import User

LINK: Final = "pledge"
FACTS: Final = ("kind", "words", "channel", "audience", "due_on", "every_weeks", "until")
LENGTHS: Final = {"words": 300, "channel": 120, "audience": 120}
MOST_AHEAD: Final = 3 * 366


def move(row: SponsorPledge, to: PledgeState, *also: str) -> None:
    """Move a promise that the caller holds."""
    moves.move(row, to, moves=PLEDGE_MOVES, noun=_(NOUN), also=also)


def _clean(facts: Mapping[str, Any], known: SponsorPledge | None = None) -> dict[str, Any]:
    """Return what was written, tidied; a day that stays may have passed. Raises InvalidInput."""
    said = {name: facts[name] for name in FACTS if name in facts}
    for name, length in LENGTHS.items():
        if name in said:
            said[name] = " ".join(str(said[name]).split())[:length]
    said["every_weeks"] = said.get("every_weeks") or 0
    errors = {}
    if not said.get("words"):
        errors["words"] = _("Write what exactly is promised.")
    if said.get("kind") not in PledgeKind.values:
        errors["kind"] = _("Choose what is promised.")
    if not 0 <= said["every_weeks"] <= policy.MOST_WEEKS:
        errors["every_weeks"] = _("Between 0 and %(n)d weeks.") % {"n": policy.MOST_WEEKS}
    refuse(errors | _wrong_days(said, known))
    return said


def _wrong_days(said: Mapping[str, Any], known: SponsorPledge | None) -> dict[str, str]:
    due_on, until, today = said.get("due_on"), said.get("until"), timezone.localdate()
    stays = known is not None and known.due_on == due_on
    if due_on is None or not (stays or today <= due_on <= today + dt.timedelta(days=MOST_AHEAD)):
        return {"due_on": _("Choose today or a day to come, in the next three years.")}
    if until is not None and until < due_on:
        return {"until": _("The rhythm ends before it begins.")}
    return {}


@transaction.atomic
def promise(*, sponsorship: Sponsorship, facts: Mapping[str, Any], by: User) -> SponsorPledge:
    """Make a promise, or note one in a sponsor's name. Raises DomainError for who does not back the program."""
    holder = locked(sponsorship)
    refuse_unless(by, "governance.promise_for", holder)
    if not holder.is_live:
        raise DomainError(_("%(name)s does not back the program any more.") % {"name": holder.user.name})
    row = SponsorPledge(sponsorship=holder, noted_by=by, **_clean(facts))
    row.save(force_insert=True)
    note_pledge("pledge.promised", row, by, kind=row.kind, due_on=row.due_on.isoformat())
    return row


@transaction.atomic
def change(*, row: SponsorPledge, facts: Mapping[str, Any], revision: int | None, by: User) -> SponsorPledge:
    """Change what is promised while it is open; another day begins its reminders anew."""
    row = locked_pledge(row)
    refuse_unless(by, "governance.keep_promise", row)
    if row.state not in OPEN:
        raise DomainError(_("It is settled: what was promised stays as it is."))
    said = {name: getattr(row, name) for name in FACTS} | dict(facts)
    refuse_stale(row, revision, _("Somebody changed this promise meanwhile."), {n: said[n] for n in FACTS})
    said = _clean(said, row)
    if said["due_on"] != row.due_on:
        row.reminded = ""
    for name in FACTS:
        setattr(row, name, said[name])
    row.revision += 1
    row.save(update_fields=[*FACTS, "reminded", "revision"])
    note_pledge("pledge.changed", row, by, due_on=row.due_on.isoformat())
    return row


@transaction.atomic
def finish(
    *, row: SponsorPledge, by: User, on: dt.date | None = None, proof: str = "", token: str = ""
) -> SponsorPledge:
    """Say that it was done, today or on a day before. Said again, the first word stands.

    `token`: by a signed link, which answers once.
    """
    row = locked_pledge(row)
    refuse_unless(by, "governance.keep_promise", row)
    if row.state == PledgeState.DONE:
        return row
    moves.check(row, PledgeState.DONE, moves=PLEDGE_MOVES, noun=_(NOUN))
    today = timezone.localdate()
    first = min(timezone.localdate(row.created_at), row.due_on, today)
    if on is not None and not first <= on <= today:
        refuse({"on": _("Choose today or a day since it was promised.")})
    if token:
        links.use(token)
    row.done_on, row.proof, row.settled_at = on or today, proof.strip()[:2000], timezone.now()
    move(row, PledgeState.DONE, "done_on", "proof", "settled_at")
    make_next(row)
    note_pledge("pledge.done", row, by, kind=row.kind, on_time=row.on_time)
    return row


@transaction.atomic
def miss(*, row: SponsorPledge) -> SponsorPledge | None:
    """Let the clock say that it was not kept, if it still waits and its time is over; None where it was settled."""
    row = locked_pledge(row)
    if row.state != PledgeState.PROMISED or row.lapses_after(policy.now().late_days) >= timezone.localdate():
        return None
    row.settled_at = timezone.now()
    move(row, PledgeState.MISSED, "settled_at")
    make_next(row)
    note_pledge("pledge.missed", row, None, kind=row.kind, due_on=row.due_on.isoformat())
    return row


@transaction.atomic
def release(*, row: SponsorPledge, because: str, ends: bool, by: User) -> SponsorPledge:
    """Take a promise off a sponsor: it was not for them to keep it. `ends`: its rhythm ends, too."""
    row = locked_pledge(row)
    refuse_unless(by, "governance.release_promise", row)
    moves.check(row, PledgeState.RELEASED, moves=PLEDGE_MOVES, noun=_(NOUN))
    because = because.strip()[:2000]
    if not because:
        refuse({"because": _("Say why: their rate leaves it out, and everybody who reads it should know.")})
    row.because, row.settled_at = because, timezone.now()
    move(row, PledgeState.RELEASED, "because", "settled_at")
    if not ends:
        make_next(row)
    links.withdraw(subject=row, purpose=LINK)
    note_pledge("pledge.released", row, by, kind=row.kind)
    return row


@transaction.atomic
def accept(*, row: SponsorPledge, by: User) -> SponsorPledge:
    """Say yes to what was promised before them; whoever is new has some days at least. Said again, it stays yes."""
    row = locked_pledge(row)
    refuse_unless(by, "governance.answer_for_promise", row)
    if row.state == PledgeState.PROMISED:
        return row
    least = timezone.localdate() + dt.timedelta(days=policy.now().grace_days)
    row.due_on, row.reminded = max(row.due_on, least), ""
    move(row, PledgeState.PROMISED, "due_on", "reminded")
    note_pledge("pledge.accepted", row, by, due_on=row.due_on.isoformat())
    return row


@transaction.atomic
def decline(*, row: SponsorPledge, because: str, by: User) -> SponsorPledge:
    """Say no to what was promised before them: somebody else has to be found. Said again, it stays no."""
    row = locked_pledge(row)
    refuse_unless(by, "governance.answer_for_promise", row)
    if row.state == PledgeState.UNHELD:
        return row
    moves.check(row, PledgeState.UNHELD, moves=PLEDGE_MOVES, noun=_(NOUN))
    if row.state != PledgeState.HANDED:
        raise DomainError(_("It is your own promise. If it cannot be kept, ask those who run the program."))
    row.because = because.strip()[:2000]
    move(row, PledgeState.UNHELD, "because")
    note_pledge("pledge.refused", row, by)
    return row


def hand_to(row: SponsorPledge, target: Sponsorship, by: User, *, alone: bool) -> None:
    """Give a promise to another sponsor, who is asked; the caller holds it and both sponsors."""
    before = row.sponsorship.user.person_id
    row.sponsorship, row.reminded, row.because = target, "", ""
    move(row, PledgeState.HANDED, "sponsorship", "reminded", "because")
    links.withdraw(subject=row, purpose=LINK)
    note_pledge("pledge.handed_over", row, by, before=before, alone=alone)


@transaction.atomic
def offer(*, row: SponsorPledge, to: Sponsorship, by: User) -> SponsorPledge:
    """Ask another sponsor to take one promise over. Raises DomainError for one who backs nothing any more."""
    refuse_unless(by, "governance.keep_sponsors")
    holders = {SponsorPledge.objects.values_list("sponsorship", flat=True).get(pk=row.pk), to.pk}
    held = {key: locked(Sponsorship(pk=key)) for key in sorted(holders)}
    row = locked_pledge(row)
    target = held[to.pk]
    if not target.is_live or not target.user.is_active:
        message = _("%(name)s does not back the program any more.") % {"name": target.user.name}
        refuse({"to": message})
    if target.pk == row.sponsorship_id:
        refuse({"to": _("It is theirs already.")})
    hand_to(row, target, by, alone=True)
    return row
