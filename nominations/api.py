"""Nominations and standings over the API: the same selectors and services as the pages."""

import datetime as dt
from types import SimpleNamespace
from typing import Any, Literal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from pydantic import Field

from nominations import picking, selectors, services, sought
from nominations.enums import NominationChannel, NominationState, OwnerAnswer
from nominations.filters import NominationFilter
from nominations.models import Nomination
from nominations.policy import LONGEST_WHY
from nominations.services import ScoreCard, Speaker
from references.accounts import selectors as accounts
from references.models import Account, Contact, RecruitingTarget
from refprogram.kernel import api
from refprogram.kernel.custom_fields.api import Custom, custom_of, with_custom
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people import selectors as people
from refprogram.people.auth import MemberRequest
from refprogram.people.models import User

router = api.Router(tags=["nominations"])


class CreditOut(api.Schema):
    """Whose it is: a colleague and their share."""

    user: api.Ref
    percent: int


class NominationOut(api.Thing):
    """A nomination; the score-card is for those who screen."""

    account: api.Ref
    contact: api.Ref | None
    nominator: api.Ref
    team: api.Ref | None
    activities: list[str]
    why: str
    state: NominationState
    state_since: dt.datetime
    submitted_at: dt.datetime
    owner_answer: OwnerAnswer
    owner_note: str
    reason: str
    revisit_on: dt.date | None
    decided_at: dt.datetime | None
    enrolled_at: dt.datetime | None
    first_act_at: dt.datetime | None
    channel: NominationChannel
    submitted_by: api.Ref | None
    named_by: api.Ref | None
    in_gap: bool
    expected_on: dt.date | None = Field(description="While it is queued: when its turn is expected.")
    second_to: str = Field(description="Id of the earlier nomination that it waits to be joined to; empty for none.")
    merged_into: str = Field(description="Id of the nomination that stands for it; empty for none.")
    credits: list[CreditOut]
    custom: Custom = Field(description="Added fields, by key.")

    @staticmethod
    def resolve_custom(obj: Nomination) -> Custom:
        return custom_of(obj, "nomination")

    @staticmethod
    def resolve_second_to(obj: Nomination) -> str:
        return obj.second_to.public_id if obj.second_to else ""

    @staticmethod
    def resolve_merged_into(obj: Nomination) -> str:
        return obj.merged_into.public_id if obj.merged_into else ""

    @staticmethod
    def resolve_credits(obj: Nomination) -> list[Any]:
        return sorted(obj.credits.all(), key=lambda row: (row.since, row.pk))

    @staticmethod
    def resolve_contact(obj: Nomination) -> Any:
        contact = obj.contact
        return contact and SimpleNamespace(public_id=contact.public_id, name=contact.person.name)


class SpeakerIn(api.Input):
    """Who would speak: a contact by `id`, or somebody new by name and address."""

    id: str = ""
    name: str = Field("", max_length=120)
    email: str = Field("", max_length=254)
    title: str = Field("", max_length=120)


class NominationIn(api.Input):
    """`account` is a public id or the CRM's id; `account_name` names a customer who is not here yet."""

    account: str = ""
    account_name: str = Field("", max_length=200)
    contact: SpeakerIn | None = None
    activities: list[str] = []
    why: str = Field(max_length=LONGEST_WHY)
    on_behalf_of: str = Field("", description="Id of the colleague whose idea it was; it counts for them.")
    target: str = Field("", description="Id of the open recruiting target for which the customer was looked for.")
    custom: Custom = Field({}, description="Added fields, by key; null empties one, others stay.")


class NominationPatch(api.Input):
    """What may be changed until it is decided."""

    contact: SpeakerIn
    activities: list[str]
    why: str = Field(max_length=LONGEST_WHY)
    custom: Custom = Field({}, description="Added fields, by key; null empties one, others stay.")


class ApproveIn(api.Input):
    """The score-card, and whom to invite if the nomination does not say."""

    relationship: int
    results: int
    fit: int
    contact: SpeakerIn | None = None


class NominationReasonIn(api.Input):
    """Why."""

    reason: str = Field(max_length=2000)


class ParkIn(NominationReasonIn):
    """Why, and until when."""

    revisit_on: dt.date


