"""What somebody writes into an entry: kept as typed, by whoever may, without one tab overwriting the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.entries import content, metrics
from awards.entries.enums import WRITABLE, EntryState, HelperPart
from awards.entries.models import ContestEntry, EntryHelper
from awards.entries.policy import MOST_HELPERS
from awards.entries.services.locks import demand_owner, demand_writer, lock_entry, move_entry, tell_stream, wrong
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.kernel.form_builder import services as forms
from refprogram.kernel.form_builder.services import StaleDraft
from refprogram.people.models import Person


@dataclass(frozen=True)
class Typed:
    """What is to be kept; None leaves it as it is."""

    title: str | None = None
    summary: str | None = None
    values: Mapping[str, Any] | None = None
    metrics: Iterable[Mapping[str, Any]] | None = None
    categories: Iterable[str] | None = None
    wants_feedback: bool | None = None


@transaction.atomic
def save(*, entry: ContestEntry, by: Person, typed: Typed, revision: int, tab: str = "") -> ContestEntry:
    """Keep a draft as typed. Raises StaleDraft when another tab or person saved since `revision`."""
    row = hold_draft(lock_entry(entry.pk))
    demand_writer(row, by.pk)
    demand_writable(row)
    demand_current(row, revision, tab)
    return keep_typed(row, typed, tab)


def hold_draft(row: ContestEntry) -> ContestEntry:
    """Hold what is written in an entry that the caller holds, and read it anew.

    Files are kept without holding the entry; and who waited for it has read its words before the other wrote.
    """
    if row.answer is not None:
        row.answer = forms.hold(answer=row.answer)
    return row


def demand_writable(row: ContestEntry) -> None:
    """Raise DomainError where nothing is written any more."""
    if row.state not in WRITABLE or row.answer is None:
        raise DomainError(_("This entry is “%(state)s”: nothing can be written in it now.")
                          % {"state": row.get_state_display()})  # fmt: skip


def demand_current(row: ContestEntry, revision: int, tab: str) -> None:
    """Raise StaleDraft where somebody else saved meanwhile; the tab that saved last may go on."""
    if row.revision == revision or (tab and row.answer is not None and row.answer.tab == tab[:12]):
        return
    raise StaleDraft(_("Your other tab, device or a colleague saved something newer. Nothing was overwritten."))


def keep_typed(row: ContestEntry, typed: Typed, tab: str) -> ContestEntry:
    """Write what is typed into a row that the caller holds with its draft, and may write in. Files stay as they are."""
    answer = row.answer
    if answer is None:
        raise DomainError(_("This entry has no form."))
    reserved = {key: value for key, value in answer.values.items() if key.startswith("_")}
    values = {**answer.values} if typed.values is None else {**forms.with_files(answer, _own(typed.values)), **reserved}
    if typed.metrics is not None:
        values[metrics.KEY] = metrics.as_typed(metrics.with_proofs(typed.metrics, answer.values.get(metrics.KEY, [])))
    if typed.categories is not None:
        offered = set(row.contest.categories.values_list("slug", flat=True))
        values[content.CATEGORIES] = sorted({str(one) for one in typed.categories} & offered)
    row.title = row.title if typed.title is None else " ".join(typed.title.replace("\x00", "").split())[:160]
    row.summary = row.summary if typed.summary is None else " ".join(typed.summary.replace("\x00", "").split())[:400]
    row.wants_feedback = row.wants_feedback if typed.wants_feedback is None else typed.wants_feedback
    row.revision += 1
    answer.values, answer.tab, answer.revision = values, tab[:12], row.revision
    answer.save(update_fields=["values", "tab", "revision"])
    row.save(update_fields=["title", "summary", "wants_feedback", "revision"])
    return row


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values without what only this room writes."""
    return {key: value for key, value in values.items() if not key.startswith("_")}


@transaction.atomic
def keep_proof(*, entry: ContestEntry, by: Person, metric: str, file_id: str) -> ContestEntry:
    """Name the stored file that proves one result (empty: none any more). Files are not part of the tabs' race."""
    row = hold_draft(lock_entry(entry.pk))
    demand_writer(row, by.pk)
    demand_writable(row)
    return name_proof(row, metric, file_id)


def name_proof(row: ContestEntry, metric: str, file_id: str) -> ContestEntry:
    """Name the proof of one result in a row that the caller holds with its draft, and may write in."""
    answer = row.answer
    if answer is not None:
        rows = list(answer.values.get(metrics.KEY, []))
        if metric not in {one["id"] for one in rows} and file_id:
            rows.append({"id": metric})
        rows = [{**one, "evidence": file_id} if one["id"] == metric else one for one in rows]
        answer.values = {**answer.values, metrics.KEY: metrics.as_typed(rows)}
        answer.save(update_fields=["values"])
    return row


# ---------------------------------------------------------------- people


