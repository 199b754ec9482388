"""Planning a pilot: what, why, who, from when to when; by what it is judged; then it is ready, or called off."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from refprogram.governance.pilots import policy, selectors, things
from refprogram.governance.pilots.enums import BEFORE, PilotState
from refprogram.governance.pilots.models import Pilot, PilotCriterion, PilotMember
from refprogram.governance.pilots.services.rows import check, follow, locked, move, note, refuse, refuse_unless
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stale import refuse_stale
from refprogram.people.enums import Role
from refprogram.people.models import User

P = PilotState
MOST_CRITERIA: Final = 12


@transaction.atomic
def plan(*, kind: str, thing: str, by: User, people: Collection[User], **facts: Any) -> Pilot:
    """Plan a pilot of a thing: until it begins the thing reaches nobody; a feature stays as it is.

    `facts`: name, hypothesis, starts_on, ends_on, owner. Raises InvalidInput where somebody tries it already, or where
    it reaches everybody by now.
    """
    refuse_unless(by, "governance.make_pilots")
    found = things.find(kind, thing)
    why_not = found.why_not if found else _("There is no such thing to try.")
    if found is None or why_not:
        raise InvalidInput(why_not, errors={"thing": why_not})
    row = Pilot(kind=kind, thing=thing, made_by=by)
    row.label, row.touches_customers = found.label[:200], found.touches_customers
    _write(row, people, facts)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        message = _("It is part of a pilot already, which is not decided.")
        raise InvalidInput(message, errors={"thing": message}) from error
    _take_in(row, people)
    follow(row, by)
    note("pilot.planned", row, by)
    return row


def plan_again(before: Pilot, by: User) -> Pilot:
    """Plan the next pilot of the same thing: the same words, people and criteria, as long, from tomorrow."""
    start = timezone.localdate() + dt.timedelta(days=1)
    row = Pilot(
        kind=before.kind, thing=before.thing, label=before.label, touches_customers=before.touches_customers,
        name=before.name, hypothesis=before.hypothesis, owner=before.owner, made_by=by, repeats=before,
        starts_on=start, ends_on=start + (before.ends_on - before.starts_on),
    )  # fmt: skip
    row.save(force_insert=True)
    _take_in(row, [one.user for one in before.members.select_related("user") if one.user.is_active])
    asked = before.criteria.values("text", "how", "target")
    PilotCriterion.objects.bulk_create([PilotCriterion(pilot=row, **one) for one in asked])
    follow(row, by)
    note("pilot.planned", row, by)
    return row


@transaction.atomic
def change(*, pilot: Pilot, by: User, people: Collection[User], revision: int | None = None, **facts: Any) -> Pilot:
    """Change a pilot before it begins. What sales said was about other words then: it is a draft again."""
    row = _before(pilot, by)
    refuse_stale(
        row, revision, _("Somebody changed this pilot while you wrote. Look at it, and keep yours again."), facts
    )
    was = (row.hypothesis, row.starts_on, row.ends_on, set(row.members.values_list("user", flat=True)))
    _write(row, people, facts)
    row.save()
    _take_in(row, people)
    if was != (row.hypothesis, row.starts_on, row.ends_on, {one.pk for one in people}):
        _is_another(row)
    note("pilot.changed", row, by)
    return row


def _is_another(row: Pilot) -> None:
    """Count that it reads otherwise now; what was settled of it is not any more."""
    row.version += 1
    row.save(update_fields=["version"])
    if row.state != P.DRAFT:
        move(row, P.DRAFT)


def _write(row: Pilot, people: Collection[User], facts: dict[str, Any]) -> None:
    row.name = " ".join(facts["name"].split())[:120]
    row.hypothesis = facts["hypothesis"].strip()
    row.starts_on, row.ends_on, row.owner = facts["starts_on"], facts["ends_on"], facts["owner"]
    refuse(_faults(row, people))


def _faults(row: Pilot, people: Collection[User]) -> dict[str, str]:
    longest = policy.now().longest
    said = {
        "name": "" if row.name else _("Give the pilot a name."),
        "hypothesis": ""
        if row.hypothesis
        else _("Write what you expect, so that everybody can see whether it came true."),
        "people": _faults_of_people(people),
    }
    if row.ends_on < max(row.starts_on, timezone.localdate()):
        said["ends_on"] = _("Choose a day that is still to come, after the first one.")
    elif row.ends_on - row.starts_on > dt.timedelta(days=longest):
        said["ends_on"] = _("A pilot lasts at most %(n)d days.") % {"n": longest}
    if row.owner.role == Role.JUDGE or not row.owner.is_active:
        said["owner"] = _("Choose a colleague who has access.")
    return {name: words for name, words in said.items() if words}


def _faults_of_people(people: Collection[User]) -> str:
    most = policy.now().most_people
    if not people:
        return _("Choose who tries it.")
    if len(people) > most:
        words = ngettext(
            "At most %(n)d person tries it first; you chose %(had)d.",
            "At most %(n)d people try it first; you chose %(had)d.",
            most,
        )
        return words % {"n": most, "had": len(people)}
    if any(not one.is_active or one.role == Role.JUDGE for one in people):
        return _("Choose colleagues who have access, and no judges.")
    return ""


def _take_in(row: Pilot, people: Collection[User]) -> None:
    wanted = {one.pk for one in people}
    known = set(row.members.values_list("user", flat=True))
    row.members.exclude(user__in=wanted).delete()
    PilotMember.objects.bulk_create([PilotMember(pilot=row, user_id=pk) for pk in sorted(wanted - known)])


def _before(pilot: Pilot, by: User) -> Pilot:
    row = locked(pilot)
    refuse_unless(by, "governance.run_pilot", row)
    if row.state not in BEFORE:
        raise DomainError(_("It has begun: it stays as it is until it is decided."))
    return row


# ---------------------------------------------------------------- exit criteria


@transaction.atomic
def add_criterion(*, pilot: Pilot, text: str, how: str, target: str, by: User) -> PilotCriterion:
    """Say by what the pilot is judged."""
    row = _before(pilot, by)
    text = " ".join(text.split())[:200]
    if not text:
        refuse({"text": _("Write what has to be so at the end.")})
    if row.criteria.count() >= MOST_CRITERIA:
        refuse({"text": _("Twelve criteria are enough: nobody decides by more.")})
    made = PilotCriterion(pilot=row, text=text, how=" ".join(how.split())[:200], target=" ".join(target.split())[:80])
    made.save(force_insert=True)
    note("pilot.changed", row, by)
    return made


@transaction.atomic
def drop_criterion(*, criterion: PilotCriterion, by: User) -> None:
    """Take a criterion away, while the pilot has not begun."""
    row = _before(criterion.pilot, by)
    row.criteria.filter(pk=criterion.pk).delete()
    if row.state != P.DRAFT and not row.criteria.exists():
        move(row, P.DRAFT)
    note("pilot.changed", row, by)


# ---------------------------------------------------------------- settled


def faults_before_it_is_ready(row: Pilot) -> list[str]:
    """Return what is missing before a pilot can be ready, or sales can be asked."""
    missing = []
    if not row.criteria.exists():
        missing.append(_("Say by what it is judged: add at least one exit criterion."))
    if not row.members.exists():
        missing.append(_("Choose who tries it."))
    if row.ends_on < timezone.localdate():
        missing.append(_("Its days are over: choose others."))
    return missing


@transaction.atomic
def settle(*, pilot: Pilot, by: User | None) -> Pilot:
    """Make it ready: it begins on its first day. What touches customers needs the word of sales before."""
    row = locked(pilot)
    if by is not None:
        refuse_unless(by, "governance.run_pilot", row)
    check(row, P.READY)
    if missing := faults_before_it_is_ready(row):
        raise DomainError(" ".join(missing))
    refuse_without_sales(row)
    move(row, P.READY)
    note("pilot.ready", row, by)
    return row


def refuse_without_sales(row: Pilot) -> None:
    """Raise DomainError where sales has to agree and did not, or was asked and did not agree."""
    asked = selectors.present(row)
    if asked and not selectors.blessed(asked):
        raise DomainError(_("Sales was asked: wait for its yes, and for what it wants before."))
    if row.touches_customers and not asked:
        raise DomainError(_("It touches customers: ask sales first."))


@transaction.atomic
def cancel(*, pilot: Pilot, by: User) -> Pilot:
    """Call it off before it begins. What was to be tried stays off (a feature: as it is), until somebody decides it."""
    row = locked(pilot)
    refuse_unless(by, "governance.run_pilot", row)
    move(row, P.CANCELLED)
    things.stop(row.kind, row.thing, by)
    note("pilot.cancelled", row, by)
    return row
