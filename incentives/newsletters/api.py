"""Newsletters over the API. The same services and permissions as the pages."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from pydantic import Field

from incentives.newsletters import selectors, services
from incentives.newsletters.enums import IssueState
from incentives.newsletters.models import Newsletter
from incentives.recognition.api import ReadIn
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["incentives"])


class NewsletterOut(api.Thing):
    """One issue; `told` copies left, `opened` of them were opened on the web (who did is told to nobody)."""

    title: str
    body: str
    roles: list[str]
    state: IssueState
    revision: int
    since: dt.datetime
    until: dt.datetime
    sent_at: dt.datetime | None
    told: int
    opened: int


class NewsletterIn(api.Input):
    """What an issue is called, and whom it goes to; no roles: every colleague."""

    title: str = Field(max_length=120)
    roles: list[str] = Field(default=[], max_length=20)


class NewsletterPatch(api.Input):
    """The words; `revision` of what was read, so that nobody's change is lost."""

    title: str = Field("", max_length=120)
    body: str = Field("", max_length=services.LONGEST)
    roles: list[str] = Field(default=[], max_length=20)
    revision: int | None = None


def _issues(request: MemberRequest, needs: str = "incentives.view_rewards") -> QuerySet[Newsletter]:
    if not request.user.has_perm(needs):
        raise PermissionDenied
    return selectors.visible_to(request.user)


@api.listing(router, "/newsletters", NewsletterOut)
def list_newsletters(request: MemberRequest) -> QuerySet[Newsletter]:
    """List issues: what was sent; drafts too for who makes them."""
    return _issues(request)


@router.get("/newsletters/{public_id}", response=NewsletterOut)
def get_newsletter(request: MemberRequest, public_id: str) -> Any:
    """Return one issue."""
    return api.found(_issues(request), public_id)


@router.post("/newsletters", response={201: NewsletterOut})
def draft_newsletter(request: MemberRequest, data: NewsletterIn) -> Any:
    """Draft an issue from wins, stories and thanks since the last one."""
    return api.Status(201, services.draft_issue(actor=request.user, **data.dict()))


@router.patch("/newsletters/{public_id}", response=NewsletterOut)
def change_newsletter(request: MemberRequest, public_id: str, data: api.PatchDict[NewsletterPatch]) -> Any:
    """Change a draft."""
    issue = api.found(_issues(request, services.RUN), public_id)
    return services.change_issue(issue=issue, actor=request.user, **data)


@router.post("/newsletters/{public_id}/send", response=NewsletterOut)
def send_newsletter(request: MemberRequest, public_id: str, data: ReadIn | None = None) -> Any:
    """Send a draft; refused while it names somebody without their consent, and if it was changed since `revision`."""
    issue = api.found(_issues(request, services.RUN), public_id)
    return services.send_issue(issue=issue, actor=request.user, revision=data.revision if data else None)


@router.post("/newsletters/{public_id}/drop", response=NewsletterOut)
def drop_newsletter(request: MemberRequest, public_id: str) -> Any:
    """Drop a draft."""
    issue = api.found(_issues(request, services.RUN), public_id)
    return services.drop_issue(issue=issue, actor=request.user)
