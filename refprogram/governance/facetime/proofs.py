"""What must always hold of talks: an hour is taken when, and only when, somebody has it."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from refprogram.governance.facetime.enums import COMING, TOOK_PLACE, SlotState
from refprogram.governance.facetime.models import FaceTimeSlot, FaceTimeTalk
from refprogram.kernel.proofs import MOST_ROWS, Proof


def proofs() -> Iterable[Proof]:
    """Prove that what a slot says of itself is what its talks say."""
    talks = FaceTimeTalk.objects.filter(slot=OuterRef("pk"))
    coming, held = Exists(talks.filter(state__in=COMING)), Exists(talks.filter(state__in=TOOK_PLACE))
    wrong = FaceTimeSlot.objects.annotate(coming=coming, held=held).filter(
        (Q(state=SlotState.TAKEN) & Q(coming=False))
        | (~Q(state=SlotState.TAKEN) & Q(coming=True))
        | (Q(state=SlotState.USED) & Q(held=False))
        | (~Q(state=SlotState.USED) & Q(held=True))
    )
    rows = [f"slot={row.public_id} state={row.state}" for row in wrong.order_by("pk")[:MOST_ROWS]]
    yield Proof("hours of executives are taken when somebody has them", rows)
