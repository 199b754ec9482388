"""The standings page."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from nominations import periods
from nominations.rules import has_overview
from nominations.standings.ranking import By, Standing, Standings, passing_words, standings
from refprogram.kernel.enums import Period
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

TITLES = {By.REP: gettext_lazy("People"), By.TEAM: gettext_lazy("Teams"), By.REGION: gettext_lazy("Regions")}


@require_GET
@permission_required("nominations.standings")
def standings_page(request: MemberRequest) -> HttpResponse:
    """Show who enrolled how many references in a period."""
    by, span = _asked(request)
    table = standings(by, span.period, span.starts_on, viewer=request.user)
    here = periods.current(span.period)
    context: dict[str, Any] = {
        "table": table,
        "lines": [(line, _movement(line, table), _rows_url(line, table, request.user)) for line in table.lines],
        "leader": table.lines[0].enrolled if table.lines else 0,
        "mine_words": passing_words(table.mine) if table.mine else "",
        "tabs": [{"name": title, "url": _url(kind, span), "current": kind == by} for kind, title in TITLES.items()],
        "periods": [
            {"name": Period(kind).label, "url": _url(by, _like(span, kind)), "current": kind == span.period}
            for kind in Period
        ],
        "before_url": _url(by, span.before),
        "after_url": _url(by, span.after) if span.starts_on < here.starts_on else "",
        "is_now": span == here,
    }
    return render(request, "nominations/standings.html", context)


def _asked(request: MemberRequest) -> tuple[By, periods.Span]:
    """Return what the address asks for; what makes no sense is said, and the present quarter is shown."""
    code, kind = request.GET.get("period", ""), request.GET.get("by", By.REP)
    span = periods.current()
    try:
        span = periods.parse(code) if code else span
    except InvalidInput as error:
        messages.warning(request, error.message)
    return By(kind) if kind in set(By) else By.REP, span


def _like(span: periods.Span, kind: Period) -> periods.Span:
    """Return the span of another kind around the one shown: the present one, as long as that lies in it."""
    here = periods.current(kind)
    inside = span.starts_on <= here.starts_on <= span.ends_on or here.starts_on <= span.starts_on <= here.ends_on
    return here if inside else periods.around(span.starts_on, kind)


def _url(by: By, span: periods.Span) -> str:
    return f"{reverse('nominations:standings')}?{urlencode({'by': by.value, 'period': span.code})}"


def _movement(line: Standing, table: Standings) -> tuple[str, bool | None]:
    """Return the change of rank in words, and whether it is a good one."""
    change = line.rank_change
    if not line.enrolled:
        return "", None
    if change is None:
        return _("new"), None
    if change == 0:
        return _("as before"), None
    return (_("up %(n)d") if change > 0 else _("down %(n)d")) % {"n": abs(change)}, change > 0


def _rows_url(line: Standing, table: Standings, viewer: Any) -> str:
    """Return the list of nominations behind a figure, for those who see them all."""
    if not line.enrolled or not has_overview(viewer):
        return ""
    days = {"enrolled_after": table.span.starts_on.isoformat(), "enrolled_before": table.span.ends_on.isoformat()}
    who = {By.REP: "nominator", By.TEAM: "team", By.REGION: "region"}[table.by]
    return f"{reverse('nominations:list')}?{urlencode({who: line.public_id, **days})}"
