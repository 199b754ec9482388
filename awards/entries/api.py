"""Entries and invitations over the API: the same doors as the pages. What a draft says is read by its authors alone."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field

from awards import visibility
from awards.contests.selectors import visible_to as contests_visible_to
from awards.entries import selectors, services
from awards.entries.enums import EntryState, Factor, InviteState, Reason, ScreeningVerdict
from awards.entries.filters import EntryFilter, InviteFilter
from awards.entries.services.locks import is_internal, part_of
from awards.entries.services.writing import Typed
from awards.models import Contest, ContestEntry, EntryInvite
from references.accounts.selectors import visible_to as accounts_visible_to
from references.accounts.services import add_contact
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import teams

router = api.Router(tags=["awards"])


class MetricIO(api.Input):
    """One measured result; a draft keeps it however little stands in it. `story` tells what cannot be counted.

    `id` is the one that the entry names it by: with it a result keeps its proof, whatever else is changed.
    """

    id: str = Field("", max_length=8)
    factor: Factor | None = None
    what: str = Field("", max_length=160)
    before: str = Field("", max_length=30)
    after: str = Field("", max_length=30)
    unit: str = Field("", max_length=30)
    period: str = Field("", max_length=80)
    method: str = Field("", max_length=200)
    story: str = Field("", max_length=2000)
    publishable: bool = False


class EntryOut(api.Thing):
    """One entry as far as you may know it: its words are empty unless you may read them."""

    code: str
    contest: api.Ref
    account: api.Ref | None
    team: api.Ref | None
    state: EntryState
    state_since: dt.datetime
    submitted_at: dt.datetime | None
    version: int
    revision: int
    extended_until: dt.datetime | None
    fix_until: dt.datetime | None
    nominator: api.Ref | None


class EntryFull(EntryOut):
    """One entry with what it says, to who may read it."""

    readable: bool
    title: str
    summary: str
    answers: dict[str, Any]
    metrics: list[dict[str, Any]]
    categories: list[str]

    @staticmethod
    def resolve_title(obj: Any) -> str:
        return str(obj.told.get("title", ""))

    @staticmethod
    def resolve_summary(obj: Any) -> str:
        return str(obj.told.get("summary", ""))

    @staticmethod
    def resolve_answers(obj: Any) -> Any:
        return obj.told.get("answers", {})

    @staticmethod
    def resolve_metrics(obj: Any) -> Any:
        return obj.told.get("metrics", [])

    @staticmethod
    def resolve_categories(obj: Any) -> Any:
        return obj.told.get("categories", [])


class EntryIn(api.Input):
    """An entry of one of our own teams to an internal contest."""

    contest: str = Field(max_length=60, description="The contest’s id.")
    team: str = Field(max_length=12)
    summary: str = Field("", max_length=400)


class EntryPatch(api.Input):
    """What may be written; `revision` says which words you saw. Whoever was faster is not overwritten."""

    revision: int = Field(ge=0, le=2_000_000_000)
    title: str | None = Field(None, max_length=160)
    summary: str | None = Field(None, max_length=400)
    answers: dict[str, str | list[str] | dict[str, str]] | None = None
    metrics: list[MetricIO] | None = Field(None, max_length=12)
    categories: list[str] | None = Field(None, max_length=50)


class SubmitIn(api.Input):
    """Which uses are agreed to; internal entries need none."""

    consents: dict[str, bool] = {}


class ScreenIn(api.Input):
    """What becomes of it; reasons unless it is eligible."""

    decision: ScreeningVerdict
    codes: list[Reason] = Field([], max_length=20)
    reason: str = Field("", max_length=500)
    fix_until: api.When | None = None


class HiddenIn(api.Input):
    """What blind judges do not read: words as they stand in the entry, or an attachment's id."""

    words: str = Field("", max_length=1000)
    file: str = Field("", max_length=32)
    hidden: bool = True


class IdentityIn(api.Input):
    """Whether a stranger who typed the name of a customer that we know is of that customer."""

    them: bool


class EntryReasonIn(api.Input):
    """Why."""

    reason: str = Field("", max_length=500)


class ExtendIn(EntryReasonIn):
    """Until when, and why."""

    until: api.When


class InviteOut(api.Thing):
    """One invitation."""

    contest: api.Ref
    account: api.Ref
    state: InviteState
    note: str
    reason: str
    proposed_by: api.Ref
    proposed_at: dt.datetime
    invited_at: dt.datetime | None
    answered_at: dt.datetime | None


