"""What reference requests put on somebody's desk: at most two queries, whatever there is."""

from typing import Any, NamedTuple

from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.rules import PROGRAM_PEOPLE
from references.requests import clock, policy
from references.requests.enums import (
    AGREED_CANDIDATES,
    MATCHABLE,
    OPEN_REQUESTS,
    WAITING,
    CandidateState,
    LadderRung,
    RequestState,
    Side,
)
from references.requests.models import Candidate, Feedback, ReferenceRequest
from references.requests.selectors.requests import visible_to, waits_for_somebody
from refprogram.kernel.asked_once import once_per_answer
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor, PreparedValuesFor

SHOWN, OWN = 30, 5
LOST = (
    CandidateState.OWNER_DECLINED,
    CandidateState.NOT_APPROVED,
    CandidateState.DECLINED,
    CandidateState.NO_REPLY,
)


class Waiting(NamedTuple):
    """How many requests are at risk, and how many wait for a proposal."""

    at_risk: int
    to_match: int


def waiting(user: User) -> Waiting:
    """Return what waits for the program of what a user sees. One query for all who ask for it on a page."""
    until = timezone.now() + policy.now().at_risk
    return once_per_answer(
        f"requests-waiting:{user.pk}", lambda: Waiting(*next(iter(_WAITING(user, until=until)), (0, 0)))
    )


def _waiting(viewer: User) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = visible_to(viewer).filter(state__in=MATCHABLE).order_by()
    counted = rows.annotate(every=Value(0)).values("every").annotate(
        at_risk=Count("pk", filter=Q(due_at__lte=Given("until", DateTimeField()))),
        to_match=Count("pk", filter=~waits_for_somebody()),
    )  # fmt: skip
    return counted.values_list("at_risk", "to_match")


def _own_open(viewer: User) -> QuerySet[ReferenceRequest]:
    rows = visible_to(viewer).filter(requester=viewer.pk, state__in=OPEN_REQUESTS).select_related("activity")
    return rows.order_by("needed_by", "pk")[:OWN]


_WAITING = PreparedValuesFor(_waiting)
# The first of one's own open requests, the most urgent first.
own_open = PreparedFor(_own_open)


def desk_items(user: User) -> list[DeskItem]:
    """Return what needs this person: requests to match or to follow up, owners' answers, own references."""
    if user.role == Role.JUDGE:
        return []
    return [*_requests(user), *_candidates(user)]


# ---------------------------------------------------------------- requests: to match, to answer


def _open_requests(user: User) -> QuerySet[ReferenceRequest]:
    tried = Candidate.objects.filter(request=OuterRef("pk"))
    wanted = Q(requester=user.pk, state=RequestState.NEEDS_INFO)
    wanted |= Q(redirected_to=user.pk, state=RequestState.REDIRECTED, closed_at__isnull=True)
    if user.role in PROGRAM_PEOPLE:
        wanted |= Q(~Exists(tried.filter(state__in=WAITING)), state__in=MATCHABLE)
    return (
        ReferenceRequest.objects.filter(wanted)
        .annotate(lost=Exists(tried.filter(state__in=LOST)))
        .select_related("activity", "requester__person")
        .order_by("due_at")[:SHOWN]
    )


_OPEN_REQUESTS = PreparedFor(_open_requests)


def _requests(user: User) -> list[DeskItem]:
    rows = _OPEN_REQUESTS(user)
    lines = {RequestState.NEEDS_INFO: _question, RequestState.REDIRECTED: _to_settle}
    return [lines.get(RequestState(row.state), _to_match)(row) for row in rows]


def _to_settle(row: ReferenceRequest) -> DeskItem:
    words = {"who": row.requester.name, "why": row.reason, "when": clock.until_due(row)}
    return DeskItem(
        title=_("Passed on to you: %(what)s") % {"what": row.title},
        detail=_("For %(who)s. %(why)s Please answer %(when)s.") % words,
        tone="stop" if row.due_at < timezone.now() else "wait",
        icon="send",
        actions=(DeskAction(_("Open it"), row.get_absolute_url(), primary=True),),
        since=row.due_at,
        urgency=2,
    )


def _to_match(row: ReferenceRequest) -> DeskItem:
    limit = clock.clock_of(row)
    tones = {"ok": "info", "risk": "wait", "late": "stop"}
    late = limit is not None and limit.state == "late"
    sentence = (
        _("%(who)s needs it by %(day)s; a customer’s yes was due %(when)s.")
        if late
        else _("%(who)s needs it by %(day)s; a customer’s yes is due %(when)s.")
    )
    detail = sentence % {"who": row.requester.name, "day": rp.day(row.needed_by), "when": clock.until_due(row)}
    lost = getattr(row, "lost", False)
    return DeskItem(
        title=_("Next customer for: %(what)s") % {"what": row.title} if lost else row.title,
        detail=(_("Somebody declined or stayed silent. ") if lost else "") + detail,
        tone=tones[limit.state] if limit else "info",
        icon="inbox",
        actions=(DeskAction(_("Find a customer"), row.get_absolute_url(), primary=True),),
        since=row.due_at,  # the desk shows the lowest first: what is longest overdue, then what is due next
        urgency=1 if limit and limit.state != "ok" else 3,
    )


