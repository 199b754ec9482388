"""An entry begins: by invitation, by the link that somebody asked for, by a team of ours, or from last year's."""

import secrets
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.models import Contest
from awards.contests.services import can_take_entries
from awards.entries import content, default_form, metrics
from awards.entries.enums import EntryState
from awards.entries.models import CategoryEntry, ContestEntry, EntryInvite
from awards.entries.services.locks import Actor, demand_owner, is_internal, lock_entry, tell_stream, wrong
from references.models import Account, Contact
from refprogram.kernel.errors import DomainError
from refprogram.kernel.form_builder import services as forms
from refprogram.people.models import Person, Team, User

# Without what people misread, and without any order: a code tells nobody when or by whom it was made.
ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH: Final = 6


def new_code() -> str:
    """Return a code that no entry has."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))
        if not ContestEntry.objects.filter(code=code).exists():
            return code


@transaction.atomic
def begin(
    *,
    contest: Contest,
    owner: Person,
    account: Account | None = None,
    team: Team | None = None,
    contact: Contact | None = None,
    invite: EntryInvite | None = None,
    nominator: User | None = None,
    summary: str = "",
    before: ContestEntry | None = None,
    actor: Actor = None,
) -> ContestEntry:
    """Begin an entry, or return the draft that the same person has for the same entrant: pressed twice is once."""
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    _demand_fitting(contest, account, team)
    known = _draft_of(contest, owner, account, team)
    if known is not None:
        return lock_entry(known)
    if not can_take_entries(contest, at=timezone.now()):
        raise DomainError(_("This contest takes no entries now."))
    entry = ContestEntry(
        contest=contest, account=account, team=team, contact=contact, owner=owner, invite=invite, nominator=nominator,
        code=new_code(), summary=" ".join(summary.split())[:400], entered_before=before,
    )  # fmt: skip
    entry.save(force_insert=True)
    version = default_form.version_for(contest)
    entry.answer = forms.open_answer(version=version, subject=entry, person_id=owner.pk)
    entry.save(update_fields=["answer"])
    tell_stream("entry.begun", entry, actor or owner)
    return entry


def _demand_fitting(contest: Contest, account: Account | None, team: Team | None) -> None:
    if is_internal(contest) and (team is None or account is not None):
        raise wrong(_("This contest is for our own teams: choose one."), "team")
    if not is_internal(contest) and (account is None or team is not None):
        raise wrong(_("This contest is for customers: name the company."), "account")


def _draft_of(contest: Contest, owner: Person, account: Account | None, team: Team | None) -> int | None:
    rows = ContestEntry.objects.filter(
        contest=contest, owner=owner, account=account, team=team, state=EntryState.DRAFT, version=0
    )
    return rows.order_by("pk").values_list("pk", flat=True).first()


@transaction.atomic
def add_anchor(*, contest: Contest, title: str, summary: str, answers: dict[str, str], by: User) -> ContestEntry:
    """Add a text that all judges score to calibrate; it competes for nothing and belongs to nobody."""
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    words = " ".join(title.split())[:160]
    if not words:
        raise wrong(_("Give it a title."), "title")
    entry = ContestEntry(
        contest=contest, anchor=True, code=new_code(), title=words, summary=summary.strip()[:400],
        state=EntryState.ELIGIBLE, screened_by=by, redacted_at=timezone.now(),
    )  # fmt: skip
    entry.save(force_insert=True)
    version = default_form.version_for(contest)
    answer = forms.open_answer(version=version, subject=entry, person_id=None)
    entry.answer = forms.save_answer(answer=answer, values=answers, revision=0)
    entry.save(update_fields=["answer"])
    for category in contest.categories.all():
        CategoryEntry.objects.create(entry=entry, category=category)
    return entry


@transaction.atomic
def re_enter(*, entry: ContestEntry, contest: Contest, by: Person) -> ContestEntry:
    """Enter an entry of an earlier year again: a new draft with its words, which knows where it comes from."""
    old = lock_entry(entry.pk)
    demand_owner(old, by.pk)
    if old.contest_id == contest.pk or old.contest.audience != contest.audience:
        raise DomainError(_("An entry is entered again in another year’s contest."))
    again = ContestEntry.objects.filter(entered_before=old, contest=contest).exclude(state=EntryState.WITHDRAWN)
    if (found := again.values_list("pk", flat=True).first()) is not None:
        return lock_entry(found)
    new = begin(
        contest=contest, owner=by, account=old.account, team=old.team, contact=old.contact, before=old, actor=by,
        summary=old.summary,
    )  # fmt: skip
    if new.answer is None or new.answer.revision:
        return new  # they had begun one by themselves: its words stay
    new.title, new.entered_before = old.title, old
    new.answer = forms.save_answer(answer=new.answer, values=_carried(old, new), revision=new.answer.revision)
    new.revision = new.answer.revision
    new.save(update_fields=["title", "entered_before", "revision"])
    return new


def _carried(old: ContestEntry, new: ContestEntry) -> dict[str, Any]:
    """Return last year's words that this year's form asks for too; files belong to their year and are sent anew."""
    said = content.written(old)
    asked = {spec.key: spec.type for spec in content.specs_of(new)}
    answers = {key: value for key, value in said["answers"].items() if key in asked and value not in said["files"]}
    rows = [{**row, "evidence": ""} for row in said["metrics"]]
    return {**answers, metrics.KEY: rows}