class InviteIn(api.Input):
    """A customer to propose, and who there would write."""

    contest: str = Field(max_length=60)
    account: str = Field(max_length=12)
    name: str = Field(min_length=1, max_length=120)
    email: str = Field(min_length=3, max_length=254)
    note: str = Field("", max_length=400)


def _demand_colleague(request: MemberRequest) -> None:
    if not request.user.has_perm("awards.see_contests"):
        raise NotAllowed(_("Contests are for colleagues."))


def _rows(request: MemberRequest) -> QuerySet[ContestEntry]:
    _demand_colleague(request)
    return selectors.with_people(selectors.visible_to(request.user))


def _entry(request: MemberRequest, public_id: str, needs: str = "") -> ContestEntry:
    row: ContestEntry = api.found(_rows(request), public_id)
    if needs and not request.user.has_perm(needs, row.contest):
        raise NotAllowed(_("This is for who runs or screens the contest."))
    return row


def _full(request: MemberRequest, public_id: str) -> Any:
    """Return an entry with its words, where the reader may have them."""
    row: Any = api.found(_rows(request).select_related("answer__version"), public_id)
    row.readable = visibility.may_read(request.user, row)
    row.told = selectors.said(row)[0] if row.readable else {}
    return row


def _contest(request: MemberRequest, public_id: str) -> Contest:
    row = contests_visible_to(request.user).filter(public_id=public_id).first()
    if row is None:
        message = _("There is none with this id.")
        raise InvalidInput(message, errors={"contest": message})
    return row


@api.listing(router, "/entries", EntryOut, filters=EntryFilter)
def list_entries(request: MemberRequest) -> QuerySet[ContestEntry]:
    """List the entries you may know of."""
    return _rows(request)


@router.post("/entries", response={201: EntryFull})
def create_entry(request: MemberRequest, data: EntryIn) -> Any:
    """Enter an internal contest with a team; customers enter by their own links."""
    _rows(request)
    contest = _contest(request, data.contest)
    team = teams().filter(public_id=data.team).first()
    if team is None or not is_internal(contest):
        message = _("Customers enter by their own link; a team of ours enters an internal contest.")
        raise InvalidInput(message, errors={"team": message})
    entry = services.begin(
        contest=contest, owner=request.user.person, team=team, summary=data.summary, actor=request.user
    )
    return api.Status(201, _full(request, entry.public_id))


@router.get("/entries/{public_id}", response=EntryFull)
def get_entry(request: MemberRequest, public_id: str) -> Any:
    """Return one entry."""
    return _full(request, public_id)


@router.patch("/entries/{public_id}", response=EntryFull)
def change_entry(request: MemberRequest, public_id: str, data: EntryPatch) -> Any:
    """Write in a draft of yours, or one that you were asked to help with."""
    entry = _entry(request, public_id)
    if not part_of(entry, request.user.person_id):
        raise NotAllowed(_("Only who owns this entry, and whoever they asked to write in it, may change it."))
    rows = None if data.metrics is None else [row.dict() for row in data.metrics]
    typed = Typed(title=data.title, summary=data.summary, values=data.answers, metrics=rows, categories=data.categories)
    services.save(entry=entry, by=request.user.person, typed=typed, revision=data.revision)
    return _full(request, public_id)


@router.post("/entries/{public_id}/submit", response=EntryFull)
def submit_entry(request: MemberRequest, public_id: str, data: SubmitIn) -> Any:
    """Hand it in; the moment of the request decides. Twice is once."""
    at = timezone.now()
    entry = _entry(request, public_id)
    services.submit(entry=entry, by=request.user.person, at=at, consents=data.consents)
    return _full(request, public_id)


@router.post("/entries/{public_id}/screen", response=EntryFull)
def screen_entry(request: MemberRequest, public_id: str, data: ScreenIn) -> Any:
    """Decide on it; "ineligible" needs a second person who says so too."""
    entry = _entry(request, public_id, "awards.screen_entries")
    services.screen(
        entry=entry, decision=data.decision, by=request.user, codes=data.codes, reason=data.reason,
        fix_until=data.fix_until,
    )  # fmt: skip
    return _full(request, public_id)


@router.post("/entries/{public_id}/redacted", response=EntryFull)
def redact_entry(request: MemberRequest, public_id: str) -> Any:
    """Note that you looked through it and blind judges learn no name."""
    entry = _entry(request, public_id, "awards.screen_entries")
    services.mark_redacted(entry=entry, by=request.user)
    return _full(request, public_id)


