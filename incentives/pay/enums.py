"""Kinds and states of pay: accruals, months, escalators, SPIFFs, disputes."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class AccrualKind(TextChoices):
    """Where an amount comes from."""

    RULE = "rule", _("by a rule")
    SPIFF = "spiff", _("SPIFF prize")
    ESCALATOR = "escalator", _("escalator")
    REVERSAL = "reversal", _("taken back")
    HAND = "hand", _("corrected by hand")


class PeriodState(TextChoices):
    """A month of pay: open for amounts, closed by one person and waiting for the second, closed for good."""

    OPEN = "open", _("open")
    CLOSING = "closing", _("waits for the second person")
    CLOSED = "closed", _("closed")


PERIOD_MOVES: Moves = {
    PeriodState.OPEN: {PeriodState.CLOSING},
    PeriodState.CLOSING: {PeriodState.OPEN, PeriodState.CLOSED},
}


class EscalatorState(TextChoices):
    """A version of the escalator."""

    DRAFT = "draft", _("draft")
    LIVE = "live", _("on")
    STOPPED = "stopped", _("off")


ESCALATOR_MOVES: Moves = {
    EscalatorState.DRAFT: {EscalatorState.LIVE},
    EscalatorState.LIVE: {EscalatorState.STOPPED},
}


class Metric(TextChoices):
    """What a SPIFF counts."""

    CONTACTS = "contacts", _("most contacts added")
    TEMPLATES = "templates", _("most templates used")
    DASHBOARD = "dashboard", _("best dashboard, by vote")


class SpiffAudience(TextChoices):
    """Who takes part in a SPIFF."""

    FIELD = "field", _("sales and support")
    SALES = "sales", _("sales")
    SUPPORT = "support", _("customer support")


class SpiffState(TextChoices):
    """A SPIFF from its draft to its prizes."""

    DRAFT = "draft", _("draft")
    LIVE = "live", _("on")
    PROOF = "proof", _("waits for proof")
    SETTLED = "settled", _("settled")
    CANCELLED = "cancelled", _("called off")


SPIFF_MOVES: Moves = {
    SpiffState.DRAFT: {SpiffState.LIVE, SpiffState.CANCELLED},
    SpiffState.LIVE: {SpiffState.PROOF, SpiffState.SETTLED, SpiffState.CANCELLED},
    SpiffState.PROOF: {SpiffState.SETTLED, SpiffState.CANCELLED},
}


class EntryState(TextChoices):
    """One person's place in a SPIFF, as far as its prize goes."""

    IN = "in", _("takes part")
    ASKED = "asked", _("proof asked")
    SHOWN = "shown", _("proof handed in")
    PROVED = "proved", _("proved")
    REFUSED = "refused", _("proof not accepted")
    LAPSED = "lapsed", _("no proof in time")


ENTRY_MOVES: Moves = {
    EntryState.IN: {EntryState.ASKED},
    EntryState.ASKED: {EntryState.SHOWN, EntryState.LAPSED},
    EntryState.SHOWN: {EntryState.PROVED, EntryState.REFUSED},
}
OUT: Final = (EntryState.REFUSED, EntryState.LAPSED)
WAITING: Final = (EntryState.ASKED, EntryState.SHOWN)


class DisputeState(TextChoices):
    """A dispute about pay. Upheld: the amount stands as it was; corrected: it was wrong."""

    OPEN = "open", _("open")
    UPHELD = "upheld", _("the amount stands")
    CORRECTED = "corrected", _("corrected")
    WITHDRAWN = "withdrawn", _("taken back")


DISPUTE_MOVES: Moves = {
    DisputeState.OPEN: {DisputeState.UPHELD, DisputeState.CORRECTED, DisputeState.WITHDRAWN},
}
