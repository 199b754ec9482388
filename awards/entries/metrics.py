"""Measured results as they are typed, and as they are kept when the entry is handed in.

A draft keeps rows as typed, however little stands in them, in the answer itself (`KEY`); a row of the database is
written of each when it is handed in, and only then has to be whole.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from awards.entries.enums import Factor
from awards.entries.policy import MOST_METRICS
from refprogram.kernel.form_builder import reading
from refprogram.kernel.form_builder.reading import Wrong, plain

# No field of the builder can be called so: their keys begin with a letter.
KEY: Final = "_metrics"
LENGTHS: Final = {
    "what": 160, "before": 30, "after": 30, "unit": 30, "period": 80, "method": 200, "story": 2000, "evidence": 26,
}  # fmt: skip
LARGEST: Final = Decimal(10) ** 12
PLACES: Final = 4


def new_id() -> str:
    """Return a name for a new row."""
    return secrets.token_hex(4)


def as_typed(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows in the one shape in which drafts keep them; what is empty altogether is left out."""
    kept = []
    for row in rows:
        one: dict[str, Any] = {
            name: str(row.get(name) or "").replace("\x00", "").strip()[:most] for name, most in LENGTHS.items()
        }
        if not any(one.values()):
            continue
        factor = str(row.get("factor") or "")
        one["factor"] = factor if factor in Factor.values else ""
        one["publishable"] = row.get("publishable") in (True, "yes", "on", "1")
        one["id"] = str(row.get("id") or "")[:8] or new_id()
        kept.append(one)
    return kept[:MOST_METRICS]


def with_proofs(rows: Iterable[Mapping[str, Any]], held: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with the proofs that the draft holds for them: a file is never named by whoever types.

    A row without an id is the held one that measures the same, if no other row is named as that one.
    """
    typed, known = [dict(row) for row in rows], {row["id"]: row.get("evidence", "") for row in held}
    named = {_id(row) for row in typed}
    same = {_measures(row): row["id"] for row in held if row["id"] not in named and row.get("what")}
    for row in typed:
        row["id"] = _id(row) or same.pop(_measures(row), "")
        row["evidence"] = known.get(row["id"], "")
    return typed


def _id(row: Mapping[str, Any]) -> str:
    return str(row.get("id") or "")[:8]


def _measures(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row.get("factor") or ""), str(row.get("what") or "").strip()


def clean(rows: Iterable[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return the rows with their figures read, and what is wrong, by `metrics.<id>.<part>`."""
    kept: list[dict[str, Any]] = []
    errors: dict[str, str] = {}
    for row in rows:
        wrong, figures = _checked(row)
        errors |= {f"metrics.{row['id']}.{part}": words for part, words in wrong.items()}
        kept.append({**row, **figures})
    return kept, errors


def _checked(row: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what is wrong with one row, by part, and its figures in the one spelling."""
    wrong: dict[str, str] = {}
    figures: dict[str, str] = {}
    if not row["factor"]:
        wrong["factor"] = _("Choose what got better.")
    if not row["what"]:
        wrong["what"] = _("Say what was measured.")
    if _is_told(row):
        return ({**wrong, "story": _("Tell it in a few sentences.")} if not row["story"] else wrong), figures
    for part in ("before", "after"):
        try:
            figures[part] = _figure(row[part])
        except Wrong as refusal:
            wrong[part] = str(refusal)
    return wrong, figures


def _is_told(row: Mapping[str, Any]) -> bool:
    """Whether a result is a story and no figure."""
    counted = row["before"] or row["after"]
    return bool(not counted and (row["story"] or row["factor"] == Factor.ANECDOTE))


def _figure(typed: str) -> str:
    if not typed:
        raise Wrong(_("Give both figures, the one before and the one after."))
    number = reading.figure(typed, PLACES)
    if abs(number) >= LARGEST:
        raise Wrong(_("This number is too large."))
    return plain(number)


def change_of(before: Any, after: Any) -> str:
    """Return "−62 %" or "+40 %": how far a result moved; empty where that says nothing."""
    if before in (None, "") or after in (None, "") or not Decimal(before):
        return ""
    change = (Decimal(after) - Decimal(before)) / abs(Decimal(before)) * 100
    rounded = round(change)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{abs(rounded)} %"
