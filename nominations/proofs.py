"""What must always be true of nominations; `manage.py verify` asks."""

from collections.abc import Iterator
from typing import Final

from django.db.models import Exists, OuterRef

from nominations.demand import NO_WORK
from nominations.enums import NominationState
from nominations.models import Nomination
from refprogram.governance.capacity.models import Demand
from refprogram.kernel.models import Delivery
from refprogram.kernel.proofs import MOST_ROWS, Proof

N = NominationState
SUBJECT: Final = "nomination"
COUNTER: Final = "nominations.demand.record"
TO_SCREEN: Final = (N.SUBMITTED, N.QUEUED, N.SCREENING, N.RECHECK)


def proofs() -> Iterator[Proof]:
    """What is to be screened counts as work of the program, and nothing that nobody has to look at."""
    counted = Demand.objects.filter(subject_type=SUBJECT, subject_id=OuterRef("pk"))
    on_its_way = Delivery.objects.filter(
        event__subject_type=SUBJECT, event__subject_id=OuterRef("pk"), handler=COUNTER, done_at__isnull=True
    )
    rows = Nomination.objects.filter(~Exists(on_its_way)).order_by("pk").values_list("public_id", flat=True)
    missed = rows.filter(~Exists(counted), state__in=TO_SCREEN)
    yield Proof("each nomination that is to be screened counts as work", list(missed[:MOST_ROWS]))
    needless = rows.filter(Exists(counted), state__in=NO_WORK)
    yield Proof("no nomination counts as work that nobody has to screen", list(needless[:MOST_ROWS]))