class OwnerAnswerIn(api.Input):
    """The owner's word."""

    answer: Literal["still_true", "not_now", "objects"]
    note: str = Field("", max_length=2000)


def _speaker(request: MemberRequest, account: Account | None, said: SpeakerIn | None) -> Contact | Speaker | None:
    if said is None or not (said.id or said.name):
        return None
    if said.id and account is not None:
        return api.found(accounts.contacts_visible_to(request.user), said.id, account=account)
    return Speaker(said.name, said.email, said.title)


def _found(request: MemberRequest, public_id: str) -> Nomination:
    row: Nomination = api.found(_in_full(selectors.visible_to(request.user)), public_id)
    return row


def _in_full(rows: QuerySet[Nomination]) -> QuerySet[Nomination]:
    return with_custom(selectors.with_people(rows), "nomination").prefetch_related("credits__user__person")


def _permitted(request: MemberRequest, public_id: str, permission: str) -> Nomination:
    nomination = _found(request, public_id)
    if not request.user.has_perm(permission, nomination):
        raise NotAllowed(_("You may not do this with this nomination."))
    return nomination


def _screened(request: MemberRequest, public_id: str) -> Nomination:
    nomination = _found(request, public_id)
    if not request.user.has_perm("nominations.screen"):
        raise NotAllowed(_("Nominations are screened by the reference managers."))
    return nomination


@api.listing(router, "/nominations", NominationOut, filters=NominationFilter)
def list_nominations(request: MemberRequest) -> QuerySet[Nomination]:
    """List the nominations you may see."""
    return _in_full(selectors.visible_to(request.user))


@router.get("/nominations/{public_id}", response=NominationOut)
def get_nomination(request: MemberRequest, public_id: str) -> Nomination:
    """Return one nomination."""
    return _found(request, public_id)


@router.post("/nominations", response={201: NominationOut})
def create_nomination(request: MemberRequest, data: NominationIn) -> Any:
    """Nominate a customer."""
    if not request.user.has_perm("nominations.nominate"):
        raise NotAllowed(_("Judges do not nominate."))
    account = _account(data.account) if data.account else None
    nominator = _colleague(data.on_behalf_of) if data.on_behalf_of else request.user
    nomination = services.submit(
        nominator=nominator,
        submitted_by=request.user,
        channel=NominationChannel.ON_BEHALF if nominator.pk != request.user.pk else NominationChannel.API,
        account=account or data.account_name,
        contact=_speaker(request, account, data.contact),
        activities=data.activities,
        why=data.why,
        custom=data.custom,
        target=_target(data.target),
    )
    return api.Status(201, _in_full(selectors.one(nomination)).get())


def _colleague(public_id: str) -> User:
    user = people.colleagues().filter(public_id=public_id).first()
    if user is None:
        message = _("There is no colleague with this id.")
        raise InvalidInput(message, errors={"on_behalf_of": message})
    return user


def _target(public_id: str) -> RecruitingTarget | None:
    if not public_id:
        return None
    target = sought.target_of({"target": public_id})
    if target is None:
        message = _("There is no open recruiting target with this id.")
        raise InvalidInput(message, errors={"target": message})
    return target


def _account(key: str) -> Account:
    by_id = picking.known().filter(public_id=key).first()
    account: Account = by_id or get_object_or_404(picking.known(), external_ref=key)
    return account


@router.patch("/nominations/{public_id}", response=NominationOut)
def change_nomination(request: MemberRequest, public_id: str, data: api.PatchDict[NominationPatch]) -> Nomination:
    """Change what a nomination says, until it is decided."""
    nomination = _permitted(request, public_id, "nominations.amend")
    contact = SpeakerIn(**data["contact"]) if data.get("contact") else None
    services.amend(
        nomination=nomination,
        actor=request.user,
        why=data.get("why"),
        activities=data.get("activities"),
        contact=_speaker(request, nomination.account, contact),
        custom=data.get("custom"),
    )
    return _found(request, public_id)


