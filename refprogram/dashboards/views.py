"""The roof's pages: my desk, search, the executive page, the counters beside the navigation."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from references.accounts.models import Opportunity
from references.requests import selectors as requests
from refprogram.dashboards import boards, charts, desk, evidence, figures, kept_counts, needs, search, services
from refprogram.dashboards.choosing import Board, day_in
from refprogram.dashboards.filters import InfluencedFilter
from refprogram.dashboards.forms import TargetsForm
from refprogram.dashboards.history import Quarter
from refprogram.dashboards.metrics import kept, shown
from refprogram.dashboards.metrics.registry import EIGHT
from refprogram.dashboards.quarter import lines_for
from refprogram.dashboards.tables import InfluencedTable
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Empty, ListPage
from refprogram.kernel.replica import from_replica
from refprogram.kernel.templatetags import rp
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

EARLIEST = 2000


@login_required
@require_GET
def my_desk(request: MemberRequest) -> HttpResponse:
    """`/`: what needs me, and how I stand."""
    return render(request, "dashboards/desk.html", {"desk": desk.desk_of(request.user)})


@login_required
@require_GET
def nav_counts(request: MemberRequest) -> HttpResponse:
    """`/nav/counts/`: the numbers beside the navigation, as out-of-band pieces for htmx."""
    found = kept_counts.kept_or(request.user, desk.counts)
    pieces = format_html_join(
        "",
        '<span class="n{}" id="nav-n-{}" hx-swap-oob="true">{}</span>',
        ((" hot" if name == "desk" and n else "", name, rp.number(n) if n else "") for name, n in found.items()),
    )
    return HttpResponse(pieces)


@login_required
@require_GET
def find(request: MemberRequest) -> HttpResponse:
    """`/search/?q=`: a page with everything found; for htmx the few best below the search field."""
    words = request.GET.get("q", "")
    if request.htmx and not request.htmx.boosted:
        groups = search.search(request.user, words)
        all_url = f"{request.path}?{request.GET.urlencode()}" if groups else ""
        return render(request, "components/search_hits.html", {"groups": groups, "q": words, "all_url": all_url})
    groups = search.search(request.user, words, limit=search.MANY)
    return render(request, "dashboards/search.html", {"groups": groups, "q": words})


@permission_required("dashboards.view")
@require_GET
def executive(request: MemberRequest) -> HttpResponse:
    """`/dashboards/?on=`: what we need from you, the eight numbers, this quarter as far as the reader sees its rows."""
    board = Board(request, "dashboards:executive")
    dialog = board.part()
    if dialog is not None:
        return dialog
    with from_replica() as read_at:
        goals, lines = figures.targets_for(request.user), lines_for(request.user)
        as_of = lines.counted_at or read_at
        context: dict[str, Any] = {
            "as_of": as_of,
            "board": board,
            "quarter": Quarter.now(),
            "counted_words": quarter_words(as_of),
            "stats": figures.stats(request.user, goals=goals, lines=lines.series),
            "stages": charts.stages(request.user),
            "charts": charts.charts(),
            "tabs": boards.tabs_for(request.user, "dashboards:executive"),
        }
        if request.user.has_perm("dashboards.see_metrics"):
            context |= _eight(request, board.on, goals)
    return render(request, "dashboards/executive.html", context)


def _eight(request: MemberRequest, on: dt.date | None, goals: Mapping[str, Decimal]) -> dict[str, Any]:
    """Return the eight as they stand, or as of the month that the address names."""
    counted = kept.counted(on=on, metrics=EIGHT)
    goals = figures.targets(Quarter.of(on)) if on else goals
    lines = tuple(evidence.growth_by_score(counted.counting))
    past = counted.counting if on else None
    return {
        "eight": shown.tiles(request.user, counted, EIGHT, goals),
        "counted_words": shown.as_of_words(counted.counting),
        "paper_of": past.public_id if past else "",
        "needs": needs.needs_of(request.user, goals),
        "evidence": lines,
        "evidence_words": evidence.words(lines),
    }


def quarter_words(as_of: dt.datetime | None) -> str:
    """Say which quarter is shown, and as of when."""
    quarter = Quarter.now()
    words: dict[str, Any] = {"n": quarter.number, "year": quarter.starts_on.year}
    if as_of is None:
        return gettext("Quarter %(n)s of %(year)s, as of now; the line shows the last five quarters") % words
    words["time"] = time_format(timezone.localtime(as_of))
    return gettext("Quarter %(n)s of %(year)s, as of %(time)s; the line shows the last five quarters") % words


class Targets(FormPage):
    """`/dashboards/targets/?on=2026-10-01`: what each figure should reach in one quarter."""

    form_class = TargetsForm
    verb = _("Set targets")
    permission = "dashboards.set_targets"
    template_name = "dashboards/targets.html"

    @cached_property
    def quarter(self) -> Quarter:
        """The quarter asked for, else the present one."""
        day = day_in(self.request.GET.get("on", ""))
        if day is None:
            return Quarter.now()
        return Quarter.of(day) if EARLIEST <= day.year <= Quarter.now().starts_on.year + 1 else Quarter.now()

    def get_title(self) -> str:
        """Name the quarter."""
        return gettext("Targets, quarter %(n)d of %(year)d") % {
            "n": self.quarter.number,
            "year": self.quarter.starts_on.year,
        }

    def get_cancel_url(self) -> str:
        """Go back to the figures."""
        return reverse("dashboards:executive")

    def get_initial(self) -> dict[str, Any]:
        """Start from what is set."""
        return dict(figures.targets(self.quarter))

    def get_context(self, form: Any) -> dict[str, Any]:
        """Offer the quarters beside it."""
        after = self.quarter.after
        return {
            "quarter": self.quarter,
            "later": after if after.starts_on.year <= Quarter.now().starts_on.year + 1 else None,
        }

    def save(self, form: TargetsForm) -> str:
        """Keep them."""
        changed = services.set_targets(
            actor=self.request.user, starts_on=self.quarter.starts_on, values=form.cleaned_data
        )
        words = ngettext("%(n)d target changed.", "%(n)d targets changed.", len(changed)) % {"n": len(changed)}
        messages.success(self.request, words)
        return reverse("dashboards:executive")


class Influenced(ListPage):
    """`/dashboards/influenced/`: the deals behind the two influence figures."""

    page = "dashboards:influenced"
    title = _("Deals with a reference")
    table_class = InfluencedTable
    filterset_class = InfluencedFilter
    search_fields = ("account__name", "name", "external_ref")
    default_sort = "-amount"
    permission = "dashboards.view"
    empty = Empty(_("Deals for which a customer spoke will be listed here."))

    def get_queryset(self) -> QuerySet[Opportunity]:
        """Return the influenced deals that this person may see."""
        return requests.influenced_opportunities(self.request.user)

    def get_facts(self) -> str:
        """Say what counts."""
        of = {"yes": "influenced_pipeline", "no": "influenced_revenue"}
        return str(requests.DEFINITIONS[of.get(self.request.GET.get("open", ""), "influenced_deals")])
