"""Answers as a file: CSV and XLSX for a spreadsheet, JSON for a program. Blind fields are left out by the caller.

A column is headed by its question and, in brackets, by the field's key, which stays when the question is worded anew.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import openpyxl
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from refprogram.kernel import labels
from refprogram.kernel.exports import BYTE_ORDER_MARK, safe
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.form_builder.reading import METRIC_PARTS
from refprogram.kernel.form_builder.results import CHUNK
from refprogram.kernel.models import FormAnswer

FORMATS: Final = ("csv", "xlsx", "json")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export(
    answers: QuerySet[FormAnswer], specs: Sequence[FieldSpec], *, form: str, name: str, viewer: Any, names: bool
) -> HttpResponseBase:
    """Return the download; `names` says whether the reader may know who answered."""
    ordered = answers.order_by("submitted_at", "pk")
    who = _people(ordered, viewer) if names else None
    stem = slugify(name) or "answers"
    if form == "json":
        return _json(ordered, specs, who, stem)
    rows = _rows(ordered, specs, who)
    return _xlsx(rows, specs, stem) if form == "xlsx" else _csv(rows, stem)


def _people(answers: QuerySet[FormAnswer], viewer: Any) -> Mapping[int, str]:
    ids = {one for one in answers.values_list("person_id", flat=True).distinct() if one is not None}
    found = labels.resolve({"person": ids}, viewer)
    return {key: label.text for (_kind, key), label in found.items()}


def _rows(
    answers: QuerySet[FormAnswer], specs: Sequence[FieldSpec], who: Mapping[int, str] | None
) -> Iterator[list[Any]]:
    heads = [_("Sent"), *([_("Answered by")] if who is not None else [])]
    yield [safe(head) for head in (*heads, *(head for spec in specs for head in _heads(spec)))]
    for answer in answers.iterator(chunk_size=CHUNK):
        person = [] if who is None else [who.get(answer.person_id or 0, "")]
        cells = (cell for spec in specs for cell in _cells(spec, answer.values.get(spec.key)))
        yield [_sent(answer), *[safe(cell) for cell in (*person, *cells)]]


def _sent(answer: FormAnswer) -> str:
    return timezone.localtime(answer.submitted_at).isoformat(timespec="minutes") if answer.submitted_at else ""


def _heads(spec: FieldSpec) -> list[str]:
    if spec.type == FieldType.METRIC:
        words = {"name": _("measured"), "before": _("before"), "after": _("after"), "unit": _("unit"),
                 "period": _("period")}  # fmt: skip
        return [f"{spec.label}: {words[part]} [{spec.key}.{part}]" for part in METRIC_PARTS]
    return [f"{spec.label} ({spec.unit}) [{spec.key}]" if spec.unit else f"{spec.label} [{spec.key}]"]


def _cells(spec: FieldSpec, value: Any) -> list[Any]:
    if spec.type == FieldType.METRIC:
        given = value if isinstance(value, Mapping) else {}
        parts = {**given, "before": _figure(given.get("before")), "after": _figure(given.get("after"))}
        return [parts.get(part, "") for part in METRIC_PARTS]
    if spec.type == FieldType.CONSENT:
        return [_("yes") if value else ""]
    if isinstance(value, list):
        return ["; ".join(spec.label_of(str(one)) for one in value)]
    if spec.is_figure:
        return [_figure(value)]
    return [spec.label_of(str(value)) if spec.options and value else value or ""]


def _figure(text: Any) -> int | float | str:
    if text in {None, ""}:
        return ""
    number = float(text)
    return int(number) if number.is_integer() else number


def _attachment(content: bytes | str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(rows: Iterator[list[Any]], stem: str) -> HttpResponse:
    buffer = io.StringIO()
    buffer.write(BYTE_ORDER_MARK)
    csv.writer(buffer).writerows(rows)
    return _attachment(buffer.getvalue(), "text/csv; charset=utf-8", f"{stem}.csv")


def _xlsx(rows: Iterator[list[Any]], specs: Sequence[FieldSpec], stem: str) -> HttpResponse:
    """Return a book of two sheets: the answers, and what was asked."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_("Answers"))
    for row in rows:
        sheet.append(row)
    asked = book.create_sheet(_("Questions"))
    asked.append([_("Key"), _("Question"), _("Kind"), _("Unit")])
    for spec in specs:
        asked.append([safe(cell) for cell in (spec.key, spec.label, spec.type_name, spec.unit)])
    buffer = io.BytesIO()
    book.save(buffer)
    return _attachment(buffer.getvalue(), XLSX, f"{stem}.xlsx")


def _json(
    answers: QuerySet[FormAnswer], specs: Sequence[FieldSpec], who: Mapping[int, str] | None, stem: str
) -> HttpResponse:
    keys = [spec.key for spec in specs]
    rows = [
        {
            "id": answer.public_id,
            "sent_at": _sent(answer),
            **({"answered_by": who.get(answer.person_id or 0, "")} if who is not None else {}),
            "values": {key: answer.values[key] for key in keys if key in answer.values},
        }
        for answer in answers.iterator(chunk_size=CHUNK)
    ]
    fields = [{"key": spec.key, "label": spec.label, "type": spec.type, "unit": spec.unit} for spec in specs]
    body = json.dumps({"fields": fields, "answers": rows}, ensure_ascii=False)
    return _attachment(body, "application/json", f"{stem}.json")
