"""Run all of it, print a table, write var/bench.json. `SCALE=` sets the number of accounts, `ROUNDS=` the rounds.

`ONLY=search,ledger` measures just the pages with one of these words in their name: no import, no street, and
var/bench.json stays as it is.
"""

import json
import os
import platform
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "refprogram.settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from nominations.models import Nomination  # noqa: E402
from refprogram.dashboards import tasks  # noqa: E402
from refprogram.ops.places import BASE_DIR  # noqa: E402
from refprogram.people.models import User  # noqa: E402
from tests.bench import added, contests, floor, imports, matching, pages, points, scale, street  # noqa: E402
from tests.bench.servers import web, worker  # noqa: E402

SCALE = int(os.environ.get("SCALE") or 1000)
ROUNDS = max(30, int(os.environ.get("ROUNDS") or 30))
ONLY = [words.strip() for words in os.environ.get("ONLY", "").split(",") if words.strip()]
IMPORT_ROUNDS = 3
COUNTED = 5


def main() -> None:
    """Prepare, measure, tell."""
    call_command("migrate", verbosity=0)
    call_command("demo", scale=min(SCALE, scale.DEMO_MOST), verbosity=0)
    scale.fill(SCALE)
    floor.fill()
    added.fill()
    tasks.count_metrics()
    tasks.keep_up()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    user = User.objects.select_related("person").get(email="marketer@demo.example")
    found = _chosen([*pages.cases(), *added.cases(), *_contests(), *_points()])
    pages.count_queries(found, user)
    connections.close_all()
    with web("tests.bench.floor_wsgi:application", "/rows") as bare, web("refprogram.wsgi", "/health/live/") as program:
        floors = pages.measure(found, bare, program, user, ROUNDS)
    told = {
        "scale": SCALE,
        "rounds": ROUNDS,
        "python": platform.python_version(),
        "floor_ms": {"p50": _ms(pages.median(floors)), "p95": _ms(pages.p95(floors))},
        "pages": [_line(case) for case in found],
    }
    if not ONLY or any("match" in words for words in ONLY):
        told |= {"match": matching.sql_against_floor(), "assignment": matching.assignment()}
    if not ONLY or any("contest" in words for words in ONLY):
        told |= {"rescoring": contests.rescoring(), "a_thousand": contests.a_thousand()}
    if _wanted("points"):
        told |= {"points": points.measured()}
    if not ONLY:
        told |= {"import": _imports(), "street": _street()}
        _keep(told)
    _print(told)


def _wanted(room: str) -> bool:
    """Whether what a room measures is asked for; points by the million only by name."""
    return any(room in words or words in room for words in ONLY) or (not ONLY and room != "points")


def _contests() -> list[pages.Case]:
    return contests.cases() if _wanted("contest") or not _wanted("points") else []


def _points() -> list[pages.Case]:
    return points.cases() if _wanted("points") else []


def _chosen(every: list[pages.Case]) -> list[pages.Case]:
    found = [case for case in every if not ONLY or any(words in case.name for words in ONLY)]
    if not found:
        raise SystemExit(f"ONLY={','.join(ONLY)} names no page; there are: {', '.join(case.name for case in every)}")
    return found


def _keep(told: dict[str, Any]) -> None:
    target = Path(BASE_DIR) / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _line(case: pages.Case) -> dict[str, Any]:
    return {
        "page": case.name,
        "x_floor": round(pages.median(case.ratios), 2),
        "goal": case.goal,
        "p50_ms": _ms(pages.median(case.seconds)),
        "p95_ms": _ms(pages.p95(case.seconds)),
        "sql": case.queries,
        "sql_goal": case.queries_goal,
        "sql_repeated": case.repeated,
        "kb": round(case.size / 1024, 1),
    }


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _imports() -> dict[str, Any]:
    content = imports.table_of(SCALE)
    pairs = [(imports.ours(content), imports.plain(content)) for _ in range(IMPORT_ROUNDS)]
    ratio = pages.median([ours / plain for ours, plain in pairs])
    rate = SCALE / pages.median([ours for ours, _plain in pairs])
    return {"rows": SCALE, "x_plain": round(ratio, 2), "goal": 5, "rows_per_second": round(rate)}


