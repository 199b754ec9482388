"""What must always be true of this room's kept figures; `manage.py verify` asks."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from nominations.standings.ranking import METRICS, dimensions
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Delivery, Event, Rollup
from refprogram.kernel.proofs import Proof

COUNTER = "nominations.handlers.count"
Figure = tuple[str, str, str, str, int]  # metric, period, first day, dimension, key


def proofs() -> Iterator[Proof]:
    """Standings are what the stream says."""
    yield Proof("standings are what the stream says", list(differences()))


def differences() -> Iterator[str]:
    """Yield a sentence for every standing that is not what the stream says. What is still on its way is left out."""
    told, kept = recounted(), as_kept()
    for figure in sorted(told.keys() | kept.keys()):
        if told[figure] != kept[figure]:
            metric, period, day, dimension, key = figure
            whose = f"{metric} of {dimension} {key}, {period} from {day}"
            yield f"{whose}: kept {kept[figure]}, the stream says {told[figure]}"


def recounted() -> Counter[Figure]:
    """Return the standings counted anew from the stream."""
    waiting = Delivery.objects.filter(event=OuterRef("pk"), handler=COUNTER, done_at__isnull=True)
    events = Event.objects.filter(~Exists(waiting), topic__in=METRICS)
    told: Counter[Figure] = Counter()
    for topic, at, payload in events.values_list("topic", "occurred_at", "payload").iterator(chunk_size=5000):
        for dimension, key in dimensions(payload).items():
            if key is not None:
                for period in Period:
                    day = rollups.start_of(period, rollups.day_of(at)).isoformat()
                    told[METRICS[topic], period.value, day, dimension, key] += 1
    return told


def as_kept() -> Counter[Figure]:
    """Return the standings as kept."""
    rows = Rollup.objects.filter(metric__in=METRICS.values())
    kept: Counter[Figure] = Counter()
    for row in rows.iterator(chunk_size=5000):
        kept[row.metric, row.period, row.starts_on.isoformat(), row.dimension, row.key] = int(row.value)
    return kept
