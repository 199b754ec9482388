"""Data quality as pages show it: what is to mend, record by record, and a month line by line."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incentives.quality import policy, records, selectors
from incentives.quality.enums import LineState, RecordType
from incentives.quality.models import Fault, QualityMonth
from incentives.quality.month import Count, Line
from incentives.quality.services.excusing import FIELDS
from incentives.quality.words import reason_of
from references.accounts import provenance
from references.models import Account, Contact, Opportunity
from refprogram.kernel.tables import Pill
from refprogram.people.models import User

PILLS: Final = {
    LineState.COUNTS: Pill(gettext_lazy("Counts"), "stop"),
    LineState.RUNNING: Pill(gettext_lazy("Still in time"), "wait"),
    LineState.REFUNDED: Pill(gettext_lazy("Given back"), "ok"),
    LineState.EXCUSED: Pill(gettext_lazy("Excused"), "rest"),
}
_TO_FIELD: Final[dict[str, str]] = {attribute.value: field for field, attribute in FIELDS.items()}
_GOOD, _FAIR = 85, 60


@dataclass(frozen=True)
class Place:
    """Where a record is: its page here, in the CRM, and where a write-back of one of its fields is proposed."""

    url: str = ""
    crm_url: str = ""
    mend_url: str = ""
    owned: frozenset[str] = frozenset()


@dataclass
class Card:
    """A record that has something to mend."""

    label: str
    kind: str
    place: Place
    score: int
    pill: Pill
    faults: list[dict[str, Any]]
    due: dt.datetime | None = None


def queue(faults: Sequence[Fault], count: Count) -> list[Card]:
    """Return what a colleague has to mend by record: first what can still be mended for nothing, soonest first."""
    figures = policy.now()
    places = places_of(faults)
    due = {line.key: line for line in count.lines}
    cards: dict[tuple[str, int], list[Fault]] = {}
    for fault in faults:
        cards.setdefault((fault.record_type, fault.record_id), []).append(fault)
    found = []
    for key, rows in cards.items():
        score = records.score([row.attribute for row in rows], figures.weights(key[0]))
        place = places.get(key, Place())
        running = [line.due for row in rows if (line := due.get(row.public_id)) and line.state == LineState.RUNNING]
        found.append(
            Card(
                label=rows[0].label,
                kind=str(RecordType(key[0]).label),
                place=place,
                score=score,
                pill=score_pill(score),
                faults=[_fault(row, place) for row in rows],
                due=min(running, default=None),
            )
        )
    last = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(found, key=lambda card: (card.due or last, card.score, card.label))


def _fault(fault: Fault, place: Place) -> dict[str, Any]:
    """Return one fault in words, with where its write-back is proposed: where the CRM owns the field."""
    field = _TO_FIELD.get(fault.attribute, "") if fault.record_type == RecordType.ACCOUNT else ""
    owned = field in place.owned and fault.proposed_at is None
    return {
        "words": reason_of(fault),
        "proposed": fault.proposed_at is not None,
        "propose_url": f"{place.mend_url}?{urlencode({'field': field})}" if owned else "",
    }


def score_pill(score: int) -> Pill:
    """Return a score of 100 as a pill."""
    tone = "ok" if score >= _GOOD else "wait" if score >= _FAIR else "stop"
    return Pill(_("%(score)d of 100") % {"score": score}, tone)


def places_of(faults: Iterable[Fault]) -> dict[tuple[str, int], Place]:
    """Return where the records of faults are. One query for each kind of record."""
    wanted: dict[str, set[int]] = {}
    for fault in faults:
        wanted.setdefault(fault.record_type, set()).add(fault.record_id)
    found: dict[tuple[str, int], Place] = {}
    for row in Account.objects.filter(pk__in=wanted.get(RecordType.ACCOUNT, ())):
        mend = reverse("references:correction-add", args=[row.public_id])
        crm = crm_url(RecordType.ACCOUNT, row.external_ref)
        owned = frozenset(provenance.owned(row))
        found[RecordType.ACCOUNT, row.pk] = Place(row.get_absolute_url(), crm, mend, owned)
    for contact in Contact.objects.filter(pk__in=wanted.get(RecordType.CONTACT, ())):
        found[RecordType.CONTACT, contact.pk] = Place(contact.get_absolute_url())
    for deal in Opportunity.objects.filter(pk__in=wanted.get(RecordType.OPPORTUNITY, ())):
        crm = crm_url(RecordType.OPPORTUNITY, deal.external_ref)
        found[RecordType.OPPORTUNITY, deal.pk] = Place(deal.get_absolute_url(), crm)
    return found


def crm_url(kind: str, external_ref: str | None) -> str:
    """Return where a record is found in the CRM; empty where that is not known."""
    if not settings.CRM_RECORD_URL or not external_ref:
        return ""
    return settings.CRM_RECORD_URL.replace("{kind}", kind).replace("{id}", external_ref)


def lines_of(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return the lines of a month with the names of their records. One query."""
    rows = list(lines)
    faults = {row.public_id: row for row in Fault.objects.filter(public_id__in=[line.key for line in rows])}
    return [
        {
            "on": line.on,
            "due": line.due,
            "points": line.points,
            "pill": PILLS[LineState(line.state)],
            "label": faults[line.key].label if line.key in faults else _("a record that is gone"),
            "words": reason_of(faults[line.key]) if line.key in faults else "",
            "state": line.state,
        }
        for line in rows
    ]


def kept_lines(month: QualityMonth) -> list[Line]:
    """Return the lines of a closed month as they were counted."""
    return [
        Line(key, dt.date.fromisoformat(on), dt.datetime.fromisoformat(due), points, LineState(state))
        for key, on, due, points, state in month.lines
    ]


def months_before(user: User) -> list[QualityMonth]:
    """Return the last closed months of a colleague."""
    return list(selectors.months_visible_to(user).filter(user=user).order_by("-month")[:12])