@router.post("/nominations/{public_id}/approve", response=NominationOut)
def approve_nomination(request: MemberRequest, public_id: str, data: ApproveIn) -> Nomination:
    """Approve: the customer is invited."""
    nomination = _screened(request, public_id)
    card = ScoreCard(data.relationship, data.results, data.fit)
    contact = _speaker(request, nomination.account, data.contact)
    services.approve(nomination=nomination, actor=request.user, card=card, contact=contact)
    return _found(request, public_id)


@router.post("/nominations/{public_id}/refuse", response=NominationOut)
def refuse_nomination(request: MemberRequest, public_id: str, data: NominationReasonIn) -> Nomination:
    """Do not approve; the nominator reads why."""
    services.refuse(nomination=_screened(request, public_id), actor=request.user, reason=data.reason)
    return _found(request, public_id)


@router.post("/nominations/{public_id}/park", response=NominationOut)
def park_nomination(request: MemberRequest, public_id: str, data: ParkIn) -> Nomination:
    """Put aside until a day."""
    nomination = _screened(request, public_id)
    services.park(nomination=nomination, actor=request.user, reason=data.reason, revisit_on=data.revisit_on)
    return _found(request, public_id)


@router.post("/nominations/{public_id}/resume", response=NominationOut)
def resume_nomination(request: MemberRequest, public_id: str) -> Nomination:
    """Bring a parked one back to the queue."""
    services.resume(nomination=_screened(request, public_id), actor=request.user)
    return _found(request, public_id)


@router.post("/nominations/{public_id}/withdraw", response=NominationOut)
def withdraw_nomination(request: MemberRequest, public_id: str) -> Nomination:
    """Take a nomination back, as long as the customer has not heard of it."""
    nomination = _permitted(request, public_id, "nominations.withdraw")
    services.withdraw(nomination=nomination, actor=request.user)
    return _found(request, public_id)


@router.post("/nominations/{public_id}/ask-again", response=NominationOut)
def ask_owner_again(request: MemberRequest, public_id: str) -> Nomination:
    """Send it back from screening to the account's owner."""
    services.ask_again(nomination=_screened(request, public_id), actor=request.user)
    return _found(request, public_id)


class SharesIn(api.Input):
    """How the credit is shared: id of a colleague -> percent, 100 in sum. Left out: as policy says."""

    shares: dict[str, int] = {}


@router.post("/nominations/{public_id}/join", response=NominationOut)
def join_nomination(request: MemberRequest, public_id: str, data: SharesIn) -> Nomination:
    """Join a second nomination of a customer to the first; return the second as it is then."""
    second = _screened(request, public_id)
    if second.second_to is None:
        raise InvalidInput(_("It waits for no other nomination."))
    known = {user.public_id: user.pk for user in selectors.colleagues_with(services.proposed(second.second_to, second))}
    unknown = sorted(data.shares.keys() - known.keys())
    if unknown:
        message = _("Not among those who nominated: %(ids)s") % {"ids": ", ".join(unknown)}
        raise InvalidInput(message, errors={"shares": message})
    percents = {known[key]: percent for key, percent in data.shares.items()} or None
    services.join(nomination=second, into=second.second_to, actor=request.user, percents=percents)
    return _found(request, public_id)


class TakeUpIn(api.Input):
    """What makes a nomination of a draft."""

    why: str = Field(max_length=LONGEST_WHY)
    contact: SpeakerIn | None = None
    activities: list[str] = []


@router.post("/nominations/{public_id}/take-up", response=NominationOut)
def take_up_nomination(request: MemberRequest, public_id: str, data: TakeUpIn) -> Nomination:
    """Nominate from a draft of yours."""
    draft = _found(request, public_id)
    if draft.nominator_id != request.user.pk:
        raise NotAllowed(_("Whom it was drafted for takes it up."))
    contact = _speaker(request, draft.account, data.contact)
    services.take_up(nomination=draft, why=data.why, activities=data.activities, contact=contact)
    return _found(request, public_id)


@router.post("/nominations/{public_id}/owner-answer", response=NominationOut)
def answer_for_nomination(request: MemberRequest, public_id: str, data: OwnerAnswerIn) -> Nomination:
    """Say, as the account's owner, whether the customer is still happy."""
    nomination = _permitted(request, public_id, "nominations.answer")
    services.owner_answer(nomination=nomination, answer=data.answer, note=data.note, actor=request.user)
    return _found(request, public_id)
