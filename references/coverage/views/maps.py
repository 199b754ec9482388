"""The map: seen, exported, its targets set, its trend; who could nominate in a cell."""

import csv
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from references.accounts.segment_names import Names
from references.accounts.segments import Dimension, read
from references.coverage import charts, services, words
from references.coverage.addresses import Shown, shown_by
from references.coverage.drawing import Drawer
from references.coverage.forms import LeastForm
from references.coverage.selectors import (
    HeatCell,
    HeatMap,
    Trend,
    chosen,
    freshness,
    nothing_known,
    values_of,
    who_could_nominate,
)
from references.coverage.selectors.unmet import unmet_by, unmet_in
from refprogram.governance.approvals import pickers
from refprogram.kernel.errors import DomainError
from refprogram.kernel.exports import BYTE_ORDER_MARK, safe
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

TARGET = "t:"


@require_safe
@permission_required("references.see_coverage")
def coverage(request: MemberRequest) -> HttpResponse:
    """Show the map of two dimensions, a third held at one value; as CSV too."""
    shown = shown_by(request.GET)
    heat = HeatMap(shown)
    if request.GET.get("format") == "csv":
        return _export(heat)
    may_edit = request.user.has_perm("references.run_coverage")
    editing = may_edit and shown.editing
    cell, drawer = chosen(shown), Drawer(shown, unmet_by(shown.rows, shown.cols, shown.held))
    context: dict[str, Any] = {
        "heat": heat,
        "shown": shown,
        "facts": words.map_facts(heat),
        "fresh": freshness(),
        "may_edit": may_edit,
        "editing": editing,
        "dimensions": Dimension.choices,
        "third": _third(shown, heat.names),
        "worst": [drawer.line(one) for one in heat.worst() if one.figures.missing],
        "met": [drawer.line(one) for one in heat.worst() if not one.figures.missing],
        "rows": [(row, [_drawn(one, drawer, editing=editing) for one in row.cells]) for row in heat.rows],
        "chosen": _panel(heat, cell) if cell else None,
        "export_url": f"{shown.url()}&format=csv",
        "trend_url": shown.url("references:coverage-trend"),
        "everything_url": shown.url(everything=True),
        "edit_url": shown.url(editing=True, at=""),
        "plain_url": shown.url(editing=False),
    }  # fmt: skip
    return render(request, "references/coverage/map.html", context)


def _drawn(cell: HeatCell, drawer: Drawer, *, editing: bool) -> dict[str, Any]:
    if not editing:
        return {"html": drawer.link(cell)}
    return {"cell": cell, "css": words.bucket_css(cell.figures)}


def _third(shown: Shown, names: Names) -> list[tuple[Dimension, bool, list[tuple[str, str, bool]]]]:
    """Return the dimensions that can be held at a value; the values of the one that is held."""
    free = [one for one in Dimension if one not in {shown.rows, shown.cols}]
    found = []
    for one in free:
        values: list[tuple[str, str, bool]] = []
        if one == shown.third:
            known = {*values_of(one), shown.value}
            values = [(value, names.of(one, value), value == shown.value) for value in names.sorted(one, known)]
        found.append((one, one == shown.third, values))
    return found


def _panel(heat: HeatMap, cell: dict[str, str]) -> dict[str, Any]:
    """Return what stands beside the map for the chosen cell."""
    figures = heat.figures(cell)
    word, tone = words.state_of(figures)
    shown = heat.shown
    pair = (shown.rows, shown.cols)
    past = Trend(pair).of(cell) if cell.keys() == {*pair} else []
    return {
        "cell": cell,
        "key": shown.at,
        "name": heat.names.cell(cell),
        "figures": figures,
        "word": word,
        "tone": tone,
        "facts": words.cell_facts(figures, unmet_in(cell)),
        "trend": [point.available for point in past],
        "trend_words": charts.cell_words(past),
        "accounts_url": f"{reverse('references:accounts')}?{_query(cell=shown.at, askable='yes')}",
        "all_url": f"{reverse('references:accounts')}?{_query(cell=shown.at)}",
        "people_url": f"{reverse('references:coverage-people')}?{_query(at=shown.at)}",
        "target_url": f"{reverse('references:recruiting-new')}?{_query(at=shown.at)}",
    }


def _query(**said: str) -> str:
    query = QueryDict(mutable=True)
    query.update(said)
    return query.urlencode()


