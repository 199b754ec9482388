"""What is known of customers, put into the words and pills that pages show."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from references.accounts.enums import POOL
from references.accounts.models import Account
from references.accounts.provenance import WORDS
from references.profiles import readiness
from references.profiles.change import Change
from references.profiles.models import Correction, Outcome
from references.profiles.policy import Part
from references.profiles.readiness import Component
from refprogram.kernel.files.addresses import address
from refprogram.kernel.files.selectors import files_of
from refprogram.kernel.models import StoredFile
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags.rp import day
from refprogram.people.models import User


def field_words(correction: Correction) -> str:
    """Return what the field of a correction is called."""
    return str(WORDS.get(correction.field, correction.field))


def change_of(outcome: Outcome) -> Change:
    """Return an outcome's two readings."""
    return Change(outcome.before, outcome.after, outcome.unit, outcome.direction)


def outcome_pill(outcome: Outcome) -> Pill:
    """Return whether an outcome counts."""
    if outcome.verified_at is None:
        return Pill(_("Not verified yet"), "wait")
    return Pill(_("Verified on %(day)s") % {"day": day(outcome.verified_at)}, "ok")


def change_pill(outcome: Outcome) -> Pill:
    """Return the change in per cent, green where it got better."""
    change = change_of(outcome)
    return Pill(change.words, {True: "ok", False: "stop", None: ""}[change.better])


@dataclass(frozen=True)
class ReadinessLine:
    """One part of readiness in words."""

    name: str
    points: float
    weight: int
    words: str
    on: dt.date | None


def readiness_lines(parts: Iterable[Component], *, may_see_scores: bool) -> list[ReadinessLine]:
    """Return the parts that weigh something; what a survey's answer was is said only to who may read it."""
    names = readiness.names()
    hidden = {} if may_see_scores else {Part.SCORE: _("Kept for who looks after them")}
    return [
        ReadinessLine(
            names[part.key], part.points, part.weight, hidden.get(part.key, part.words) or _("Nothing yet"),
            None if part.key in hidden else part.on,
        )
        for part in parts
        if part.weight
    ]  # fmt: skip


def hard_stops(account: Account) -> list[str]:
    """Return what wins over any score."""
    found = [_("Frozen: nobody may ask")] if account.frozen else []
    if account.state not in POOL:
        found.append(_("Not in the program: %(state)s") % {"state": account.get_state_display()})
    return found


@dataclass(frozen=True)
class OutcomeLine:
    """One outcome on its account's page."""

    outcome: Outcome
    change: Change
    pill: Pill
    share: Pill
    evidence: StoredFile | None
    evidence_url: str
    may_verify: bool


def outcome_lines(outcomes: Iterable[Outcome], reader: User, *, may_verify: bool) -> list[OutcomeLine]:
    """Return outcomes in words, each with its evidence."""
    rows = list(outcomes)
    kept = files_of(rows)
    return [_outcome_line(row, next(iter(kept.get(row.pk, [])), None), reader, may_verify) for row in rows]


def _outcome_line(row: Outcome, file: StoredFile | None, reader: User, may_verify: bool) -> OutcomeLine:
    shown = bool(row.evidence_url) or file is not None
    others = row.recorded_by_id != reader.pk
    return OutcomeLine(
        outcome=row,
        change=change_of(row),
        pill=outcome_pill(row),
        share=change_pill(row),
        evidence=file,
        evidence_url=address(file, viewer=reader) if file is not None and file.ready else "",
        may_verify=may_verify and others and shown and row.verified_at is None,
    )
