"""A trial of twenty rules over a year of a million events, alone in its process: prints seconds and memory as JSON."""

import datetime as dt
import json
import os
import resource
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "refprogram.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from incentives.rulebook.definition import read  # noqa: E402
from incentives.rulebook.folding import LiveRule  # noqa: E402
from incentives.rulebook.vocabulary import OCCASIONS  # noqa: E402
from incentives.simulation.figures import Outcome  # noqa: E402
from incentives.simulation.replay import Replay, Stretch, last_event  # noqa: E402
from refprogram.kernel import rollups  # noqa: E402

RULES = 20


def main() -> None:
    """Fold, and print what it took."""
    rules = []
    for n in range(RULES):
        occasion = OCCASIONS[n % len(OCCASIONS)]
        who = next(name for name, one in occasion.who.items() if not one.customer)
        caps = [{"span": "quarter", "most": 600}]
        definition = {"topic": occasion.topic, "who": who, "gives": {"amount": 10 + n}, "caps": caps}
        rules.append(LiveRule(n + 1, 1, f"Rule {n}", read(definition)))
    today = rollups.day_of(timezone.now())
    replay = Replay(rules, Stretch(today - dt.timedelta(days=366), today, last_event()))
    outcome, begun = Outcome(), time.perf_counter()
    replay.run(outcome.add)
    told = outcome.told({rule.id: rule.name for rule in rules})
    print(  # noqa: T201 - what it is for
        json.dumps(
            {
                "seconds": round(time.perf_counter() - begun, 1),
                "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "events": replay.count(),
                "given": told["gifts"]["points"]["total"],
            }
        ),
        file=sys.stdout,
    )


main()
