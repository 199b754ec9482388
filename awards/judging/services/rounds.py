"""Rounds and what is scored in them. Free until the round is released, fixed from then on."""

import datetime as dt
import secrets
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from awards.judging.enums import Mode
from awards.models import Category, Contest, Criterion, Round
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User

# What may still change once judges see the round: when it ends, and how it is called.
ALWAYS: Final = frozenset({"name", "closes_at", "hard_close_at"})
CHANGEABLE: Final = ALWAYS | frozenset({
    *("mode", "opens_at", "blindness", "peers", "per_entry", "min_ballots", "min_customers", "min_independent"),
    *("anchors", "adjust", "advance_top", "advance_score", "comment_extremes"),
})  # fmt: skip
CRITERION_FIELDS: Final = frozenset({
    *("category", "name", "description", "weight", "lo", "hi", "levels", "required", "allow_na", "tie_rank"),
    "position",
})  # fmt: skip
GRACE: Final = dt.timedelta(days=1)
MOST_LEVELS: Final = 11
MOST_CRITERIA: Final = 20


def starting_criteria() -> list[dict[str, Any]]:
    """Return what a first round scores until somebody says otherwise (source document S0, step 2)."""
    return [
        {
            "name": _("Measured result"),
            "description": _("Cost, productivity, quality or time: how large is the effect, how well is it proved?"),
            "weight": Decimal(35),
            "levels": {
                "1": _("no effect is shown"),
                "2": _("a small effect, or none proved"),
                "3": _("a clear effect, partly proved"),
                "4": _("large effect, evidence for most of it"),
                "5": _("large effect, all of it proved"),
            },
            "tie_rank": 1,
        },
        {
            "name": _("Innovation"),
            "description": _("What did they do that others did not?"),
            "weight": Decimal(25),
            "levels": {
                "1": _("everybody does it"),
                "2": _("known, applied as usual"),
                "3": _("known, applied in a new place"),
                "4": _("a new idea, with models elsewhere"),
                "5": _("I have not seen this before"),
            },
            "tie_rank": 2,
        },
        {
            "name": _("Process"),
            "description": _("Was it done in a way that others can follow, and that lasts?"),
            "weight": Decimal(20),
            "levels": {
                "1": _("it cannot be followed"),
                "2": _("it hangs on one person"),
                "3": _("sound, one step is missing"),
                "4": _("sound, and written down"),
                "5": _("sound, written down, and used elsewhere too"),
            },
        },
        {
            "name": _("Told value"),
            "description": _("Is it told so that a peer would act on it?"),
            "weight": Decimal(20),
            "levels": {
                "1": _("I do not understand it"),
                "2": _("understandable, dry"),
                "3": _("clear"),
                "4": _("clear, and it convinces"),
                "5": _("I told somebody about it"),
            },
        },
    ]


@transaction.atomic
def first_round(*, contest: Contest, by: User | None) -> Round:
    """Plan the first round between the deadline and the announcement, with criteria to change; once per contest."""
    Contest.objects.select_for_update().get(pk=contest.pk)
    found = contest.rounds.order_by("number").first()
    if found is not None:
        return found
    seed = secrets.randbelow(2**31 - 1) + 1
    row = Round(contest=contest, number=1, name=_("First round"), seed=seed, **_usual_times(contest))
    row.save(force_insert=True)
    for place, facts in enumerate(starting_criteria()):
        Criterion(round=row, lo=1, hi=5, position=place, **facts).save(force_insert=True)
    _added(row, by)
    return row


def _usual_times(contest: Contest) -> dict[str, dt.datetime]:
    """Return when a first round is: after screening, with room for deliberation before the announcement."""
    room = contest.announce_at - contest.closes_at
    closes_at = contest.closes_at + room * 0.65
    return {
        "opens_at": contest.closes_at + room * 0.2,
        "closes_at": closes_at,
        "hard_close_at": closes_at + min(GRACE, room * 0.05),
    }


@transaction.atomic
def fit_rounds(*, contest: Contest) -> int:
    """Move the first round when the contest's own dates left it behind; judges who were told a date keep it.

    Return how many were moved. One that still lies between deadline and announcement stays as it was set.
    """
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    rows = contest.rounds.select_for_update().filter(number=1, released_at__isnull=True)
    moved = 0
    for row in rows:
        if contest.closes_at <= row.opens_at and row.hard_close_at < contest.announce_at:
            continue
        for name, moment in _usual_times(contest).items():
            setattr(row, name, moment)
        row.save(update_fields=["opens_at", "closes_at", "hard_close_at"])
        payload = {"contest": contest.pk, "fields": ["closes_at", "hard_close_at", "opens_at"]}
        emit("round.changed", subject=row, payload=payload)
        moved += 1
    return moved


@transaction.atomic
def add_round(*, contest: Contest, by: User, **fields: Any) -> Round:
    """Plan another round after the last one; what is scored begins as a copy of the last round's criteria."""
    Contest.objects.select_for_update().get(pk=contest.pk)
    last = contest.rounds.order_by("-number").first()
    row = Round(contest=contest, number=(last.number if last else 0) + 1, seed=secrets.randbelow(2**31 - 1) + 1)
    _put(row, fields)
    row.save(force_insert=True)
    for criterion in last.criteria.all() if last is not None else ():
        facts = {name: getattr(criterion, name) for name in CRITERION_FIELDS}
        Criterion(round=row, **facts).save(force_insert=True)
    _added(row, by)
    return row


