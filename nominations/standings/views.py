"""The standings page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from nominations import periods
from nominations.rules import has_overview
from nominations.standings import leagues
from nominations.standings.enums import By
from nominations.standings.lines import Standing, Standings, passing_words
from nominations.standings.ranking import standings
from nominations.standings.rows import Drawn, drawn_rows
from refprogram.kernel.addresses import address
from refprogram.kernel.enums import Period
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

TITLES = {By.REP: gettext_lazy("People"), By.TEAM: gettext_lazy("Teams"), By.REGION: gettext_lazy("Regions")}


@require_safe
@permission_required("nominations.standings")
def standings_page(request: MemberRequest) -> HttpResponse:
    """Show who enrolled how many references in a period."""
    by, span, league = _asked(request)
    table = standings(by, span.period, span.starts_on, viewer=request.user, league=league)
    here = periods.current(span.period)
    context: dict[str, Any] = {
        "table": table,
        "rows": drawn_rows(
            _drawn(table, request.user),
            leader=table.lines[0].enrolled if table.lines else 0,
            heads=by != By.REP,
        ),
        "mine_words": passing_words(table.mine) if table.mine else "",
        "tabs": [{"name": title, "url": _url(kind, span), "current": kind == by} for kind, title in TITLES.items()],
        "leagues": _leagues(request.user, by, span, league),
        "periods": [
            {"name": Period(kind).label, "url": _url(by, _like(span, kind), league), "current": kind == span.period}
            for kind in Period
        ],
        "before_url": _url(by, span.before, league),
        "after_url": _url(by, span.after, league) if span.starts_on < here.starts_on else "",
        "is_now": span == here,
        "late": any(line.late for line in table.lines),
    }
    return render(request, "nominations/standings.html", context)


def _asked(request: MemberRequest) -> tuple[By, periods.Span, str]:
    """Return what the address asks for; what makes no sense is said, and the present quarter is shown."""
    code, kind = request.GET.get("period", ""), request.GET.get("by", By.REP)
    span = periods.current()
    try:
        span = periods.parse(code) if code else span
    except InvalidInput as error:
        messages.warning(request, error.message)
    by = By(kind) if kind in set(By) else By.REP
    league = request.GET.get("league", "")
    known = by == By.REP and leagues.is_known(league)
    return by, span, league if known else ""


def _leagues(reader: Any, by: By, span: periods.Span, league: str) -> list[dict[str, Any]]:
    if by != By.REP:
        return []
    return [
        {"name": name, "url": _url(by, span, key), "current": key == league}
        for key, name in leagues.choices_for(reader, league)
    ]


def _like(span: periods.Span, kind: Period) -> periods.Span:
    """Return the span of another kind around the one shown: the present one, as long as that lies in it."""
    here = periods.current(kind)
    inside = span.starts_on <= here.starts_on <= span.ends_on or here.starts_on <= span.starts_on <= here.ends_on
    return here if inside else periods.around(span.starts_on, kind)


def _url(by: By, span: periods.Span, league: str = "") -> str:
    asked = {"by": by.value, "period": span.code} | ({"league": league} if league else {})
    return f"{address('nominations:standings')}?{urlencode(asked)}"


def _drawn(table: Standings, viewer: Any) -> list[Drawn]:
    """Return the first lines, and those around the reader where they stand further down."""
    first = {line.key for line in table.lines}
    below = [line for line in table.around if line.key not in first]
    rows_url = _rows_url(table, viewer)
    return [
        (line, _movement(line), rows_url(line), bool(below) and line is below[0]) for line in (*table.lines, *below)
    ]


def _movement(line: Standing) -> tuple[str, bool | None]:
    """Return the change of rank in words, and whether it is a good one."""
    change = line.rank_change
    if not line.enrolled:
        return "", None
    if change is None:
        return _("new"), None
    if change == 0:
        return _("as before"), None
    return (_("up %(n)d") if change > 0 else _("down %(n)d")) % {"n": abs(change)}, change > 0


def _rows_url(table: Standings, viewer: Any) -> Callable[[Standing], str]:
    """Return what leads to the nominations behind a figure, for those who see them all."""
    days = {"enrolled_after": table.span.starts_on.isoformat(), "enrolled_before": table.span.ends_on.isoformat()}
    who = {By.REP: "nominator", By.TEAM: "team", By.REGION: "region"}[table.by]
    before, after = f"{address('nominations:list')}?{who}=", f"&{urlencode(days)}"
    sees = has_overview(viewer)
    return lambda line: f"{before}{line.public_id}{after}" if sees and line.enrolled else ""
