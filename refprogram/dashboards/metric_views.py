"""`/dashboards/metrics/…`, `/dashboards/readings/`, `/dashboards/deals/`: what a metric means, was, and is made of."""

from itertools import pairwise
from typing import Any, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from references.accounts.models import Opportunity
from refprogram.dashboards import boards, figures, targets
from refprogram.dashboards.filters import ClosedDealFilter, ReadingFilter
from refprogram.dashboards.metrics import kept, matching, rows, shown
from refprogram.dashboards.metrics.dictionary import Group, Metric
from refprogram.dashboards.metrics.pool import TIRED
from refprogram.dashboards.metrics.registry import EIGHT, METRICS
from refprogram.dashboards.models import Reading
from refprogram.dashboards.tables import ClosedDealTable, ReadingTable
from refprogram.kernel import jobs
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

SIZES: Final = {
    "10k": _("up to 10,000"),
    "50k": _("up to 50,000"),
    "250k": _("up to 250,000"),
    "more": _("above 250,000"),
}
KINDS: Final = {"new": _("new customer"), "expansion": _("expansion")}


@permission_required("dashboards.see_metrics")
@require_GET
def dictionary(request: MemberRequest) -> HttpResponse:
    """`/dashboards/metrics/`: every metric with its value, formula, source and owner."""
    counted = kept.counted(metrics=())
    groups = [
        (group.label, [_line(metric, counted.reading(key)) for key, metric in METRICS.items() if metric.group == group])
        for group in Group
    ]
    context = {
        "tabs": boards.tabs_for(request.user, "dashboards:dictionary"),
        "as_of": shown.as_of_words(counted.counting),
        "groups": groups,
        "number": len(METRICS),
        "may_count": request.user.has_perm("dashboards.keep_figures"),
    }
    return render(request, "dashboards/metrics.html", context)


def _line(metric: Metric, reading: kept.Said | None) -> dict[str, Any]:
    return {
        "metric": metric,
        "value": metric.words(reading.value) if reading and reading.value is not None else "",
        "note": shown.note_of(metric, reading),
        "one_of_eight": metric.key in EIGHT,
    }


@permission_required("dashboards.see_metrics")
@require_GET
def metric(request: MemberRequest, key: str) -> HttpResponse:
    """`/dashboards/metrics/<key>/`: one metric: value, line, formula, worked example, rows, targets, strata."""
    one = METRICS.get(key)
    if one is None:
        raise Http404
    counted = kept.counted(metrics=[key])
    goals = figures.targets_for(request.user) if key in EIGHT else {}
    facts = kept.facts_of(counted.counting, key) if counted.counting else {}
    stat = shown.tiles(request.user, counted, [key], goals)[0]
    context = {
        "metric": one,
        "stat": stat,
        "words": " · ".join(part for part in (stat.target, stat.note) if part),
        "as_of": shown.as_of_words(counted.counting),
        "chart": _chart(one, counted, goals.get(key)),
        "spread": _spread(facts) if key == "fatigue" and facts else None,
        "facts": _facts(one),
        "strata": _strata(facts) if key == "matched_lift" and facts else None,
        "targets": targets.history_of(key),
        "one_of_eight": key in EIGHT,
        "history_url": f"{reverse('dashboards:readings')}?metric={key}&sort=-day",
    }
    return render(request, "dashboards/metric.html", context)


def _facts(one: Metric) -> list[tuple[str, Any]]:
    return [
        (gettext("Formula"), one.text),
        (gettext("Worked example"), one.example.words),
        (gettext("Source"), one.source),
        (gettext("Who answers for it"), one.owner),
        (gettext("How fresh"), one.fresh.label),
        (gettext("Past months"), _past(one)),
        (gettext("In the code"), one.code),
    ]


def _past(one: Metric) -> str:
    if one.past:
        return gettext(
            "Kept on the last evening of each month; earlier ones were counted afterwards from what rows say"
        )
    return gettext("Kept on the last evening of each month; nobody can count it afterwards")