def _street() -> dict[str, Any]:
    some = Nomination.objects.select_related("account", "nominator").order_by("pk")[:COUNTED]
    with worker():
        seconds = [street.seconds_to_count(row) for row in some]
    return {"first_s": round(seconds[0], 2), "median_s": round(pages.median(seconds[1:]), 2), "goal_s": 2}


def _print(told: dict[str, Any]) -> None:
    lines = [
        f"scale {told['scale']} accounts, {told['rounds']} rounds, floor {told['floor_ms']['p50']} ms"
        f" (p95 {told['floor_ms']['p95']})",
        "",
        f"{'page':28} {'x F':>6} {'goal':>6} {'p50 ms':>8} {'p95 ms':>8} {'SQL':>4} {'goal':>5} {'dup':>4} {'KB':>7}",
    ]
    lines += [
        f"{p['page']:28} {p['x_floor']:6.2f} {p['goal']:6.1f} {p['p50_ms']:8.1f} {p['p95_ms']:8.1f}"
        f" {p['sql']:4} {p['sql_goal']:5} {p['sql_repeated']:4} {p['kb']:7.1f}"
        for p in told["pages"]
    ]
    if "match" in told:
        lines += _of_matching(told["match"], told["assignment"])
    if "rescoring" in told:
        lines += _of_contests(told["rescoring"], told["a_thousand"])
    if "points" in told:
        lines += _of_points(**told["points"])
    if not ONLY:
        lines += _rest(told["import"], told["street"])
    print("\n".join(lines))  # noqa: T201 - this is what the command is for


def _of_matching(match: dict[str, Any], made: dict[str, Any]) -> list[str]:
    return [
        "",
        f"SQL of a match: {match['match_ms']} ms = {match['x_floor']} x the best single statement"
        f" ({match['floor_ms']} ms; goal {match['goal']}); who is left out: {match['counts_ms']} ms",
        f"assignment of {made['requests']} requests over {made['accounts']} customers who may be asked:"
        f" {made['seconds']} s (goal {made['goal_seconds']} s), {made['mib']} MiB (goal {made['goal_mib']} MiB)",
    ]


def _of_contests(made: dict[str, Any], small: dict[str, Any]) -> list[str]:
    divided, tally = small["division"], small["tally"]
    return [
        "",
        f"results of {made['entries']} entries, {made['ballots']} ballots anew: {made['seconds']} s,"
        f" {made['cpu_seconds']} s of processors = {made['x_floor']} x the least ({made['floor_cpu_seconds']} s;"
        f" goal {made['goal']}), {made['x_floor_totals']} x one that reads the totals alone",
        f"1,000 entries x 120 judges: {divided['pairs']} pairs divided in {divided['seconds']} s,"
        f" {divided['cpu_seconds']} of processors (goal {divided['goal_seconds']} s);"
        f" results in {tally['seconds']} s, {tally['cpu_seconds']} of processors (goal {tally['goal_seconds']} s)",
    ]


def _of_points(
    booking: dict[str, Any], relay: dict[str, Any], trial: dict[str, Any], verify: dict[str, Any]
) -> list[str]:
    return [
        "",
        f"a booking with standings: {booking['x_bare_single']} x a bare insert alone, {booking['x_bare_set']} x by the"
        f" thousand ({booking['set_ms_each']} ms each; goal {booking['goal']})",
        f"events to fifty rules, five giving: {relay['events_per_second']} a second (goal {relay['goal']})",
        f"trial of 20 rules over {trial['events']} events: {trial['seconds']} s (goal {trial['goal_seconds']} s),"
        f" {trial['mib']} MiB (goal {trial['goal_mib']} MiB)",
        f"proof of {verify['postings']} postings: {verify['seconds']} s (goal {verify['goal_seconds']} s),"
        f" {verify['broken']} broken",
    ]


def _rest(done: dict[str, Any], way: dict[str, Any]) -> list[str]:
    return [
        "",
        f"import of {done['rows']} accounts: {done['x_plain']} x plain code (goal {done['goal']}),"
        f" {done['rows_per_second']} rows/s",
        f"event to ledger and standings: {way['median_s']} s (first {way['first_s']} s, goal {way['goal_s']} s)",
    ]


main()
