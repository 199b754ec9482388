"""What came back: per field how many answered and what they said, in figures that a chart can draw."""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from refprogram.kernel.form_builder.conditions import is_empty
from refprogram.kernel.form_builder.enums import WITH_OPTIONS, FieldType
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.models import FormAnswer

CHUNK: Final = 2_000
LATEST_TEXTS: Final = 12
PROMOTER_FROM: Final = 9
DETRACTOR_TO: Final = 6
TEXTS: Final = (FieldType.TEXT, FieldType.LONG_TEXT)


@dataclass(frozen=True)
class Nps:
    """Net promoter score: share of 9 and 10 less share of 0 to 6, from -100 to 100; None without answers."""

    promoters: int
    passives: int
    detractors: int

    @property
    def n(self) -> int:
        """How many answered."""
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> int | None:
        """The score, rounded to a whole number, halves away from zero."""
        if not self.n:
            return None
        exact = Decimal(100 * (self.promoters - self.detractors)) / self.n
        return int(exact.quantize(Decimal(1), rounding="ROUND_HALF_UP"))

    @property
    def formula(self) -> str:
        """How it comes about, with this answer's figures."""
        sentence = _(
            "%(promoters)d of %(n)d gave 9 or 10, %(detractors)d gave 0 to 6: "
            "(%(promoters)d − %(detractors)d) ÷ %(n)d × 100"
        )
        return sentence % {"promoters": self.promoters, "detractors": self.detractors, "n": self.n}


def nps_of(scores: Iterable[int]) -> Nps:
    """Return the net promoter score of scores from 0 to 10."""
    counts = Counter("p" if one >= PROMOTER_FROM else "d" if one <= DETRACTOR_TO else "n" for one in scores)
    return Nps(counts["p"], counts["n"], counts["d"])


@dataclass(frozen=True)
class FieldResult:
    """One field's results: `rows` are (answer, how many, share); `texts` the latest words, newest first."""

    spec: FieldSpec
    n: int
    rows: list[tuple[str, int, float]] = field(default_factory=list)
    mean: float | None = None
    median: float | None = None
    lowest: float | None = None
    highest: float | None = None
    nps: Nps | None = None
    texts: list[str] = field(default_factory=list)
    change: float | None = None

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The heads of its chart's table."""
        return [(_("Answer"), ""), (_("People"), "")]

    @property
    def chart_rows(self) -> list[list[Any]]:
        """The rows of its chart's table."""
        return [[label, count] for label, count, _share in self.rows]


def open_to(specs: Iterable[FieldSpec], *, blind_too: bool) -> list[FieldSpec]:
    """Return the fields whose answers this reader may see."""
    return [spec for spec in specs if spec.asks and (blind_too or not spec.blind)]


def results_of(answers: QuerySet[FormAnswer], specs: Sequence[FieldSpec]) -> list[FieldResult]:
    """Return the results of every field named. One query, read in pieces; memory holds the values of figures."""
    found: dict[str, list[Any]] = {spec.key: [] for spec in specs}
    rows = answers.order_by("-submitted_at", "-pk").values_list("values", flat=True)
    for values in rows.iterator(chunk_size=CHUNK):
        for key, list_of in found.items():
            if not is_empty(values.get(key)):
                list_of.append(values[key])
    return [_result(spec, found[spec.key]) for spec in specs]


def _result(spec: FieldSpec, values: list[Any]) -> FieldResult:
    if spec.type in WITH_OPTIONS:
        return _choices(spec, values)
    if spec.is_figure:
        return _figures(spec, values)
    if spec.type == FieldType.METRIC:
        return _metrics(spec, values)
    if spec.type in TEXTS:
        return FieldResult(spec, len(values), texts=[str(value) for value in values[:LATEST_TEXTS]])
    return FieldResult(spec, len(values), rows=_shares(_counted(spec, values), len(values)))


def _counted(spec: FieldSpec, values: list[Any]) -> list[tuple[str, int]]:
    """Return days by month, consents as one bar; files are only counted."""
    if spec.type == FieldType.DATE:
        return sorted(Counter(str(value)[:7] for value in values).items())
    return [(_("Agreed"), len(values))] if spec.type == FieldType.CONSENT else []


def _choices(spec: FieldSpec, values: list[Any]) -> FieldResult:
    counts = Counter(str(one) for value in values for one in (value if isinstance(value, list) else [value]))
    pairs = [(option.label, counts[option.value]) for option in spec.options]
    return FieldResult(spec, len(values), rows=_shares(pairs, len(values)))


def _figures(spec: FieldSpec, values: list[Any]) -> FieldResult:
    figures = [float(value) for value in values]
    if not figures:
        return FieldResult(spec, 0, nps=nps_of(()) if spec.type == FieldType.NPS else None)
    rows: list[tuple[str, int, float]] = []
    if spec.type != FieldType.NUMBER:
        counts = Counter(int(one) for one in figures)
        rows = _shares([(str(level), counts[level]) for level in spec.levels], len(figures))
    return FieldResult(
        spec,
        len(figures),
        rows=rows or _bands(figures),
        mean=statistics.fmean(figures),
        median=statistics.median(figures),
        lowest=min(figures),
        highest=max(figures),
        nps=nps_of(int(one) for one in figures) if spec.type == FieldType.NPS else None,
    )


def _bands(figures: list[float]) -> list[tuple[str, int, float]]:
    """Return at most six bands of equal width from the lowest to the highest figure."""
    low, high = min(figures), max(figures)
    if low == high:
        return _shares([(f"{low:g}", len(figures))], len(figures))
    width = (high - low) / 6
    counts = Counter(min(5, int((one - low) / width)) for one in figures)
    pairs = [(f"{low + n * width:.4g} – {low + (n + 1) * width:.4g}", counts[n]) for n in range(6)]
    return _shares(pairs, len(figures))


def _metrics(spec: FieldSpec, values: list[Any]) -> FieldResult:
    pairs = [(float(value["before"]), float(value["after"])) for value in values]
    shares = [(after - before) / abs(before) for before, after in pairs if before]
    lines = [
        f"{value.get('name', '')}: {value['before']} → {value['after']} {value.get('unit', '')}".strip()
        for value in values[:LATEST_TEXTS]
    ]
    return FieldResult(spec, len(pairs), texts=lines, change=statistics.median(shares) if shares else None)


def _shares(pairs: Iterable[tuple[str, int]], n: int) -> list[tuple[str, int, float]]:
    return [(label, count, count / n if n else 0.0) for label, count in pairs]
