"""The roof's pages: my desk, search, the executive page, the counters beside the navigation."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from references.accounts.models import Opportunity
from references.requests import selectors as requests
from refprogram.dashboards import desk, figures, search
from refprogram.dashboards.filters import InfluencedFilter
from refprogram.dashboards.tables import InfluencedTable
from refprogram.kernel.lists import Empty, ListPage
from refprogram.kernel.templatetags import rp
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required


@login_required
@require_GET
def my_desk(request: MemberRequest) -> HttpResponse:
    """`/`: what needs me, and how I stand."""
    return render(request, "dashboards/desk.html", {"desk": desk.desk_of(request.user)})


@login_required
@require_GET
def nav_counts(request: MemberRequest) -> HttpResponse:
    """`/nav/counts/`: the numbers beside the navigation, as out-of-band pieces for htmx."""
    found = desk.counts(request.user)
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
    """`/dashboards/`: the program in eight numbers, each with its definition and its rows."""
    context = {"stats": figures.stats(request.user), "stages": figures.stages(request.user), "charts": figures.charts()}
    return render(request, "dashboards/executive.html", context)


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
        is_won = self.request.GET.get("open") == "no"
        return str(requests.DEFINITIONS["influenced_revenue" if is_won else "influenced_pipeline"])
