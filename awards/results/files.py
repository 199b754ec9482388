"""Results of one category taken along: the order as CSV, a workbook of everything, and what anybody computes from.

The JSON is the frozen record. `snapshot` are the inputs and `inputs_hash` the sha256 of their canonical JSON (keys
sorted, no spaces); in it stands, as `ballots`, the sha256 of the text that comes along as `ballots`. `results` is what
came of them: computing them again agrees to 6 decimals. Nothing of it changes after the category is certified.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from io import StringIO
from typing import Any, Final

import numpy as np
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from awards.judging.enums import Mode
from awards.models import CategoryEntry, Judge, TallyRun
from awards.results import selectors, wording
from awards.results.ballots import Ballots
from awards.results.enums import AwardKind
from awards.results.stored import inputs_of, results_of
from refprogram.kernel import timeline
from refprogram.kernel.exports import BYTE_ORDER_MARK, book_response, safe
from refprogram.kernel.models import Event
from refprogram.people.models import User

FORMS: Final = ("csv", "xlsx", "json")
Row = Sequence[Any]


def answer(tally: TallyRun, *, form: str, viewer: User) -> HttpResponseBase:
    """Return the download; that the reader may have it is the caller's to ask."""
    category = tally.category
    name = f"{tally.round.contest.slug}-{category.slug}.{form}"
    if form == "xlsx":
        response: HttpResponseBase = book_response(_sheets(tally, viewer), name)
    elif form == "csv":
        response = _attachment(_csv(order(tally)), "text/csv; charset=utf-8", name)
    else:
        response = _attachment(json.dumps(record(tally), ensure_ascii=False), "application/json", name)
    response["Cache-Control"] = "private, no-store"
    return response


def record(tally: TallyRun) -> dict[str, Any]:
    """Return the frozen record of a tally: inputs, hash, results, signatures, and how entries and judges are called."""
    inputs, results = inputs_of(tally), results_of(tally)
    kept: Ballots = inputs["ballots"]
    places = CategoryEntry.objects.filter(public_id__in=kept.entries).values_list("public_id", "entry__code")
    judges = Judge.objects.filter(public_id__in=kept.judges).values_list("public_id", "person__name")
    signed = tally.certifications.select_related("certifier__person").order_by("at", "pk")
    return {
        "contest": tally.round.contest.name,
        "round": tally.round.name,
        "category": tally.category.name,
        "method": tally.method,
        "state": tally.state,
        "computed_at": tally.computed_at.isoformat(),
        "code_version": tally.code_version,
        "inputs_hash": tally.inputs_hash,
        "snapshot": tally.snapshot,
        "ballots": kept.text,
        "results": results,
        "signatures": [{"by": one.certifier.name, "at": one.at.isoformat(), "factor": one.factor} for one in signed],
        "entries": dict(places),
        "judges": dict(judges),
    }