@transaction.atomic
def change_round(*, round: Round, by: User, **fields: Any) -> Round:  # noqa: A002
    """Change a round; once it is released only its name and its end, and the end only to a later moment."""
    row = Round.objects.select_for_update(of=("self",)).select_related("contest").get(pk=round.pk)
    changed = {name for name, value in fields.items() if getattr(row, name) != value}
    if row.released_at is not None and changed - ALWAYS:
        _refuse_fixed(min(changed - ALWAYS))
    if row.closed_at is not None and changed - {"name"}:
        raise DomainError(_("This round is closed."))
    if row.released_at is not None and fields.get("closes_at", row.closes_at) < row.closes_at:
        message = _("Judges were told the present end: it can only move to a later moment.")
        raise InvalidInput(message, errors={"closes_at": message})
    _put(row, fields)
    row.save(update_fields=sorted(changed))
    if changed:
        emit(
            "round.changed", subject=row, actor_id=by.person_id,
            payload={"contest": row.contest_id, "fields": sorted(changed)},
        )  # fmt: skip
    return row


def _put(row: Round, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name not in CHANGEABLE:
            message = f"a round has no changeable field {name}"
            raise TypeError(message)
        setattr(row, name, value)
    errors = {**_wrong_times(row), **_wrong_numbers(row)}
    if not row.name:
        errors["name"] = _("Give the round a name.")
    if row.mode not in Mode.values:
        errors["mode"] = _("Choose how the round judges.")
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)


def _wrong_times(row: Round) -> dict[str, str]:
    if None in (row.opens_at, row.closes_at, row.hard_close_at):
        return {"opens_at": _("Say when the round begins and ends.")}
    if not row.opens_at < row.closes_at <= row.hard_close_at:
        return {"closes_at": _("A round begins, then ends, then takes nothing more: in this order.")}
    if row.hard_close_at >= row.contest.announce_at:
        return {"hard_close_at": _("Judging ends before the winners are announced.")}
    return {}


def _wrong_numbers(row: Round) -> dict[str, str]:
    if row.per_entry < 1 or row.min_ballots < 1:
        return {"per_entry": _("At least one judge for each entry.")}
    if max(row.min_customers, row.min_independent) > row.per_entry:
        return {"min_independent": _("No more of a kind than there are judges for an entry.")}
    return {}


def _added(row: Round, by: User | None) -> None:
    emit(
        "round.added", subject=row, actor_id=by.person_id if by else None,
        payload={"contest": row.contest_id, "mode": row.mode},
    )  # fmt: skip


@transaction.atomic
def add_criterion(*, round: Round, by: User, **fields: Any) -> Criterion:  # noqa: A002
    """Add something that is scored."""
    row = _open_round(round)
    if row.criteria.count() >= MOST_CRITERIA:
        raise DomainError(_("%(n)d criteria are more than a judge can keep in mind.") % {"n": MOST_CRITERIA})
    if "position" not in fields:
        fields["position"] = (row.criteria.aggregate(last=Max("position"))["last"] or 0) + 1
    criterion = Criterion(round=row)
    _score(criterion, fields)
    criterion.save(force_insert=True)
    _changed(criterion, by, "added")
    return criterion


@transaction.atomic
def change_criterion(*, criterion: Criterion, by: User, **fields: Any) -> Criterion:
    """Change what is scored and how."""
    row = _open_round(criterion.round)
    criterion = Criterion.objects.select_for_update(of=("self",)).get(pk=criterion.pk)
    criterion.round = row
    _score(criterion, fields)
    criterion.save(update_fields=sorted(fields))
    _changed(criterion, by, "changed")
    return criterion


@transaction.atomic
def remove_criterion(*, criterion: Criterion, by: User) -> None:
    """Score this no more."""
    _open_round(criterion.round)
    _changed(criterion, by, "removed")
    criterion.delete()


def _score(row: Criterion, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name not in CRITERION_FIELDS:
            message = f"a criterion has no changeable field {name}"
            raise TypeError(message)
        setattr(row, name, value)
    errors = {}
    if not row.name.strip():
        errors["name"] = _("Say what is scored.")
    if not row.weight or row.weight < 0:
        errors["weight"] = _("The weight is more than nothing.")
    if not 0 <= row.lo < row.hi <= 100 or row.hi - row.lo >= MOST_LEVELS:
        errors["hi"] = _("From the lowest to the highest level: at most %(n)d levels.") % {"n": MOST_LEVELS}
    category: Category | None = row.category
    if category is not None and category.contest_id != row.round.contest_id:
        errors["category"] = _("This category belongs to another contest.")
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)
    scale = {str(level) for level in range(row.lo, row.hi + 1)}
    row.levels = {level: text.strip()[:200] for level, text in row.levels.items() if level in scale and text.strip()}


def _open_round(round_: Round) -> Round:
    row = Round.objects.select_for_update(of=("self",)).select_related("contest").get(pk=round_.pk)
    if row.released_at is not None:
        _refuse_fixed("criteria")
    return row


def _refuse_fixed(field: str) -> None:
    message = _("Judges work by these rules already: they are fixed since the round was released.")
    raise DomainError(message, errors={field: message})


def _changed(criterion: Criterion, by: User, verb: str) -> None:
    payload = {"contest": criterion.round.contest_id, "round": criterion.round_id, "verb": verb}
    emit("criterion.changed", subject=criterion, actor_id=by.person_id, payload=payload)
