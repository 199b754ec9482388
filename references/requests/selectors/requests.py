"""Reading reference requests: who sees which, and what lists and the request's page show."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    prefetch_related_objects,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from references.accounts import policy as account_policy
from references.accounts.clock import today
from references.accounts.enums import OPEN_STAGES
from references.accounts.kept import USES_CAP, cap_of
from references.accounts.models import ActivityType, Ask, Consent, Contact, Opportunity, Product
from references.accounts.rules import OVERVIEW, PROGRAM_PEOPLE
from references.accounts.selectors.lists import references_given
from references.profiles import masks
from references.requests import policy
from references.requests.clock import working_days_after
from references.requests.enums import CONFIDENTIAL, MATCHABLE, WAITING, CandidateState, RequestState
from references.requests.models import Candidate, ReferenceRequest
from refprogram.kernel.labels import Label
from refprogram.kernel.models import Event
from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.enums import Role
from refprogram.people.models import Region, User
from refprogram.people.prepared import PreparedFor

KNOW_OF_RESTRICTIONS = frozenset({Role.MARKETER, Role.SALES_HEAD, Role.ADMIN})


def visible_to(user: User) -> QuerySet[ReferenceRequest]:
    """Requests that a user may see: overview roles all, others their own, their team's, those about their accounts.

    One that waits for an exception, or ended that way, says that its requester is restricted: that is for fewer.
    """
    rows = ReferenceRequest.objects.all()
    if user.role in KNOW_OF_RESTRICTIONS:
        return rows
    if user.role in OVERVIEW:
        return rows.exclude(~Q(exception_reason=""), ~Q(requester=user.pk), state__in=CONFIDENTIAL)
    if user.role == Role.JUDGE:
        return rows.none()
    theirs = Q(account__owner=user.pk) | Q(approver=user.pk)
    theirs |= Q(account__csm=user.pk, approval__isnull=False)  # who looks after them may have been asked as well
    answering = Candidate.objects.filter(theirs, request=OuterRef("pk"))
    mine = Q(requester=user.pk) | Q(redirected_to=user.pk) | Q(Exists(answering))
    if user.role == Role.MANAGER:
        mine |= Q(requester__team__manager=user.pk)
    return rows.filter(mine)


def candidates_visible_to(user: User) -> QuerySet[Candidate]:
    """Candidates of requests that a user may see."""
    return Candidate.objects.filter(request__in=visible_to(user))


def deals_for(user: User) -> QuerySet[Opportunity]:
    """Open deals that a user may ask for: their own, for program people all, for managers their team's."""
    deals = Opportunity.objects.filter(stage__in=OPEN_STAGES)
    if user.role in PROGRAM_PEOPLE:
        return deals
    if user.role == Role.MANAGER:
        return deals.filter(Q(owner=user) | Q(owner__team__manager=user))
    return deals.filter(owner=user)


def requests_for(deal: Opportunity, user: User) -> QuerySet[ReferenceRequest]:
    """Return the requests for a deal that the user may see, newest first, with what a table shows of them."""
    rows = with_list_facts(visible_to(user).filter(opportunity=deal))
    joined = rows.select_related("activity", "must_region", "must_product", "requester__person")
    return joined.order_by("-submitted_at", "-pk")


def pick_deals(user: User, words: str, limit: int = 20) -> QuerySet[Opportunity]:
    """Return open deals for the type-ahead, the ones that close first on top."""
    deals = deals_for(user).select_related("account", "product")
    for word in words.split()[:5]:
        deals = deals.filter(
            Q(account__name__icontains=word) | Q(name__icontains=word) | Q(external_ref__icontains=word)
        )
    return deals.order_by(F("closes_on").asc(nulls_last=True), "-pk")[:limit]


def activity(slug: str = "") -> ActivityType | None:
    """Return the activity of this slug; without one, the first of the catalogue."""
    kinds = references_given(ActivityType.objects.all())
    return kinds.filter(slug=slug).first() if slug else kinds.first()


