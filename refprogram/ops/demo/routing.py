"""Around the requests of the demo company: one that waits for legal, one agreed for next week, thanks, unmet demand."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from references.accounts import kept
from references.accounts.models import ActivityType
from references.coverage.models import UnmetDemand
from references.coverage.services.unmet import values_of
from references.requests import clock
from references.requests.enums import CandidateState, RequestState
from references.requests.models import Candidate, ReferenceRequest
from references.requests.routing import matter_of
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.approvals.models import Approval
from refprogram.governance.consequences.models import Task
from refprogram.ops.demo import approving
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.models import User

LATELY = dt.timedelta(days=90)
PROMISED = "No names of suppliers.\nThe prospect’s questions come two days before."


def build(maker: Maker, company: Company) -> None:
    """Let a few requests of the desks go further than the desks need."""
    _unmet(maker)
    _waits_for_legal(maker, company.reps[0])
    _agreed_for_next_week(maker, company.supporters[0])
    for user in (company.reps[0], company.supporters[0], company.managers[0], company.marketer):
        _to_thank(maker, user)


def _unmet(maker: Maker) -> None:
    """Keep for the map what nobody could be found for lately."""
    since = maker.today - LATELY
    rows = ReferenceRequest.objects.filter(state=RequestState.UNFILLED, needed_by__gt=since)
    found = []
    for row in rows.select_related("opportunity__account").order_by("pk"):
        missed = min(maker.moment(row.needed_by), timezone.now())
        found.append(
            UnmetDemand(
                request_id=row.pk, values=values_of(row), why=row.reason_code, activity=row.activity, missed_at=missed
            )
        )
    bulk(maker, found)


def _waits_for_legal(maker: Maker, owner: User) -> None:
    """A colleague wants a customer's logo: the owner has agreed, legal has not been heard."""
    waiting = Candidate.objects.filter(state=CandidateState.OWNER_REVIEW, approver=owner).order_by("-pk")
    rows = waiting.select_related(
        "request__requester__person",
        "request__opportunity",
        "account__owner__person",
        "account__csm",
        "contact__person",
    )
    candidate, one_stays = rows.first(), waiting.count() > 1
    if candidate is None or candidate.ask is None or not one_stays:
        return  # the owner's own desk comes first
    request, logo = candidate.request, ActivityType.objects.get(slug="logo")
    request.activity = candidate.ask.activity = logo
    candidate.ask.effort = logo.effort
    candidate.ask.save(update_fields=["activity", "effort"])
    request.due_at = clock.due(request.submitted_at, logo.confirm_days)
    request.save(update_fields=["activity", "due_at"])
    candidate.owner_answered_at, candidate.state = timezone.now(), CandidateState.IN_APPROVAL
    _ask_the_others(maker, candidate)
    candidate.save(update_fields=["owner_answered_at", "state", "approval"])
    kept.settle(candidate.account)
    me, account = owner.person_id, candidate.account_id
    facts = _facts(candidate)
    maker.tell("candidate.owner_approved", candidate, timezone.now(), account_id=account, actor_id=me, **facts)


def _ask_the_others(maker: Maker, candidate: Candidate) -> None:
    """Make the approval that the program would have asked for: the owner's step is answered, legal's is open."""
    matter = matter_of(candidate.request, candidate.account)
    approving.ask(
        maker,
        approving.Ask(
            ApprovalKind.REFERENCE_ASK,
            f"{candidate.request.activity.name} with {candidate.account.name}",
            matter.requester.email.partition("@")[0],
            3,
            amount=int(matter.amount) if matter.amount is not None else None,
            reason=candidate.request.topics,
            owner=matter.owner.email.partition("@")[0] if matter.owner else "",
            steps=1,
            subject=candidate,
            traits=matter.traits,
        ),
    )
    candidate.approval = Approval.objects.filter(kind=ApprovalKind.REFERENCE_ASK).latest("pk")


def _agreed_for_next_week(maker: Maker, requester: User) -> None:
    """A conversation has its time: both can prepare."""
    agreed = Candidate.objects.filter(state=CandidateState.ACCEPTED, request__requester=requester)
    candidate = agreed.select_related("request__requester__person", "account__owner", "contact").order_by("pk").first()
    if candidate is None or not candidate.times:
        return
    candidate.state, candidate.scheduled_at, candidate.promised = CandidateState.SCHEDULED, candidate.times[0], PROMISED
    candidate.save(update_fields=["state", "scheduled_at", "promised"])
    tried = _facts(candidate)
    me, account = requester.person_id, candidate.account_id
    maker.tell("candidate.scheduled", candidate, timezone.now(), account_id=account, actor_id=me, **tried)
    maker.events[-1].payload["at"] = candidate.times[0].isoformat()


def _facts(candidate: Candidate) -> dict[str, int | None]:
    owner = candidate.account.owner
    return {
        "request": candidate.request_id,
        "contact": candidate.contact_id,
        "requester": candidate.request.requester.person_id,
        "owner": owner.person_id if owner else None,
    }


def _to_thank(maker: Maker, owner: User) -> None:
    """A customer of theirs spoke lately: a draft of thanks lies ready."""
    held = Candidate.objects.filter(state=CandidateState.COMPLETED, account__owner=owner, thanked_at__isnull=True)
    candidate = held.select_related("contact__person", "account", "request__activity").order_by("-scheduled_at").first()
    if candidate is None:
        return
    task = Task(
        assignee=owner,
        title=f"Thank {candidate.contact.person.name} of {candidate.account.name}",
        detail="They spoke for us. A draft is written; change it as you like, and send it.",
        due_on=clock.working_days_after(maker.today, 1),
        label=candidate.request.title,
        url=reverse("references:candidate-thanks", args=[candidate.public_id]),
    )
    bulk(maker, [task])
    facts = {"person": owner.person_id, "giver": None, "manager": owner.team.manager_id if owner.team else None}
    maker.tell("task.given", task, timezone.now(), account_id=None, actor_id=None, **facts)