def _attachment(content: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(rows: Iterable[Row]) -> str:
    buffer = StringIO()
    buffer.write(BYTE_ORDER_MARK)
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


# ---------------------------------------------------------------- the workbook


def _sheets(tally: TallyRun, viewer: User) -> Iterator[tuple[str, Iterable[Row]]]:
    yield _("Order"), order(tally)
    yield _("Ballots"), _safe_rows(_ballots(tally))
    yield _("Judges"), _safe_rows(_judges(tally))
    yield _("Record"), _safe_rows(_facts(tally))
    yield _("Log"), _safe_rows(_log(tally, viewer))


def _safe_rows(rows: Iterable[Row]) -> Iterator[list[Any]]:
    return ([safe(cell) for cell in row] for row in rows)


def order(tally: TallyRun) -> Iterator[list[Any]]:
    """Yield the order of a category, a line for each entry, below its headings."""
    return _safe_rows(_order(tally))


def _order(tally: TallyRun) -> Iterator[Row]:
    yield (
        _("Rank"), _("Code"), _("Entry"), _("Entrant"), _("Score"), _("Plain average"), _("95 % from"), _("to"),
        _("Ballots"), _("Award"),
    )  # fmt: skip
    for line in selectors.lines_of(tally, size=tally.summary["total"]):
        entry, award = line.place.entry, line.award  # type: ignore[attr-defined]  # annotated by selectors.lines_of
        entrant = entry.account or entry.team
        yield (
            line.rank, entry.code, entry.title, entrant.name if entrant is not None else "", line.score, line.raw,
            line.low, line.high, line.ballots, str(AwardKind(award["kind"]).label) if award is not None else "",
        )  # fmt: skip


def _ballots(tally: TallyRun) -> Iterator[Row]:
    """Yield the ballots on entries of this category, in the order of random keys: not as they came in."""
    inputs = inputs_of(tally)
    kept: Ballots = inputs["ballots"]
    mine = kept.only(kept.among(inputs["entries"]))
    codes = dict(CategoryEntry.objects.filter(public_id__in=mine.entries).values_list("public_id", "entry__code"))
    names = dict(Judge.objects.filter(public_id__in=mine.judges).values_list("public_id", "person__name"))
    criteria = [one for one in _criteria(tally, inputs) if one[0] in mine.shares]
    ranking = inputs["mode"] == Mode.RANKING
    yield _("Code"), _("Judge"), _("Place") if ranking else _("Total"), _("Seconds"), *(one[1] for one in criteria)
    given = [_levels(mine.shares[key], lo, hi) for key, _name, lo, hi in criteria]
    for at, (row, column) in enumerate(zip(mine.row.tolist(), mine.column.tolist(), strict=True)):
        said = mine.rank[at] if ranking else mine.total[at]
        yield (
            codes.get(mine.entries[row], ""), names.get(mine.judges[column], ""), _figure(said),
            _figure(mine.seconds[at]), *(_figure(levels[at]) for levels in given),
        )  # fmt: skip


def _criteria(tally: TallyRun, inputs: dict[str, Any]) -> list[tuple[str, str, int, int]]:
    """Return what was scored: key, name, lowest and highest level."""
    names = dict(tally.round.criteria.values_list("public_id", "name"))
    return [(one["id"], names.get(one["id"], one["id"]), one["lo"], one["hi"]) for one in inputs["criteria"]]


def _levels(shares: Any, lo: int, hi: int) -> Any:
    return np.round(lo + shares * (hi - lo), 6)


def _figure(value: float) -> float | int | None:
    """Return a figure as a cell: none for what was not given."""
    number = float(value)
    if np.isnan(number):
        return None
    return int(number) if number.is_integer() else number


def _judges(tally: TallyRun) -> Iterator[Row]:
    found, _fit = selectors.model_of(tally)
    names = dict(
        Judge.objects.filter(public_id__in=[one["judge"] for one in found]).values_list("public_id", "person__name")
    )
    yield _("Judge"), _("Ballots"), _("Severity"), _("Error"), _("Fit"), _("Correlation"), _("Stands out")
    for one in found:
        flags = ", ".join(str(wording.FLAGS[flag]) for flag in one["flags"])
        yield (
            names.get(one["judge"], ""), one["ballots"], one["effect"], one["error"], one["fit"], one["correlation"],
            flags,
        )  # fmt: skip


def _facts(tally: TallyRun) -> Iterator[Row]:
    yield _("Contest"), tally.round.contest.name
    yield _("Category"), tally.category.name
    yield _("Round"), tally.round.name
    yield _("Method"), wording.method_of(tally.summary)
    yield _("Computed"), _moment(tally.computed_at)
    yield _("Version of the program"), tally.code_version
    yield _("SHA-256 of what it was computed from"), tally.inputs_hash
    for one in tally.certifications.select_related("certifier__person").order_by("at", "pk"):
        yield _("Certified by"), f"{one.certifier.name}, {_moment(one.at)}"


def _log(tally: TallyRun, viewer: User) -> Iterator[Row]:
    """Yield what happened to the results of this category, the newest first, as the reader may know it."""
    yield _("When"), _("What happened")
    runs = TallyRun.objects.filter(round=tally.round_id, category=tally.category_id).values_list("pk", flat=True)
    events = Event.objects.filter(subject_type="tallyrun", subject_id__in=list(runs)).order_by("-pk")
    for entry in timeline.entries(events, viewer):
        yield _moment(entry.at), unescape(strip_tags(entry.text))


def _moment(at: Any) -> str:
    return timezone.localtime(at).isoformat(sep=" ", timespec="seconds")
