"""Who of ours agrees before a customer is asked: silence of the owner, and what the others of the road decided."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.services import release_ask
from references.requests.enums import CandidateState, LadderRung
from references.requests.models import Candidate
from references.requests.services import routes
from references.requests.services.proposals import approve, holds_goodwill, invite
from references.requests.services.rows import lock_candidate, move_candidate, tell_stream_of
from refprogram.governance.approvals.enums import ApprovalState
from refprogram.governance.approvals.models import Approval
from refprogram.kernel import links
from refprogram.people.models import User

TOLD = {
    LadderRung.REMINDED: "candidate.owner_reminded",
    LadderRung.MANAGER: "candidate.went_up",
    LadderRung.PROGRAM: "candidate.went_up",
}


@transaction.atomic
def note_owners_silence(*, candidate: Candidate) -> Candidate:
    """The owner did not answer in time: they are reminded, then their manager is asked, then the program.

    After the last of them silence is a yes where the road says so, but never for the most precious references. Nothing
    happens before its time, or when somebody has answered meanwhile.
    """
    locked = lock_candidate(candidate)
    due = locked.owner_due_at
    if locked.state != CandidateState.OWNER_REVIEW or due is None or due > timezone.now():
        return locked
    before = locked.owner_rung
    silence_is_a_yes = routes.next_rung(locked)
    locked.save(update_fields=["owner_rung", "owner_due_at", "approver"])
    if silence_is_a_yes:
        approve(locked, actor=None, silent=True)
    elif locked.owner_rung != before:
        tell_stream_of(TOLD[LadderRung(locked.owner_rung)], locked, None, rung=locked.owner_rung)
    return locked


@transaction.atomic
def pass_on_to_the_next(*, candidate: Candidate) -> Candidate:
    """Who was asked for the owner's word has left: the next one above is asked at once."""
    locked = lock_candidate(candidate)
    if locked.state != CandidateState.OWNER_REVIEW or locked.approver is None or locked.approver.is_active:
        return locked
    links.withdraw(subject=locked, purpose="owner_approval")
    locked.owner_rung, locked.owner_due_at = max(LadderRung.REMINDED, LadderRung(locked.owner_rung)), timezone.now()
    locked.save(update_fields=["owner_rung", "owner_due_at"])
    return note_owners_silence(candidate=locked)


@transaction.atomic
def decide_ask(*, approval: Approval, by: User | None) -> Candidate:
    """Carry out what the others of the road decided: the customer is asked, or somebody else is looked for.

    Twice is once; what was let go meanwhile stays so.
    """
    locked = lock_candidate(Candidate.objects.select_related("request").get(pk=approval.subject_id))
    if locked.state != CandidateState.IN_APPROVAL:
        return locked
    if approval.state == ApprovalState.APPROVED:
        if invite(locked):
            tell_stream_of("candidate.cleared", locked, by)
    elif approval.state == ApprovalState.REJECTED:
        locked.reason = _last_words(approval)
        move_candidate(locked, CandidateState.NOT_APPROVED, "reason")
        if holds_goodwill(locked) and locked.ask is not None:
            release_ask(ask=locked.ask, actor=by, note=locked.reason)
        tell_stream_of("candidate.not_approved", locked, by)
    return locked


def _last_words(approval: Approval) -> str:
    last = approval.decisions.exclude(comment="").select_related("by__person").order_by("-pk").first()
    return _("%(name)s: %(words)s") % {"name": last.by.name, "words": last.comment} if last else ""
