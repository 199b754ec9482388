"""Proofs: given by who did it, judged by somebody else, lapsed when nobody gave one."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.activity.enums import PROOF_MOVES, ProofState
from incentives.activity.models import ActivityProof
from incentives.activity.services.rows import lock_proof
from incentives.activity.services.weeks import settle
from refprogram.kernel import moves
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

LONGEST = 2000


@transaction.atomic
def give_proof(*, proof: ActivityProof, by: User, words: str, link: str = "") -> ActivityProof:
    """Say what shows that it was done: who was there, what came of it, where it is written."""
    row = lock_proof(proof)
    if by.pk != row.reward.user_id:
        raise NotAllowed(_("Whoever did it proves it."))
    said = words.strip()[:LONGEST]
    if not said:
        message = _("Say what shows it: with whom, when, what came of it.")
        raise InvalidInput(message, errors={"words": message})
    row.words, row.link, row.given_at = said, link.strip(), timezone.now()
    _move(row, ProofState.GIVEN, "words", "link", "given_at")
    _tell("proof.given", row, by)
    return row


@transaction.atomic
def judge_proof(*, proof: ActivityProof, by: User, accepted: bool, verdict: str = "") -> ActivityProof:
    """Accept a proof, or refuse it with the reason. The week is paid with the last one."""
    row = lock_proof(proof)
    if not by.has_perm("incentives.judge_proofs", row):
        raise NotAllowed(_("Reference managers and their manager judge it, and nobody their own."))
    said = " ".join(verdict.split())[:200]
    if not accepted and not said:
        message = _("Say why: its author reads it.")
        raise InvalidInput(message, errors={"verdict": message})
    row.judged_by, row.judged_at, row.verdict = by, timezone.now(), said
    to = ProofState.ACCEPTED if accepted else ProofState.REFUSED
    _move(row, to, "judged_by", "judged_at", "verdict")
    _tell("proof.judged", row, by)
    settle(reward_id=row.reward_id)
    return row


def lapse_due() -> int:
    """Close the proofs that nobody gave in time, and settle their weeks. Beat calls it every day."""
    late = ActivityProof.objects.filter(state=ProofState.ASKED, due_on__lt=timezone.localdate())
    return sum(_lapse(proof) for proof in late.order_by("reward", "pk"))


@transaction.atomic
def _lapse(proof: ActivityProof) -> bool:
    row = lock_proof(proof)
    if row.state != ProofState.ASKED:
        return False
    _move(row, ProofState.LAPSED)
    _tell("proof.judged", row, None)
    settle(reward_id=row.reward_id)
    return True


def _move(row: ActivityProof, to: ProofState, *also: str) -> None:
    moves.move(row, to, moves=PROOF_MOVES, noun=_("proof"), also=also)


def _tell(topic: str, row: ActivityProof, by: User | None) -> None:
    team = row.reward.user.team
    payload = {
        "person": row.reward.user.person_id,
        "reward": row.reward_id,
        "manager": team.manager_id if team else None,
        "state": row.state,
    }
    if topic != "proof.judged":
        payload.pop("state")
    emit(topic, subject=row, actor_id=by.person_id if by else None, payload=payload)