def usual_day(kind: ActivityType | None) -> dt.date:
    """Return the day proposed as "needed by": the service level and a working week."""
    return working_days_after(today(), (kind.confirm_days if kind else 0) + policy.now().slack_days)


def search(rows: QuerySet[ReferenceRequest], words: list[str]) -> QuerySet[ReferenceRequest]:
    """Narrow to requests that have every word in their purpose, requester or deal."""
    for word in words:
        rows = rows.filter(
            Q(purpose__icontains=word)
            | Q(requester__person__name__icontains=word)
            | Q(opportunity__account__name__icontains=word)
        )
    return rows


def with_list_facts(rows: QuerySet[ReferenceRequest]) -> QuerySet[ReferenceRequest]:
    """Add what a list shows of each request: whom it waits for."""
    waiting = Candidate.objects.filter(request=OuterRef("pk"))
    return rows.annotate(
        at_owner=Exists(waiting.filter(state=CandidateState.OWNER_REVIEW)),
        at_customer=Exists(waiting.filter(state=CandidateState.INVITED)),
        in_approval=Exists(waiting.filter(state=CandidateState.IN_APPROVAL)),
    )


def in_step(rows: QuerySet[ReferenceRequest], step: str) -> QuerySet[ReferenceRequest]:
    """Narrow to requests that wait for one party: match, owner, customer, requester, feedback."""
    waiting = Candidate.objects.filter(request=OuterRef("pk"))
    steps = {
        "match": Q(state__in=MATCHABLE) & ~waits_for_somebody(),
        "owner": Exists(waiting.filter(state=CandidateState.OWNER_REVIEW)),
        "approval": Exists(waiting.filter(state=CandidateState.IN_APPROVAL)),
        "customer": Exists(waiting.filter(state=CandidateState.INVITED)),
        "requester": Q(state__in=(RequestState.NEEDS_INFO, RequestState.CONFIRMED)),
        "feedback": Q(state=RequestState.DELIVERED),
    }
    return rows.filter(steps[step])


def waits_for_somebody() -> Exists:
    """Return the condition that somebody was proposed who has not answered yet."""
    return Exists(Candidate.objects.filter(request=OuterRef("pk"), state__in=WAITING))


def at_risk(rows: QuerySet[ReferenceRequest]) -> QuerySet[ReferenceRequest]:
    """Narrow to requests whose clock runs out within a day, or has."""
    return rows.filter(state__in=MATCHABLE, due_at__lte=timezone.now() + policy.now().at_risk)


# The request of this public id, if the viewer may see it, with what its page shows.
FOR_PAGE = PreparedFor(
    lambda viewer: (
        visible_to(viewer)
        .filter(public_id=Given("public_id", TextField()))
        .select_related(
            "requester__person",
            "requester__team",
            "activity",
            "opportunity__account__region",
            "opportunity__product",
            "must_region",
            "must_product",
            "redirected_to__person",
            "board",
        )
    )
)


_TRIED = Prepared(
    lambda: (
        Candidate.objects.filter(request=Given("request", BigIntegerField()))
        .select_related(
            "account__owner__person", "contact__person", "approver__person", "proposed_by__person", "approval"
        )
        .order_by("-pk")
    )
)


def tried_for(request: ReferenceRequest) -> list[Candidate]:
    """Return the customers tried for a request, newest first, with all that its page shows of them."""
    found = _TRIED(request=request.pk)
    for candidate in found:
        candidate.request = request
    prefetch_related_objects(found, "feedback")
    return found


def nice_names(request: ReferenceRequest) -> dict[str, str]:
    """Return what the region and the product are called that would be nice; asked only where the need names them."""
    models = (("region", Region), ("product", Product))
    found = {
        name: model.objects.filter(pk=request.nice[name]).first() for name, model in models if request.nice.get(name)
    }
    return {name: row.name for name, row in found.items() if row is not None}


