"""Handing in: checked whole, kept as a version that never changes, with what was agreed to. And taking it back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards.contests.models import Category
from awards.contests.services import can_take_entries, deadline_of
from awards.entries import content, metrics
from awards.entries.enums import INVITE_MOVES, EntryState, InviteState
from awards.entries.models import CategoryEntry, ContestEntry, EntryMetric, EntryVersion
from awards.entries.services import agreeing
from awards.entries.services.locks import demand_owner, is_internal, lock_entry, lock_invite, move_entry, tell_stream
from awards.entries.services.writing import approvals_missing, demand_current
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.form_builder import reading
from refprogram.kernel.moves import move
from refprogram.people.models import Person

SENDS = (EntryState.DRAFT, EntryState.APPROVAL, EntryState.NEEDS_FIX)


@transaction.atomic
def submit(
    *,
    entry: ContestEntry,
    by: Person,
    at: dt.datetime,
    categories: Iterable[str] | None = None,
    consents: Mapping[str, bool] | None = None,
    wants_feedback: bool | None = None,
    revision: int | None = None,
    tab: str = "",
) -> ContestEntry:
    """Hand an entry in; `at` is the moment at which the request began, and it alone decides whether it is in time.

    Handing in twice is once: the second gets what the first made. Raises InvalidInput with all that is missing.
    """
    row = lock_entry(entry.pk)
    demand_owner(row, by.pk)
    if row.state not in SENDS:
        if row.submitted_at is not None and row.state != EntryState.WITHDRAWN:
            return row
        raise DomainError(_("This entry is “%(state)s”: it cannot be handed in.") % {"state": row.get_state_display()})
    if revision is not None:
        demand_current(row, revision, tab)
    chosen = _chosen(row, categories)
    _demand_in_time(row, chosen, at)
    said = _checked(row, chosen)
    missing = approvals_missing(row, content.written(row))
    if missing:
        names = ", ".join(helper.person.name for helper in missing)
        raise DomainError(_("%(names)s has to approve these very words first.") % {"names": names})
    late = at > deadline_of(row.contest, None, None)
    row.wants_feedback = row.wants_feedback if wants_feedback is None else wants_feedback
    _write(row, said, chosen, by, at)
    if not is_internal(row.contest):
        agreeing.record(row, by, consents or {})
    move_entry(row, EntryState.SUBMITTED, "submitted_at", "version", "fix_until", "wants_feedback")
    _convert(row)
    tell_stream("entry.submitted", row, by, late=late)
    return row


def _chosen(row: ContestEntry, categories: Iterable[str] | None) -> list[Category]:
    """Return the categories it is to compete in."""
    values = row.answer.values if row.answer is not None else {}
    wanted = set(values.get(content.CATEGORIES, []) if categories is None else categories)
    return list(Category.objects.filter(contest=row.contest_id, slug__in=wanted).select_related("contest"))


def _demand_in_time(row: ContestEntry, chosen: list[Category], at: dt.datetime) -> None:
    if not can_take_entries(row.contest, None, row, at=at) and not any(
        can_take_entries(row.contest, category, row, at=at) for category in chosen
    ):
        raise DomainError(_("The deadline is over. Your draft is kept; ask the contest’s team if you need more time."))
    late = [category.name for category in chosen if not can_take_entries(row.contest, category, row, at=at)]
    if late:
        message = _("The deadline of %(names)s is over. Choose another category.") % {"names": ", ".join(late)}
        raise InvalidInput(message, errors={"categories": message})


def problems(row: ContestEntry) -> dict[str, str]:
    """Return what keeps the draft from being handed in, by field; empty when it is whole."""
    try:
        _checked(row, _chosen(row, None))
    except InvalidInput as refusal:
        return refusal.errors
    return {}


def _checked(row: ContestEntry, chosen: list[Category]) -> dict[str, Any]:
    """Return the content that is handed in. Raises InvalidInput with every field that is not right yet."""
    said, specs = content.written(row), content.specs_of(row)
    errors: dict[str, str] = {}
    if not said["title"]:
        errors["title"] = _("Give the entry a title.")
    if not said["summary"]:
        errors["summary"] = _("Say in one sentence what you achieved.")
    if not chosen:
        errors["categories"] = _("Choose at least one category.")
    answers = reading.clean(specs, said["answers"])
    errors |= {f"answers.{key}": words for key, words in answers.errors.items()}
    rows, wrong = metrics.clean(said["metrics"])
    errors |= wrong
    if not rows:
        errors["metrics"] = _("Add at least one result: a figure before and after, or a story.")
    if errors:
        raise InvalidInput(_("Some answers need another look."), errors=errors)
    files = content.files_in(specs, answers.values, rows)
    slugs = sorted(category.slug for category in chosen)
    return {**said, "answers": answers.values, "metrics": rows, "categories": slugs, "files": files}


def _write(row: ContestEntry, said: Mapping[str, Any], chosen: list[Category], by: Person, at: dt.datetime) -> None:
    """Write the version, its results as rows, and the categories it competes in."""
    row.version += 1
    row.submitted_at, row.fix_until, row.redacted_at = at, None, None
    row.screened_by, row.second_opinion_by, row.reason_codes = None, None, []  # a new text is screened anew
    row.save(update_fields=["redacted_at", "screened_by", "second_opinion_by", "reason_codes"])
    EntryVersion.objects.create(
        entry=row, number=row.version, form_version=row.answer.version if row.answer else None, content=dict(said),
        hash=content.hash_of(said), author=by, at=at,
    )  # fmt: skip
    EntryMetric.objects.filter(entry=row).delete()
    for position, one in enumerate(said["metrics"]):
        EntryMetric(entry=row, position=position, **_facts(one)).save(force_insert=True)
    row.places.exclude(category__in=chosen).delete()
    kept = set(row.places.values_list("category", flat=True))
    for category in chosen:
        if category.pk not in kept:
            CategoryEntry(entry=row, category=category).save(force_insert=True)


def _facts(one: Mapping[str, Any]) -> dict[str, Any]:
    names = ("factor", "what", "unit", "period", "method", "story", "publishable")
    figures = {part: Decimal(one[part]) if one[part] else None for part in ("before", "after")}
    return {**{name: one[name] for name in names}, **figures, "evidence": content.file_named(one["evidence"])}


def _convert(row: ContestEntry) -> None:
    """The invitation that brought it is fulfilled."""
    if row.invite_id is not None:
        invite = lock_invite(row.invite_id)
        if invite.state == InviteState.ACCEPTED:
            move(invite, InviteState.CONVERTED, moves=INVITE_MOVES, noun=_("invitation"))


@transaction.atomic
def take_back(*, entry: ContestEntry, by: Person, at: dt.datetime) -> ContestEntry:
    """Take a submitted entry back to write on, while entries are open; what was handed in stays as a version."""
    row = lock_entry(entry.pk)
    demand_owner(row, by.pk)
    if row.state == EntryState.DRAFT:
        return row
    if not can_take_entries(row.contest, None, row, at=at):
        raise DomainError(_("The deadline is over: what you handed in stands."))
    move_entry(row, EntryState.DRAFT)
    tell_stream("entry.taken_back", row, by)
    return row