@transaction.atomic
def add_helper(*, entry: ContestEntry, by: Person, name: str, email: str, part: str) -> EntryHelper:
    """Let somebody help: write, read, or approve for the customer. They get a link of their own."""
    row = lock_entry(entry.pk)
    demand_owner(row, by.pk)
    if part not in HelperPart.values:
        raise wrong(_("Choose what they may do."), "part")
    person = person_by_mail(name, email)
    if person.pk == row.owner_id:
        raise wrong(_("That is yourself."), "email")
    if row.helpers.exclude(person=person).count() >= MOST_HELPERS:
        raise DomainError(_("At most %(n)d people can help with one entry.") % {"n": MOST_HELPERS})
    known = EntryHelper.objects.filter(entry=row, person=person).first()
    if known is not None and known.part == part:
        return known
    helper = known or EntryHelper(entry=row, person=person)
    helper.part = part
    helper.save()
    tell_stream("entry.helped", row, by, who=person.pk, part=part)
    return helper


@transaction.atomic
def remove_helper(*, entry: ContestEntry, by: Person, helper: int) -> ContestEntry:
    """Somebody helps no longer; their link opens nothing any more."""
    row = lock_entry(entry.pk)
    demand_owner(row, by.pk)
    row.helpers.filter(pk=helper).delete()
    return row


def person_by_mail(name: str, email: str) -> Person:
    """Return whoever has this address; somebody new is noted."""
    address = email.strip().lower()
    known = Person.objects.filter(email__iexact=address).first() if address else None
    if known is not None:
        return known
    words = " ".join(name.replace("\x00", "").split())[:120]
    if not words:
        raise wrong(_("Say who it is."), "name")
    if not address or "@" not in address:
        raise wrong(_("Write an e-mail address, such as name@company.example."), "email")
    person = Person(name=words, email=address)
    person.save(force_insert=True)
    return person


# ---------------------------------------------------------------- the customer's own approval


@transaction.atomic
def request_approval(*, entry: ContestEntry, by: Person) -> ContestEntry:
    """Ask whoever approves for the customer; meanwhile nothing is changed."""
    row = lock_entry(entry.pk)
    demand_writer(row, by.pk)
    if not row.helpers.filter(part=HelperPart.APPROVER).exists():
        raise DomainError(_("Name first who approves it in your company."))
    if not row.title:
        raise wrong(_("Give the entry a title first."), "title")
    move_entry(row, EntryState.APPROVAL)
    tell_stream("entry.approval_asked", row, by)
    return row


@transaction.atomic
def approve(*, entry: ContestEntry, by: Person, read: str) -> EntryHelper:
    """Somebody approves what they read; `read` is its hash, so that nobody approves words they have not seen."""
    row = lock_entry(entry.pk)
    helper = _approver(row, by)
    said = content.written(row)
    if content.hash_of(said) != read:
        raise StaleDraft(_("The text changed while you read it. Please look at it once more."))
    _note(row, helper, said)
    tell_stream("entry.approved", row, by, who=by.pk)
    return helper


@transaction.atomic
def send_back(*, entry: ContestEntry, by: Person, note: str) -> ContestEntry:
    """Whoever approves wants something changed first; their words go to the owner."""
    row = lock_entry(entry.pk)
    helper = _approver(row, by)
    words = note.strip()[:500]
    if not words:
        raise wrong(_("Say what should be changed."), "note")
    helper.note, helper.approved_version, helper.approved_at = words, "", None
    helper.save(update_fields=["note", "approved_version", "approved_at"])
    _remember(row, helper, content.written(row))
    if row.state == EntryState.APPROVAL:
        move_entry(row, EntryState.DRAFT)
    tell_stream("entry.sent_back", row, by, who=by.pk)
    return row


@transaction.atomic
def write_on(*, entry: ContestEntry, by: Person) -> ContestEntry:
    """Take an entry that waits for approval back to change something."""
    row = lock_entry(entry.pk)
    demand_writer(row, by.pk)
    if row.state == EntryState.APPROVAL:
        move_entry(row, EntryState.DRAFT)
    return row


def approvals_missing(row: ContestEntry, said: Mapping[str, Any]) -> list[EntryHelper]:
    """Return who has not approved exactly these words yet."""
    approvers = row.helpers.filter(part=HelperPart.APPROVER).select_related("person")
    wanted = content.hash_of(said)
    return [helper for helper in approvers if helper.approved_version != wanted]


def _approver(row: ContestEntry, by: Person) -> EntryHelper:
    helper = row.helpers.select_for_update().filter(person=by, part=HelperPart.APPROVER).first()
    if helper is None:
        raise NotAllowed(_("You were not asked to approve this entry."))
    if row.state not in (EntryState.APPROVAL, EntryState.DRAFT, EntryState.NEEDS_FIX):
        raise DomainError(_("This entry was handed in already. Nothing more is needed from you."))
    return helper


def _note(row: ContestEntry, helper: EntryHelper, said: Mapping[str, Any]) -> None:
    helper.approved_version, helper.approved_at, helper.note = content.hash_of(said), timezone.now(), ""
    helper.save(update_fields=["approved_version", "approved_at", "note"])
    _remember(row, helper, said)


def _remember(row: ContestEntry, helper: EntryHelper, said: Mapping[str, Any]) -> None:
    """Keep what they read, to show them the next time what is different."""
    if row.answer is None:
        return
    seen = {
        **row.answer.values.get(content.SEEN, {}),
        str(helper.person_id): content.as_text(said, content.specs_of(row)),
    }
    row.answer.values = {**row.answer.values, content.SEEN: seen}
    row.answer.save(update_fields=["values"])