def _chart(one: Metric, counted: kept.Counted, target: Any) -> dict[str, Any] | None:
    told = counted.trend(one.key)
    if sum(1 for _day, value in told if value is not None) < 2:
        return None
    heads = [(gettext("Month"), ""), (str(one.name), "")]
    heads += [(gettext("Target"), "target")] if target is not None else []
    more = [float(target)] if target is not None else []
    lines = [[date_format(day, "M Y"), None if value is None else round(float(value), 2), *more] for day, value in told]
    return {"kind": "line", "title": gettext("Month by month"), "heads": heads, "rows": lines}


def _spread(facts: dict[str, Any]) -> dict[str, Any]:
    """Return how many people are how tired."""
    above = [facts["contacts"], *(facts[f"from_{least}"] for least in TIRED)]
    names = [gettext("below %(n)d") % {"n": TIRED[0]}]
    names += [
        gettext("%(least)d to %(most)d") % {"least": least, "most": following - 1}
        for least, following in pairwise(TIRED)
    ]
    names.append(gettext("%(n)d: all that they can bear") % {"n": TIRED[-1]})
    numbers = [this - more for this, more in pairwise([*above, 0])]
    heads = [(gettext("Fatigue index"), ""), (gettext("People"), "")]
    rows = [list(line) for line in zip(names, numbers, strict=True)]
    return {"kind": "bar", "title": gettext("How many are how tired"), "heads": heads, "rows": rows}


def _strata(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the strata as a table, those that count first, and what was dropped."""
    every = matching.strata_in(facts)
    lines = [
        {
            "name": _stratum_words(one.name),
            "with": f"{one.with_won} / {one.with_all}",
            "without": f"{one.without_won} / {one.without_all}",
            "matched": one.matched,
        }
        for one in sorted(every, key=lambda one: (not one.matched, -one.with_all, one.name))
    ]
    return {"lines": lines, "dropped": matching.dropped_in(every), "least": matching.LEAST_WITH}


def _stratum_words(name: tuple[str, ...]) -> str:
    stage, size, company, kind = name
    unknown = gettext("not known")
    return ", ".join(
        [
            gettext("stage %(word)s") % {"word": stage or unknown},
            str(SIZES.get(size, unknown)),
            gettext("%(band)s people") % {"band": company} if company else gettext("size not known"),
            str(KINDS.get(kind, unknown)),
        ]
    )


@permission_required("dashboards.keep_figures")
@require_POST
def count_now(request: MemberRequest) -> HttpResponse:
    """Count all metrics now, as a job."""
    job = jobs.start(kind="count_metrics", params={}, user=request.user)
    messages.success(request, gettext("It is being counted."))
    return redirect("kernel:job", job.public_id)


class Readings(ListPage):
    """`/dashboards/readings/`: every figure of every counting, as rows."""

    page = "dashboards:readings"
    title = _("Figures over time")
    table_class = ReadingTable
    filterset_class = ReadingFilter
    default_sort = "-day"
    search_fields = ()
    permission = "dashboards.see_metrics"
    views = (View("now", _("As it stands"), "kind=live&sort=metric"), View("months", _("By month"), "kind=month"))
    actions = (Action(_("What they mean"), "/dashboards/metrics/", icon="book"),)
    empty = Empty(_("Figures are counted every hour, and kept each month."))

    def get_queryset(self) -> QuerySet[Reading]:
        """Return what was counted."""
        return kept.readings()

    def search(self, queryset: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
        """Find metrics by their names."""
        names = {key: str(one.name).casefold() for key, one in METRICS.items()}
        told = [word.casefold() for word in words]
        return queryset.filter(metric__in=[key for key, name in names.items() if all(word in name for word in told)])


class ClosedDeals(ListPage):
    """`/dashboards/deals/`: the deals that closed, with a reference or without: what win rates are made of."""

    page = "dashboards:deals"
    title = _("Deals that closed")
    table_class = ClosedDealTable
    filterset_class = ClosedDealFilter
    search_fields = ("account__name", "name", "external_ref")
    default_sort = "-closes"
    permission = "dashboards.see_metrics"
    views = (
        View("with", _("With a reference"), "reference=yes"),
        View("without", _("Without one"), "reference=no"),
    )
    empty = Empty(_("Deals that were won or lost will be listed here."))

    def get_queryset(self) -> QuerySet[Opportunity]:
        """Return closed deals."""
        return rows.closed_deals()
