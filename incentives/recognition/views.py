"""My points and the leaderboard."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from incentives.ledger.selectors import Statement, balance_of
from incentives.recognition import drawing, standings
from incentives.rulebook.capped import unpaid
from incentives.rulebook.periods import Span
from incentives.rulebook.selectors import live_sentences
from incentives.rulebook.statements import explained, waiting_for
from refprogram.kernel.enums import Period
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest

LINES = 50
PERIODS = (
    (Period.WEEK, _("Week")),
    (Period.MONTH, _("Month")),
    (Period.QUARTER, _("Quarter")),
    (Period.YEAR, _("Year")),
)
BY = (("person", _("People")), ("team", _("Teams")), ("region", _("Regions")))


@login_required
@permission_required("incentives.view_rewards", raise_exception=True)
@require_GET
def rewards(request: MemberRequest) -> HttpResponse:
    """My balance and my statement: each line with its reason."""
    person = request.user.person
    page = Paginator(Statement(person), LINES).get_page(request.GET.get("page"))
    shown = {
        "balance": balance_of(person),
        "position": standings.points_to_next(request.user),
        "lines": drawing.statement(explained(list(page.object_list), request.user)),
        "page": page,
        "unpaid": [] if page.has_previous() else unpaid(request.user),
        "waiting": [] if page.has_previous() else waiting_for(request.user),
        "ways": live_sentences(),
    }
    return render(request, "incentives/rewards.html", shown)


@login_required
@permission_required("incentives.view_rewards", raise_exception=True)
@require_GET
def leaderboard(request: MemberRequest) -> HttpResponse:
    """Who got most points: `?period=week|month|quarter|year&by=person|team|region&on=<a day in it>`."""
    span = _asked(request)
    by = request.GET.get("by", "")
    by = by if by in dict(BY) else "person"
    cut: dict[str, Any] = {"by": by, "period": span.period.value, "starts_on": span.starts_on}
    position, total = standings.position(**cut, viewer=request.user)
    shown = {
        "span": span,
        "by": by,
        "places": drawing.ranking(standings.leaderboard(**cut, viewer=request.user), by=by),
        "position": position,
        "of": standings.population(**cut),
        "total": total,
        "by_views": [{"name": name, "url": _url(key, span), "current": key == by, "count": None} for key, name in BY],
        "period_views": [(name, _url(by, Span.of_today(period)), period == span.period) for period, name in PERIODS],
        "earlier": _url(by, span.before),
        "later": _url(by, span.after) if span.after else "",
        "ways": live_sentences(),
    }
    return render(request, "incentives/leaderboard.html", shown)


def _asked(request: MemberRequest) -> Span:
    """Return the period that the address asks for; what makes no sense is said, and the present quarter is shown."""
    try:
        return Span.of(request.GET)
    except InvalidInput as error:
        messages.warning(request, error.message)
        return Span.of_today(Period.QUARTER)


def _url(by: str, span: Span) -> str:
    """Return the page's address for another cut; the present period needs no date."""
    state = {"by": by, "period": span.period.value}
    return "?" + urlencode(state if span.is_now else {**state, "on": span.starts_on.isoformat()})
