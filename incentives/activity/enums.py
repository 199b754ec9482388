"""How far a week's reward, a proof and a presentation are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class RewardState(TextChoices):
    """A week's reward: paid once every proof that was asked for is settled."""

    WAITING = "waiting", _("waits for proof")
    PAID = "paid", _("paid")
    NOTHING = "nothing", _("came to nothing")


class ProofState(TextChoices):
    """A proof of one activity: asked by lot, given, judged; unanswered in time, it lapses."""

    ASKED = "asked", _("asked for")
    GIVEN = "given", _("to be judged")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    LAPSED = "lapsed", _("never given")


P = ProofState
PROOF_MOVES: Moves = {P.ASKED: {P.GIVEN, P.LAPSED}, P.GIVEN: {P.ACCEPTED, P.REFUSED}}
OPEN_PROOFS = (P.ASKED, P.GIVEN)


class PresentationState(TextChoices):
    """A presentation: drafted for the executive, asked for by their mail, held, and good enough or to be repeated."""

    DRAFTED = "drafted", _("to be asked for")
    ASKED = "asked", _("asked for")
    AGAIN = "again", _("once more")
    PASSED = "passed", _("passed")
    CALLED_OFF = "called_off", _("called off")


S = PresentationState
PRESENTATION_MOVES: Moves = {
    S.DRAFTED: {S.ASKED, S.CALLED_OFF},
    S.ASKED: {S.PASSED, S.AGAIN, S.CALLED_OFF},
    S.AGAIN: {S.PASSED, S.AGAIN, S.CALLED_OFF},
}
OPEN_PRESENTATIONS = (S.DRAFTED, S.ASKED, S.AGAIN)


class PotState(TextChoices):
    """A charity pot: nothing goes in before Legal signed it off."""

    PROPOSED = "proposed", _("waits for Legal")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


POT_MOVES: Moves = {
    PotState.PROPOSED: {PotState.OPEN, PotState.CLOSED},
    PotState.OPEN: {PotState.CLOSED},
}
