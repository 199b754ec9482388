"""Who may, with reference requests. The same sentences as `selectors.visible_to`, for one row."""

import rules

from references.accounts.rules import has_overview, is_colleague, runs_the_program
from references.requests.models import Candidate, ReferenceRequest
from refprogram.people.enums import Privilege
from refprogram.people.models import User
from refprogram.people.rules import unrestricted


@rules.predicate
def is_requester(user: User, request: ReferenceRequest) -> bool:
    """Who asked."""
    return bool(request.requester_id == user.pk)


@rules.predicate
def manages_requester(user: User, request: ReferenceRequest) -> bool:
    """The manager of the team of who asked."""
    team = request.requester.team
    return team is not None and team.manager_id == user.pk


@rules.predicate
def is_passed_to(user: User, request: ReferenceRequest) -> bool:
    """The colleague to whom the request was passed on."""
    return bool(request.redirected_to_id == user.pk)


@rules.predicate
def answers_for_one(user: User, request: ReferenceRequest) -> bool:
    """The owner of an account that was proposed, or who answers in their place."""
    rows = request.candidates.select_related("account")
    return any(answers_for(user, row) or was_asked_as_carer(user, row) for row in rows)


def was_asked_as_carer(user: User, candidate: Candidate) -> bool:
    """Whether who looks after the customer may have been asked as well, beside the owner."""
    return candidate.approval_id is not None and candidate.account.csm_id == user.pk


@rules.predicate
def answers_for(user: User, candidate: Candidate) -> bool:
    """The owner of the proposed account, or the colleague who answers in their place."""
    return user.pk in {candidate.approver_id, candidate.account.owner_id}


@rules.predicate
def cares_for(user: User, candidate: Candidate) -> bool:
    """Who looks after the customer's success."""
    return bool(candidate.account.csm_id == user.pk)


@rules.predicate
def asked_for(user: User, candidate: Candidate) -> bool:
    """Who asked for the reference that this candidate may give."""
    return bool(candidate.request.requester_id == user.pk)


rules.add_perm("references.ask_reference", is_colleague)
# What may be had without a program person in between (`ActivityType.self_serve`): for whom nothing keeps from it.
rules.add_perm("references.serve_oneself", is_colleague & unrestricted(Privilege.SELF_SERVE))
rules.add_perm("references.see_requests", is_colleague)
rules.add_perm(
    "references.see_request",
    is_colleague & (has_overview | is_requester | is_passed_to | manages_requester | answers_for_one),
)
rules.add_perm("references.handle_requests", runs_the_program)
rules.add_perm("references.change_request", is_requester | runs_the_program)
rules.add_perm("references.settle_request", is_passed_to | runs_the_program)
rules.add_perm("references.decide_candidate", answers_for | runs_the_program)
rules.add_perm("references.arrange_candidate", asked_for | runs_the_program)
rules.add_perm("references.read_brief", asked_for | answers_for | cares_for | runs_the_program)
rules.add_perm("references.thank_customer", answers_for | cares_for | runs_the_program)
