"""What this room does when events arrive. Each is safe to run twice."""

from incentives.activity import letters, services
from incentives.activity.enums import ProofState
from incentives.activity.models import ActivityProof, CharityPot, Presentation
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.kernel.models import Event


def _proof(event: Event) -> ActivityProof:
    rows = ActivityProof.objects.select_related("reward__user__person", "reward__user__team__manager__person")
    return rows.select_related("activity").get(pk=event.subject_id)


def _presentation(event: Event) -> Presentation:
    return Presentation.objects.select_related("user__person", "executive__person").get(pk=event.subject_id)


def ask_for_proof(event: Event) -> None:
    """The lot chose an activity: whoever did it is asked."""
    proof = _proof(event)
    if proof.state == ProofState.ASKED:
        letters.proof_asked(proof, key=f"proof.asked:{event.subject_id}")


def tell_judges(event: Event) -> None:
    """A proof was given: whoever judges it hears."""
    proof = _proof(event)
    if proof.state == ProofState.GIVEN:
        letters.proof_given(proof, key=f"proof.given:{event.subject_id}")


def tell_author(event: Event) -> None:
    """A proof was judged, or lapsed: its author hears."""
    letters.proof_judged(_proof(event), key=f"proof.judged:{event.subject_id}")


def draft_presentation(event: Event) -> None:
    """A case took effect: for the lowest few, a presentation is drafted."""
    rows = ConsequenceCase.objects.select_related("user__person", "user__team")
    services.draft(case=rows.get(pk=event.subject_id))


def call_off(event: Event) -> None:
    """A case was waived, or is over: nothing has to be presented for it any more."""
    services.call_off(case_id=event.subject_id)


def tell_executives(event: Event) -> None:
    """A presentation is to be asked for."""
    letters.to_ask_for(_presentation(event), key=f"presentation.drafted:{event.subject_id}")


def send_letter(event: Event) -> None:
    """An executive asked for it, the first time or once more: their words go out."""
    again = event.topic == "presentation.again"
    letters.asked(_presentation(event), key=f"{event.topic}:{event.pk}", again=again)


def tell_of_end(event: Event) -> None:
    """It was presented well, or is not asked for any more."""
    row = _presentation(event)
    passed = event.topic == "presentation.passed"
    if passed or row.asked_at is not None:
        letters.ended(row, key=f"{event.topic}:{event.subject_id}", passed=passed)


def ask_legal(event: Event) -> None:
    """A charity pot was proposed: Legal decides."""
    letters.pot_proposed(CharityPot.objects.get(pk=event.subject_id), key=f"pot.proposed:{event.subject_id}")
