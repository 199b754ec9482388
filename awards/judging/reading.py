"""An entry as its judge may read it: whole, or in a blind round without anything that says who entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField
from django.utils.translation import gettext as _

from awards.entries import content, metrics
from awards.entries.enums import Factor
from awards.entries.models import EntryVersion
from awards.judging.enums import Blindness
from awards.models import Assignment, ContestEntry, Round
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import FieldSpec, from_json
from refprogram.kernel.prepared import Given, Prepared


@dataclass(frozen=True)
class Result:
    """One measured result, or a told one."""

    factor: str
    what: str
    before: str
    after: str
    change: str
    note: str
    story: str
    file: int  # number of the attachment; 0: stated by the entrant


@dataclass(frozen=True)
class Read:
    """What stands on the page. `entrant` is empty in blind rounds; `files` are (number, name, id of the file)."""

    code: str
    title: str
    summary: str
    category: str
    entrant: str
    blind: bool
    results: list[Result] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[int, str, str]] = field(default_factory=list)


def read(assignment: Assignment) -> Read:
    """Return the entry of a piece of work as this round lets its judge see it."""
    return read_entry(assignment.place.entry, assignment.round, assignment.place.category.name)


def read_entry(entry: ContestEntry, round_: Round, category: str) -> Read:
    """Return an entry as the judges of a round read it."""
    said, specs = _handed_in(entry)
    blind = round_.blindness == Blindness.BLIND
    shown = content.for_blind_judges(said, specs, entry) if blind else said
    whole = content.without_blind(said, specs) if blind else said
    numbers = {key: n for n, key in enumerate(sorted(whole["files"]), 1) if key in shown["files"]}
    return Read(
        code=entry.code,
        title=shown["title"] or _("Entry %(code)s") % {"code": entry.code},
        summary=shown["summary"],
        category=category,
        entrant="" if blind else _entrant(entry),
        blind=blind,
        results=[_result(row, numbers) for row in shown["metrics"]],
        answers=list(_answers(shown, specs)),
        files=[(n, shown["files"][key]["name"], key) for key, n in numbers.items()],
    )


_NEWEST = Prepared(
    lambda: (
        EntryVersion.objects.select_related("form_version")
        .filter(entry=Given("entry", BigIntegerField()))
        .order_by("-number")[:1]
    )
)


def _handed_in(entry: ContestEntry) -> tuple[dict[str, Any], list[FieldSpec]]:
    """Return what was handed in last, never a draft beyond it; a calibration text as it stands."""
    version = None
    if not entry.anchor:
        version = next(iter(_NEWEST(entry=entry.pk)), None)
    if version is None:
        return content.written(entry), content.specs_of(entry)
    return version.content, from_json(version.form_version.fields) if version.form_version is not None else []


def _entrant(entry: ContestEntry) -> str:
    if entry.account is not None:
        return entry.account.name
    return entry.team.name if entry.team is not None else ""


def _result(row: Mapping[str, Any], numbers: Mapping[str, int]) -> Result:
    unit = str(row.get("unit", ""))
    before, after = str(row.get("before", "")), str(row.get("after", ""))
    note = " · ".join(str(part) for part in (row.get("period"), row.get("method")) if part)
    return Result(
        factor=str(Factor(row["factor"]).label) if row.get("factor") in Factor.values else "",
        what=str(row.get("what", "")),
        before=f"{before} {unit}".strip() if before else "",
        after=f"{after} {unit}".strip() if after else "",
        change=metrics.change_of(before, after),
        note=note,
        story=str(row.get("story", "")),
        file=numbers.get(str(row.get("evidence", "")), 0),
    )


def _answers(shown: Mapping[str, Any], specs: Iterable[FieldSpec]) -> Iterable[tuple[str, str]]:
    for spec in specs:
        value = shown["answers"].get(spec.key)
        if value and spec.asks and spec.type not in (FieldType.FILE, FieldType.CONSENT):
            yield spec.label, content.in_words(spec, value, shown["files"])