def _export(heat: HeatMap) -> HttpResponse:
    """Return the map as CSV: a line per cell."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="coverage.csv"'
    answer.write(BYTE_ORDER_MARK)
    writer = csv.writer(answer)
    shown = heat.shown
    held = [] if shown.third is None else [shown.third]
    heads = [str(one.label) for one in (shown.rows, shown.cols, *held)]
    writer.writerow(
        [
            *heads,
            _("Available"),
            _("People"),
            _("Target"),
            _("Expected in 90 days"),
            _("Missing"),
            _("Not met in 90 days"),
            _("State"),
        ]
    )
    missed = unmet_by(shown.rows, shown.cols, shown.held)
    for (row, col), one in sorted(heat.found.items()):
        names = [heat.names.of(dimension, value) for dimension, value in heat.shown.cell(row, col).items()]
        figures: list[Any] = [one.available, one.contacts, one.target, round(one.demand, 2), one.missing]
        figures += [missed.get((row, col), 0), words.state_of(one)[0]]
        writer.writerow([safe(value) for value in (*names, *figures)])
    return answer


@require_POST
@permission_required("references.run_coverage")
def set_targets(request: MemberRequest) -> HttpResponse:
    """Keep the numbers typed into the map's cells; or at least so many in every cell shown."""
    shown = shown_by(request.GET)
    try:
        changed = _raised(request, shown) if "raise" in request.POST else _typed(request)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(shown.url(editing=True))
    messages.success(request, ngettext("%(n)d target changed.", "%(n)d targets changed.", changed) % {"n": changed})
    return redirect(shown.url(editing=False))


def _typed(request: MemberRequest) -> int:
    wanted = []
    for name, text in request.POST.items():
        cell = read(name.removeprefix(TARGET)) if name.startswith(TARGET) else None
        if cell is not None:
            wanted.append((cell, services.read_target(str(text))))
    return services.set_targets(wanted=wanted, actor=request.user)


def _raised(request: MemberRequest, shown: Shown) -> int:
    form = LeastForm(request.POST)
    if not form.is_valid():
        services.read_target("?")
    cells = [cell.cell for row in HeatMap(shown).rows for cell in row.cells]
    return services.raise_targets(cells=cells, least=form.cleaned_data["least"], actor=request.user)


@require_safe
@permission_required("references.see_coverage")
def people(request: MemberRequest) -> HttpResponse:
    """Show who could nominate in a cell; loaded after the page."""
    text = request.GET.get("at", "")
    cell = read(text)
    context = {
        "people": who_could_nominate(cell) if cell else [],
        "nobody": nothing_known(),
        "key": text,
        "may_ask": bool(cell) and request.user.has_perm("references.run_coverage"),
    }
    return render(request, "references/coverage/_people.html", context)


@require_safe
@permission_required("references.see_coverage")
def coverage_trend(request: MemberRequest) -> HttpResponse:
    """Show how the map changed: coverage in total, and the chosen cell."""
    shown = shown_by(request.GET)
    names = Names()
    pair = (shown.rows, shown.cols)
    past, cell = Trend(pair), chosen(shown)
    if cell is not None and cell.keys() != {*pair}:
        cell = None
    context = {
        "shown": shown,
        "dimensions": Dimension.choices,
        "total": charts.total(past.total()),
        "cell": charts.of_cell(names.cell(cell), past.of(cell)) if cell else None,
        "may_edit": request.user.has_perm("references.run_coverage"),
        "map_url": shown.url(),
    }
    return render(request, "references/coverage/trend.html", context)


@require_POST
@permission_required("references.run_coverage")
def recount(request: MemberRequest) -> HttpResponse:
    """Count what waits, and forecast anew."""
    services.catch_up()
    services.make_forecast()
    messages.success(request, _("The map is up to date."))
    return redirect(shown_by(request.GET).url())


@require_POST
@permission_required("references.run_coverage")
def snapshot(request: MemberRequest) -> HttpResponse:
    """Keep today's map."""
    services.take_snapshot()
    messages.success(request, _("Today’s map is kept."))
    return redirect(shown_by(request.GET).url("references:coverage-trend"))


@require_GET
@permission_required("references.see_recruiting")
def colleagues(request: MemberRequest) -> JsonResponse:
    """Answer a type-ahead: colleagues by name."""
    return JsonResponse(pickers.colleague_options(request.GET.get("q", "").replace("\x00", "")), safe=False)
