"""The board's paper: the eight numbers, what they mean and all others behind them, typeset from one counting.

What the paper says is fixed when its job runs (`result["facts"]`): drawn again it is the same, whatever was counted
since. Figures are those of the whole program, and only who sees it may order one.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from refprogram.dashboards import evidence, figures
from refprogram.dashboards.figures import Stat
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics import kept, shown
from refprogram.dashboards.metrics.dictionary import Group
from refprogram.dashboards.metrics.registry import EIGHT, METRICS
from refprogram.dashboards.models import Counting
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Job
from refprogram.kernel.templatetags import rp
from refprogram.kernel.typesetting import typeset

KEPT: Final = 24 * 3600


def run_job(job: Job, progress: Callable[[int, int, str], None]) -> dict[str, Any]:
    """Gather what the paper says, draw it once, and say where it is."""
    wanted = job.params.get("of")
    found = kept.kept_countings().filter(public_id=wanted).first() if wanted else kept.newest()
    if found is None:
        raise DomainError(_("Nothing was counted yet. It happens every hour."))
    progress(0, 2, _("Gathering the figures"))
    facts = facts_of(found, job.created_by)
    progress(1, 2, _("Typesetting"))
    drawn(facts)
    name = f"board-{found.as_of.isoformat()}.pdf"
    return {"url": reverse("dashboards:paper", args=[job.public_id]), "facts": facts, "name": name}


def drawn(facts: Mapping[str, Any]) -> bytes:
    """Return the paper of these facts: one that was drawn lately, or a new one."""
    said = json.dumps(facts, sort_keys=True).encode()
    key = f"drawn:board_paper:{hashlib.sha256(said).hexdigest()}"
    found: bytes | None = cache.get(key)
    if found is None:
        found = typeset("board_paper", facts)
        cache.set(key, found, KEPT)
    return found


def facts_of(counting: Counting, user: Any) -> dict[str, Any]:
    """Return what the paper says: the eight with change, target and line, all others by group, and the evidence."""
    counted = kept.counted_in(counting)
    goals = figures.targets(Quarter.of(counting.as_of))
    lines = evidence.growth_by_score(counting)
    return {
        "lang": get_language() or "en",
        "kicker": settings.ORGANISATION_NAME or settings.PROGRAM_NAME,
        "head": _("The program in eight numbers"),
        "lead": _as_of(counting),
        "foot": _("Made of figures counted on %(day)s. Each number’s formula stands in the program.")
        % {"day": date_format(counting.counted_at, "j F Y")},
        "tiles": [_tile(stat) for stat in shown.tiles(user, counted, EIGHT, goals)],
        "formulas": {
            "title": _("How they are counted"),
            "lines": [[str(METRICS[key].name), str(METRICS[key].text)] for key in EIGHT],
        },
        "groups": [_group(counted, group) for group in Group],
        "evidence": {
            "title": _("What customers think of us, and what they bought"),
            "words": evidence.words(lines),
            "heads": [_("Accounts"), _("Number"), _("Bought, a year"), _("The year before"), _("Growth")],
            "lines": [
                [one.name, rp.number(one.accounts), rp.money_short(one.now), rp.money_short(one.before), one.growth]
                for one in lines
            ],
        },
    }


def _as_of(counting: Counting) -> str:
    day = date_format(counting.as_of, "j F Y")
    if counting.afterwards:
        return _("As of %(day)s, counted afterwards from what rows still say") % {"day": day}
    return _("As of %(day)s") % {"day": day}


def _tile(stat: Stat) -> dict[str, Any]:
    known = [value for value in stat.trend if value is not None]
    least, most = (min(known), max(known)) if known else (0.0, 0.0)
    return {
        "name": stat.name,
        "value": stat.value,
        "change": stat.change,
        "good": stat.good,
        "target": stat.target,
        "note": stat.note,
        # Heights of the bars, 0 to 1; nothing for months that nobody kept.
        "line": [None if one is None else round((one - least) / (most - least), 3) if most > least else 0.5
                 for one in stat.trend],
    }  # fmt: skip


def _group(counted: kept.Counted, group: Group) -> dict[str, Any]:
    lines = []
    for key, metric in METRICS.items():
        if metric.group == group and key not in EIGHT:
            reading = counted.reading(key)
            value = metric.words(reading.value) if reading and reading.value is not None else "–"
            lines.append([str(metric.name), value, shown.note_of(metric, reading)])
    return {"title": str(group.label), "lines": lines}