@router.post("/entries/{public_id}/identity", response=EntryFull)
def identify_entry(request: MemberRequest, public_id: str, data: IdentityIn) -> Any:
    """Say whether it is of the customer that we know by the typed name: then both become one; else it stays apart."""
    entry = _entry(request, public_id, "awards.screen_entries")
    act = services.say_it_is_them if data.them else services.say_it_is_another
    act(entry=entry, by=request.user)
    return _full(request, public_id)


@router.post("/entries/{public_id}/hidden", response=EntryFull)
def hide_in_entry(request: MemberRequest, public_id: str, data: HiddenIn) -> Any:
    """Hide a passage or an attachment from blind judges, or let them read it again."""
    entry = _entry(request, public_id, "awards.screen_entries")
    if not visibility.may_read(request.user, entry):
        raise NotAllowed(_("You have a tie to this entry: somebody else screens it."))
    act = services.hide if data.hidden else services.show_again
    act(entry=entry, by=request.user, words=data.words, file=data.file)
    return _full(request, public_id)


@router.post("/entries/{public_id}/extend", response=EntryFull)
def extend_entry(request: MemberRequest, public_id: str, data: ExtendIn) -> Any:
    """Give this entrant more time, with the reason."""
    entry = _entry(request, public_id, "awards.run_contest")
    services.extend(entry=entry, until=data.until, reason=data.reason, by=request.user)
    return _full(request, public_id)


@router.post("/entries/{public_id}/withdraw", response=EntryFull)
def withdraw_entry(request: MemberRequest, public_id: str, data: EntryReasonIn) -> Any:
    """Withdraw it: its owner, or who runs the contest with a reason."""
    entry = _entry(request, public_id)
    if entry.owner_id == request.user.person_id:
        services.withdraw(entry=entry, by=request.user.person, reason=data.reason)
    else:
        _entry(request, public_id, "awards.run_contest")
        services.withdraw(entry=entry, by=request.user, reason=data.reason)
    return _full(request, public_id)


@router.post("/entries/{public_id}/disqualify", response=EntryFull)
def disqualify_entry(request: MemberRequest, public_id: str, data: EntryReasonIn) -> Any:
    """Ask to disqualify it; a second person who asks the same does it."""
    entry = _entry(request, public_id, "awards.run_contest")
    services.disqualify(entry=entry, by=request.user, reason=data.reason)
    return _full(request, public_id)


# ---------------------------------------------------------------- invitations


def _invite(request: MemberRequest, public_id: str, needs: str = "") -> EntryInvite:
    _demand_colleague(request)
    row: EntryInvite = api.found(selectors.invites_visible_to(request.user), public_id)
    if needs and not request.user.has_perm(needs, row.contest):
        raise NotAllowed(_("This is for who runs the contest."))
    return row


@api.listing(router, "/invites", InviteOut, filters=InviteFilter)
def list_invites(request: MemberRequest) -> QuerySet[EntryInvite]:
    """List the invitations you may see."""
    _demand_colleague(request)
    return selectors.invites_visible_to(request.user)


@router.post("/invites", response={201: InviteOut})
def create_invite(request: MemberRequest, data: InviteIn) -> Any:
    """Propose a customer for a contest; who runs it invites them."""
    _demand_colleague(request)
    contest = _contest(request, data.contest)
    account = accounts_visible_to(request.user).filter(public_id=data.account).first()
    if account is None:
        message = _("There is none with this id.")
        raise InvalidInput(message, errors={"account": message})
    contact = add_contact(account=account, name=data.name, email=data.email, actor=request.user)
    row = services.propose(contest=contest, account=account, contact=contact, note=data.note, by=request.user)
    return api.Status(201, _invite(request, row.public_id))


@router.get("/invites/{public_id}", response=InviteOut)
def get_invite(request: MemberRequest, public_id: str) -> EntryInvite:
    """Return one invitation."""
    return _invite(request, public_id)


@router.post("/invites/{public_id}/invite", response=InviteOut)
def send_invite(request: MemberRequest, public_id: str) -> EntryInvite:
    """Write to them, if nothing stands against it; else it stays proposed, with the reason."""
    services.invite(invite=_invite(request, public_id, "awards.run_contest"), by=request.user)
    return _invite(request, public_id)


@router.post("/invites/{public_id}/refuse", response=InviteOut)
def refuse_invite(request: MemberRequest, public_id: str, data: EntryReasonIn) -> EntryInvite:
    """Do not invite them; who proposed them reads why."""
    row = _invite(request, public_id, "awards.run_contest")
    services.refuse(invite=row, reason=data.reason, by=request.user)
    return _invite(request, public_id)