def _question(row: ReferenceRequest) -> DeskItem:
    return DeskItem(
        title=_("A question about: %(what)s") % {"what": row.title},
        detail=row.question,
        tone="wait",
        icon="chat",
        actions=(DeskAction(_("Answer"), row.get_absolute_url(), primary=True),),
        since=row.asked_back_at or row.submitted_at,
        urgency=2,
    )


# ---------------------------------------------------------------- candidates: to approve, to arrange, to tell


def _open_candidates(user: User) -> QuerySet[Candidate]:
    told = Feedback.objects.filter(candidate=OuterRef("pk"), side=Side.REQUESTER)
    answering = Q(approver=user.pk) | Q(account__owner=user.pk)
    wanted = Q(state=CandidateState.OWNER_REVIEW) & answering
    mine = Q(request__requester=user.pk)
    wanted |= mine & Q(state__in=AGREED_CANDIDATES, request__state=RequestState.CONFIRMED)
    wanted |= mine & Q(~Exists(told), state=CandidateState.COMPLETED, request__state=RequestState.DELIVERED)
    if user.role in PROGRAM_PEOPLE:
        wanted |= Q(state__in=AGREED_CANDIDATES, account__frozen=True)
        wanted |= Q(state=CandidateState.OWNER_REVIEW, owner_rung=LadderRung.PROGRAM)
    return (
        Candidate.objects.filter(wanted, request__state__in=OPEN_REQUESTS)
        .select_related("account", "contact__person", "request__activity", "request__requester__person")
        .order_by("pk")[:SHOWN]
    )


_OPEN_CANDIDATES = PreparedFor(_open_candidates)


def _candidates(user: User) -> list[DeskItem]:
    return [item for row in _OPEN_CANDIDATES(user) if (item := _item(row, user)) is not None]


def _item(row: Candidate, user: User) -> DeskItem | None:
    if row.state == CandidateState.OWNER_REVIEW:
        return _to_approve(row)
    if row.state == CandidateState.COMPLETED:
        return _to_tell(row)
    if row.account.frozen and user.role in PROGRAM_PEOPLE:
        return _frozen(row)
    if row.state == CandidateState.ACCEPTED:
        return _to_arrange(row)
    return _held(row)


def _to_approve(row: Candidate) -> DeskItem:
    who = {"contact": row.contact.person.name, "account": row.account.name}
    return DeskItem(
        title=_("May we ask %(contact)s of %(account)s?") % who,
        detail=_("%(title)s, asked by %(who)s.") % {"title": row.request.title, "who": row.request.requester.name},
        tone="wait",
        icon="building",
        actions=(
            DeskAction(_("Yes, ask"), _verb(row, "approve"), post=True, primary=True),
            DeskAction(_("Not now"), f"{row.request.get_absolute_url()}?decline={row.public_id}"),
        ),
        since=row.created_at,
        urgency=2,
    )


def _to_arrange(row: Candidate) -> DeskItem:
    offered = " · ".join(rp.exact(at) for at in row.times)
    return DeskItem(
        title=_("%(contact)s of %(account)s said yes")
        % {"contact": row.contact.person.name, "account": row.account.name},
        detail=_("Times that suit: %(times)s") % {"times": offered} if offered else _("Write to agree on a time."),
        tone="ok",
        icon="heart",
        actions=(DeskAction(_("Choose a time"), row.request.get_absolute_url(), primary=True),),
        since=row.answered_at or row.created_at,
        urgency=2,
    )


def _held(row: Candidate) -> DeskItem | None:
    if row.scheduled_at is None or row.scheduled_at > timezone.now():
        return None
    return DeskItem(
        title=_("Did it take place? %(title)s") % {"title": row.request.title},
        detail=_("With %(contact)s, %(at)s") % {"contact": row.contact.person.name, "at": rp.exact(row.scheduled_at)},
        tone="info",
        icon="calendar",
        actions=(DeskAction(_("Yes, it did"), _verb(row, "held"), post=True, primary=True),),
        since=row.scheduled_at,
        urgency=2,
    )


def _to_tell(row: Candidate) -> DeskItem:
    return DeskItem(
        title=_("How was it with %(contact)s?") % {"contact": row.contact.person.name},
        detail=_("It takes a minute, and %(account)s hears that it helped.") % {"account": row.account.name},
        tone="info",
        icon="chat",
        actions=(DeskAction(_("Tell us"), f"{row.request.get_absolute_url()}#feedback", primary=True),),
        since=row.request.delivered_at or row.updated_at,
        urgency=4,
    )


def _frozen(row: Candidate) -> DeskItem:
    return DeskItem(
        title=_("%(account)s is frozen, and a date with them stands") % {"account": row.account.name},
        detail=row.request.title,
        tone="stop",
        icon="snow",
        actions=(DeskAction(_("Decide"), row.request.get_absolute_url(), primary=True),),
        since=row.updated_at,
        urgency=0,
    )


def _verb(row: Candidate, verb: str) -> str:
    return reverse(f"references:candidate-{verb}", args=[row.public_id])