def with_nice(rows: QuerySet[ReferenceRequest]) -> QuerySet[ReferenceRequest]:
    """Add id and name of the region and the product that would be nice, which a need keeps by key."""
    return rows.annotate(nice_region=_nice_row(Region, "region"), nice_product=_nice_row(Product, "product"))


def _nice_row(model: type[Model], name: str) -> Subquery:
    key = Cast(KeyTextTransform(name, OuterRef("nice")), BigIntegerField())
    shown = JSONObject(id="public_id", name="name")
    return Subquery(model._default_manager.filter(pk=key).values(shown=shown)[:1])


def history_of(request: ReferenceRequest) -> QuerySet[Event]:
    """Return everything that happened to a request and to the customers tried for it, newest first."""
    candidates = Candidate.objects.filter(request=request).values("pk")
    about = Q(subject_type="referencerequest", subject_id=request.pk)
    about |= Q(subject_type="candidate", subject_id__in=candidates)
    return Event.objects.filter(about).order_by("-id")


# ---------------------------------------------------------------- behind signed links


def for_link() -> QuerySet[Candidate]:
    """Return candidates with all that a page behind a signed link shows. The link itself is the permission."""
    return whole(Candidate.objects.all())


def whole(rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Add what pages and mails about one candidate show."""
    return rows.select_related(
        "account__owner__person",
        "account__owner__team",
        "account__csm__person",
        "contact__person",
        "proposed_by__person",
        "approver__person",
        "request__activity",
        "request__requester__person",
        "request__opportunity__account",
        "request__must_region",
        "request__must_product",
    ).prefetch_related("feedback")


def still_wanted(candidate: Candidate) -> bool:
    """Whether a yes of this customer could still be taken up: nobody else agreed, and nothing forbids to ask them."""
    return candidate.request.state in MATCHABLE and not candidate.account.frozen


def user_of_person(person_id: int | None) -> User | None:
    """Return the active colleague that a link was made for."""
    return User.objects.select_related("person").filter(person=person_id, is_active=True).first()


def pause_of(contact: Contact) -> dt.date | None:
    """Return until when a customer asked to be left alone; None where they did not, or it is over."""
    until = contact.paused_until
    return until if until is not None and until > today() else None


def uses_of(contact: Contact) -> tuple[int, int]:
    """Return (how often asked in three months, this time included; how often is agreed)."""
    since = today() - account_policy.now().quarter
    asks = Ask.objects.filter(contact=contact, activity__isnull=False, state__in=USES_CAP, planned_on__gt=since)
    return asks.count(), cap_of(contact)


def agreed_until(contact: Contact, activity: str) -> dt.date | None:
    """Return until when the contact's consent to this holds."""
    consents = Consent.objects.filter(contact=contact, revoked_at__isnull=True, activities__contains=[activity])
    return consents.order_by("-expires_on").values_list("expires_on", flat=True).first()


# ---------------------------------------------------------------- names for the stream


def request_labels(ids: Iterable[int], viewer: Any) -> dict[int, Label]:
    """Return what requests are called, with their address where the viewer may open them."""
    rows = ReferenceRequest.objects.filter(pk__in=list(ids)).select_related("activity")
    seen = set(visible_to(viewer).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return {row.pk: Label(row.title, row.get_absolute_url() if row.pk in seen else "") for row in rows}


def candidate_labels(ids: Iterable[int], viewer: Any) -> dict[int, Label]:
    """Return what candidates are called: the account that was proposed; their address is the request's."""
    rows = list(Candidate.objects.filter(pk__in=list(ids)).select_related("account", "request"))
    masks.cover([row.account for row in rows], viewer)
    seen = set(candidates_visible_to(viewer).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return {row.pk: Label(row.account.name, row.request.get_absolute_url() if row.pk in seen else "") for row in rows}
