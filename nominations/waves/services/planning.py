"""Planning a wave: its cohorts, their people and dates, and changing it while it runs."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from nominations.models import Campaign, Cohort, Wave
from nominations.waves import cutting
from nominations.waves.enums import WaveCut, WaveState
from nominations.waves.policy import MOST_COHORTS
from nominations.waves.selectors.people import choices_of, colleagues_of
from references.accounts import clock
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User

PACE: Final = ("in_work", "per_day", "pause_after_days")
# What says whom the cohorts ask, and what says when.
WHOM: Final = ("cut", "roles", "campaign")
WHEN: Final = ("starts_on", "days_each")


@dataclass(frozen=True)
class Planned:
    """One cohort as somebody plans it."""

    name: str
    opens_on: dt.date
    closes_on: dt.date
    rule: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def plan_wave(
    *,
    name: str,
    actor: User,
    starts_on: dt.date,
    parts: int,
    cut: str = WaveCut.LAST_NAME,
    campaign: Campaign | None = None,
    roles: Collection[str] = (),
    **pace: int,
) -> Wave:
    """Plan a wave and cut the company into `parts`; nobody is asked before it is started."""
    wave = Wave(owner=actor, cut=WaveCut(cut), campaign=campaign, roles=sorted(roles), starts_on=starts_on)
    _check_first_day(starts_on)
    _call(wave, name)
    _set_pace(wave, pace)
    wave.save(force_insert=True)
    cohorts = _cut_anew(wave, parts)
    emit("wave.planned", subject=wave, actor_id=actor.person_id, payload={"cohorts": len(cohorts)})
    return wave


@transaction.atomic
def change_wave(*, wave: Wave, actor: User, parts: int | None = None, **fields: Any) -> Wave:
    """Change a wave. While it runs, pace and the days to come may change; who was asked keeps people and dates.

    Whom it asks (cut, roles, campaign, number of parts) may change until the first cohort opens.
    """
    wave = lock(wave)
    refuse_ended(wave)
    opened = Cohort.objects.filter(wave=wave, opened_at__isnull=False).exists()
    before = {name: getattr(wave, name) for name in (*WHOM, *WHEN, *PACE, "name")}
    if "roles" in fields:
        fields["roles"] = sorted(fields["roles"])
    said = {name: value for name, value in fields.items() if before[name] != value}
    was = Cohort.objects.filter(wave=wave).count()
    anew = bool(said.keys() & set(WHOM)) or (parts is not None and parts != was)
    _refuse_moving(said, opened=opened, anew=anew)
    if "starts_on" in said:
        _check_first_day(said["starts_on"])
    if "name" in said:
        _call(wave, said["name"])
    for name in said.keys() & {*WHOM, "starts_on"}:
        setattr(wave, name, said[name])
    _set_pace(wave, {name: value for name, value in said.items() if name in {*PACE, "days_each"}})
    wave.save()
    if anew:
        _cut_anew(wave, parts or was)
    elif said.keys() & set(WHEN):
        _spread(wave)
    changed = sorted({*said, *(["parts"] if anew else [])})
    if changed:
        emit("wave.changed", subject=wave, actor_id=actor.person_id, payload={"fields": changed})
    return wave


def _refuse_moving(said: dict[str, Any], *, opened: bool, anew: bool) -> None:
    if not opened:
        return
    fields: set[str] = {name for name in (*WHOM, "starts_on") if name in said} or ({"parts"} if anew else set())
    if fields:
        words = _("A cohort has opened: who was asked keeps their people and dates.")
        raise InvalidInput(words, errors=dict.fromkeys(sorted(fields), words))


@transaction.atomic
def plan_cohorts(*, wave: Wave, actor: User, cohorts: Sequence[Planned]) -> list[Cohort]:
    """Set name, people and dates of every cohort, in their order.

    Raises InvalidInput with the fields (`from_2`: the second cohort's): ranges overlap or leave somebody out, dates do
    not follow each other, or one that has opened would be moved.
    """
    wave = lock(wave)
    refuse_ended(wave)
    rows = list(Cohort.objects.select_for_update().filter(wave=wave).order_by("number"))
    if len(rows) != len(cohorts):
        raise DomainError(_("The wave has another number of cohorts now. Look at it again."))
    rules = [cutting.clean(wave.cut, one.rule) for one in cohorts]
    errors = {**_moved(rows, cohorts, rules), **_of_dates(rows, cohorts)}
    errors = errors or _of_rules(wave, rules)
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)
    for row, one, rule in zip(rows, cohorts, rules, strict=True):
        row.name = " ".join(one.name.split())[:80] or _("Cohort %(n)d") % {"n": row.number}
        row.rule, row.opens_on, row.closes_on = rule, one.opens_on, one.closes_on
        row.save()
    emit("wave.changed", subject=wave, actor_id=actor.person_id, payload={"fields": ["cohorts"]})
    return rows


def _moved(rows: Sequence[Cohort], cohorts: Sequence[Planned], rules: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return what would move a cohort that has opened: its people, its first day; when it is over, its last one."""
    errors: dict[str, str] = {}
    words = _("This cohort has opened: its people and dates stay.")
    for row, one, rule in zip(rows, cohorts, rules, strict=True):
        if row.opened_at is None:
            continue
        errors |= {f"{side}_{row.number}": words for side in rule if rule[side] != row.rule.get(side)}
        errors |= {
            f"{name}_{row.number}": words
            for name in ("opens_on", "closes_on")
            if getattr(one, name) != getattr(row, name)
        }
    return errors


def _of_dates(rows: Sequence[Cohort], cohorts: Sequence[Planned]) -> dict[str, str]:
    errors: dict[str, str] = {}
    today = clock.today()
    for at, (row, one) in enumerate(zip(rows, cohorts, strict=True)):
        if one.closes_on < one.opens_on:
            errors[f"closes_on_{row.number}"] = _("The last day comes before the first one.")
        if row.opened_at is not None:
            continue
        if one.opens_on < today and one.opens_on != row.opens_on:
            errors[f"opens_on_{row.number}"] = _("This day is over.")
        if at and one.opens_on < cohorts[at - 1].opens_on:
            errors[f"opens_on_{row.number}"] = _("It would open before the cohort above it.")
    return errors


def _of_rules(wave: Wave, rules: Sequence[dict[str, Any]]) -> dict[str, str]:
    found = cutting.problems(wave.cut, rules, colleagues_of(wave), wave.public_id)
    return {f"{one.field}_{one.number}": one.words for one in reversed(found)}


def problems_of(wave: Wave) -> list[cutting.Problem]:
    """Return what is wrong with a wave's cohorts as they are kept: a new team, say, is in none of them."""
    rules = [row.rule for row in Cohort.objects.filter(wave=wave).order_by("number")]
    return cutting.problems(wave.cut, rules, colleagues_of(wave), wave.public_id)


# ---------------------------------------------------------------- what all of it is made of


def lock(wave: Wave) -> Wave:
    """Return the wave, fresh and locked: whoever changes it or its cohorts holds its row."""
    return Wave.objects.select_for_update(of=("self",)).select_related("campaign", "owner__person").get(pk=wave.pk)


def refuse_ended(wave: Wave) -> None:
    """Raise where nothing can be changed any more."""
    if wave.state == WaveState.ENDED:
        raise DomainError(_("This wave has ended. Plan a new one."))


def _check_first_day(starts_on: dt.date) -> None:
    if starts_on < clock.today():
        words = _("This day is over.")
        raise InvalidInput(words, errors={"starts_on": words})


def _call(wave: Wave, name: str) -> None:
    words = " ".join(name.split())[:120]
    if not words or Wave.objects.filter(name=words).exclude(pk=wave.pk).exists():
        sentence = _("There is a wave of this name already.") if words else _("Give the wave a name.")
        raise InvalidInput(sentence, errors={"name": sentence})
    wave.name = words


def _set_pace(wave: Wave, pace: dict[str, int]) -> None:
    for name, value in pace.items():
        if value < (0 if name == "pause_after_days" else 1):
            words = _("At least one.")
            raise InvalidInput(words, errors={name: words})
        setattr(wave, name, value)


def _cut_anew(wave: Wave, parts: int) -> list[Cohort]:
    if not 1 <= parts <= MOST_COHORTS:
        words = _("From 1 to %(most)d cohorts.") % {"most": MOST_COHORTS}
        raise InvalidInput(words, errors={"parts": words})
    people = colleagues_of(wave)
    proposed = cutting.propose(wave.cut, people, parts, choices_of(wave.cut, people))
    Cohort.objects.filter(wave=wave).delete()
    rows = [
        Cohort(wave=wave, number=at + 1, name=name, rule=rule, **_dates(wave, wave.starts_on, at))
        for at, (name, rule) in enumerate(proposed)
    ]
    return Cohort.objects.bulk_create(rows)


def _dates(wave: Wave, first: dt.date, steps: int) -> dict[str, dt.date]:
    opens = first + dt.timedelta(days=wave.days_each * steps)
    return {"opens_on": opens, "closes_on": opens + dt.timedelta(days=wave.days_each - 1)}


def _spread(wave: Wave) -> None:
    """Set the dates of the cohorts to come: from the wave's first day, or from the last one that opened."""
    rows = list(Cohort.objects.select_for_update().filter(wave=wave).order_by("number"))
    opened = [row for row in rows if row.opened_at is not None]
    first = opened[-1].opens_on if opened else wave.starts_on
    to_come = [row for row in rows if row.opened_at is None]
    for steps, row in enumerate(to_come, 1 if opened else 0):
        dates = _dates(wave, first, steps)
        row.opens_on, row.closes_on = dates["opens_on"], dates["closes_on"]
        row.save(update_fields=["opens_on", "closes_on"])
