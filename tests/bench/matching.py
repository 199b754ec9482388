"""Matching at scale: its SQL beside the best single statement for the same question; all open requests at once."""

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any, Final

from django.db import connection

from references.assignment import services
from references.requests.models import ReferenceRequest
from references.requests.selectors import standing

ROUNDS: Final = 15
# The same question of the same kept rows, without what a program has to mind (days, caps, who was tried): who is a free
# reference of this industry and region, the least tired first, by the best index for it.
FLOOR: Final = """
SELECT a.id, c.contact_id FROM references_account a
JOIN references_speaker c ON c.account_id = a.id AND c.activity = %(activity)s
WHERE a.state IN ('active', 'review_due') AND a.merged_into_id IS NULL AND a.industry = %(industry)s
  AND (%(region)s::bigint IS NULL OR a.region_id = %(region)s) AND NOT a.frozen AND a.open_asks = 0
  AND c.agreed_until >= CURRENT_DATE AND NOT c.busy
ORDER BY a.fatigue_key NULLS FIRST, a.id LIMIT 200"""


def sql_against_floor() -> dict[str, Any]:
    """Return the median seconds of the candidates' statement, of the counts, and of the floor."""
    rows = ReferenceRequest.objects.filter(state="submitted").exclude(must_industry="").select_related("activity")
    request = rows.order_by("-pk")[0]
    region = request.must_region_id
    wanted = {"activity": request.activity.slug, "industry": request.must_industry, "region": region}

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, wanted)
            cursor.fetchall()

    asked: dict[str, Callable[[], object]] = {
        "floor": floor,
        "match": lambda: standing.nearest(request, industry=request.must_industry, region_id=region, limit=200),
        "counts": lambda: standing.counts(request, easier_size=0),
    }
    took: dict[str, list[float]] = {name: [] for name in asked}
    for _round in range(ROUNDS):
        for name, ask in asked.items():
            began = time.perf_counter()
            ask()
            took[name].append(time.perf_counter() - began)
    medians = {name: sorted(seconds)[ROUNDS // 2] for name, seconds in took.items()}
    return {
        **{f"{name}_ms": round(seconds * 1000, 2) for name, seconds in medians.items()},
        "x_floor": round(medians["match"] / medians["floor"], 2),
        "goal": 3,
    }


def assignment() -> dict[str, Any]:
    """Return what allocating every open request costs: seconds and the most memory of this process."""
    began, cpu = time.perf_counter(), time.process_time()
    run = services.make(user=None)
    return {
        "requests": run.facts["requests"],
        "accounts": run.facts["accounts"],
        "answered": run.facts["ours"]["answered"],
        "gain": run.facts["ours"]["worth"] - run.facts["first_come"]["worth"],
        "seconds": round(time.perf_counter() - began, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "goal_seconds": 30,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "goal_mib": 1024,
    }


if __name__ == "__main__":  # by itself: python -m tests.bench.matching against a filled database
    json.dump({"match": sql_against_floor(), "assignment": assignment()}, sys.stdout, indent=1)
