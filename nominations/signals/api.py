"""Signals and open links over the API."""

import hashlib
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from pydantic import Field

from nominations import picking
from nominations.campaigns.selectors import readable_by
from nominations.models import NominationLink, SignalRule
from nominations.signals import drafting, links, selectors
from nominations.signals.enums import LinkFor, Signal
from nominations.signals.filters import LinkFilter
from references.models import Account
from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["nominations"])


class SignalRuleOut(api.Schema):
    """When a signal drafts a nomination."""

    signal: Signal
    least: int
    quiet_days: int
    live: bool


class SignalRuleIn(api.Input):
    """What may be changed."""

    least: int = Field(ge=0, le=730)
    quiet_days: int = Field(ge=0, le=730)
    live: bool


class NewsIn(api.Input):
    """Good news from another system. `source` and `source_id` name it there: twice is once."""

    account: str = Field(description="Public id, or the CRM's id.")
    signal: Signal
    score: int | None = None
    source: str = Field(min_length=1, max_length=40)
    source_id: str = Field(min_length=1, max_length=120)
    why: str = Field(min_length=1, max_length=500, description="What happened, as the colleague reads it.")


class NewsOut(api.Schema):
    """What came of it: the draft's id, or nothing, where there was to be none."""

    draft: str


class LinkOut(api.Thing):
    """An open link to nominate."""

    label: str
    made_for: LinkFor
    campaign: api.Ref | None
    holder: api.Ref
    brought: int
    works: bool
    address: str = Field(description="Empty once it is ended.")

    @staticmethod
    def resolve_works(obj: NominationLink) -> bool:
        return links.works(obj)

    @staticmethod
    def resolve_address(obj: NominationLink) -> str:
        return links.address_of(obj) if links.works(obj) else ""


class LinkIn(api.Input):
    """What a link is for."""

    label: str = Field(min_length=1, max_length=120)
    made_for: LinkFor = LinkFor.CUSTOMER
    campaign: str | None = Field(None, description="A campaign that you may read: what comes in counts for it.")


def _demand(request: MemberRequest, permission: str, row: Any = None) -> None:
    if not request.user.has_perm(permission, row):
        raise NotAllowed(_("Your role does not include this."))


@router.get("/nomination-signals", response=list[SignalRuleOut])
def list_signals(request: MemberRequest) -> list[SignalRule]:
    """List what good news drafts nominations."""
    _demand(request, "nominations.set_signals")
    return selectors.every_rule()


@router.patch("/nomination-signals/{signal}", response=SignalRuleOut)
def change_signal(request: MemberRequest, signal: Signal, data: api.PatchDict[SignalRuleIn]) -> SignalRule:
    """Change when a signal drafts a nomination."""
    _demand(request, "nominations.set_signals")
    rule = selectors.rule_of(signal)
    kept = {"least": rule.least, "quiet_days": rule.quiet_days, "live": rule.live}
    return drafting.set_rule(signal=signal, **{**kept, **dict(data)})


@router.post("/nomination-signals", response=NewsOut)
def tell_news(request: MemberRequest, data: NewsIn) -> dict[str, str]:
    """Tell good news of a customer: a nomination is drafted for whoever answers for them, where it is a good moment."""
    _demand(request, "nominations.set_signals")
    by_id = picking.known().filter(public_id=data.account).first()
    account: Account = by_id or get_object_or_404(picking.known(), external_ref=data.account)
    if data.score is not None and data.score < selectors.rule_of(data.signal).least:
        return {"draft": ""}
    number = int.from_bytes(hashlib.sha256(f"{data.source}:{data.source_id}".encode()).digest()[:7])
    draft = drafting.draft(signal=data.signal, account=account, source=("news", number), why=data.why)
    return {"draft": draft.public_id if draft else ""}


@api.listing(router, "/nomination-links", LinkOut, filters=LinkFilter)
def list_links(request: MemberRequest) -> QuerySet[NominationLink]:
    """List the open links that you may see."""
    return selectors.links_visible_to(request.user)


@router.post("/nomination-links", response={201: LinkOut})
def make_link(request: MemberRequest, data: LinkIn) -> Any:
    """Make an open link: what comes in by it counts for you."""
    _demand(request, "nominations.links")
    campaign = get_object_or_404(readable_by(request.user), public_id=data.campaign) if data.campaign else None
    row = links.make_link(label=data.label, holder=request.user, made_for=data.made_for, campaign=campaign)
    return api.Status(201, row)


@router.get("/nomination-links/{public_id}", response=LinkOut)
def get_link(request: MemberRequest, public_id: str) -> NominationLink:
    """Return one link."""
    return get_object_or_404(selectors.links_visible_to(request.user), public_id=public_id)


@router.post("/nomination-links/{public_id}/end", response=LinkOut)
def end_link(request: MemberRequest, public_id: str) -> NominationLink:
    """End it: who opens it is told so."""
    row = get_link(request, public_id)
    _demand(request, "nominations.end_link", row)
    return links.end_link(row=row)
