"""The map: weighing a request, what was asked, one of them and what is decided about it, the quarterly report."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.charter import policy
from refprogram.governance.charter.models import ScopeLine
from refprogram.governance.charter.selectors import lines_that_hold
from refprogram.governance.plotting import selectors, services, weighing
from refprogram.governance.plotting.enums import PLOT_MOVES, SAID_NO, Place, PlotState
from refprogram.governance.plotting.filters import PlottedFilter
from refprogram.governance.plotting.forms import DeclineForm, KeepForm, PlotForm, RedirectForm, SettleForm
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.governance.plotting.states import PLACES, STATES
from refprogram.governance.plotting.tables import PlottedTable
from refprogram.kernel import timeline
from refprogram.kernel.addresses import address
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.forms import FormPage, add_refusal
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.gates import permission_required

P = PlotState


# ---------------------------------------------------------------- weighing


@permission_required("governance.plot")
def plot(request: MemberRequest) -> HttpResponse:
    """Weigh what is asked for (GET, nothing is kept), or keep it on the map (POST)."""
    if request.method == "POST":
        return _keep(request)
    about = _about(request, request.GET.get("subject", ""))
    lines = lines_that_hold()
    given = {"q": about.text} if about and not request.GET.get("q") else {}
    asked = bool(request.GET.get("q") or about)
    form = PlotForm({**request.GET.dict(), **given} if asked else None, lines=lines)
    weighed = _weigh(request, form, about, lines) if asked and form.is_valid() else None
    return _show(request, form, weighed)


def _about(request: MemberRequest, subject: str) -> weighing.About | None:
    """What a room above says of the row in the address ("request:k3f…")."""
    kind, _sign, public_id = subject.partition(":")
    return weighing.about_from(kind, public_id, request.user) if public_id else None


def _weigh(
    request: MemberRequest, form: PlotForm, about: weighing.About | None, lines: Sequence[ScopeLine]
) -> weighing.Weighed:
    said = form.cleaned_data
    given = {"line_id": said["line"], "count": said["count"], "hours": said["hours"]}
    return weighing.weigh(said["q"], viewer=request.user, about=about, lines=lines, **given)


def _keep(request: MemberRequest) -> HttpResponse:
    about = _about(request, request.POST.get("subject", ""))
    lines = lines_that_hold()
    form = KeepForm(request.POST, lines=lines)
    if not form.is_valid():
        return _show(request, form, None, status=422)
    weighed = _weigh(request, form, about, lines)
    said = form.cleaned_data
    try:
        row = services.keep(weighed=weighed, by=request.user, asked_by=said["asked_by"], value=said["value"])
    except DomainError as error:
        add_refusal(form, error)
        return _show(request, form, weighed, status=422)
    messages.success(request, _t("It is on the map now."))
    return redirect(row.get_absolute_url())


def _show(request: MemberRequest, form: PlotForm, weighed: weighing.Weighed | None, status: int = 200) -> HttpResponse:
    days = weighed.cost / policy.now().day_hours if weighed else None
    context = {
        "form": form,
        "weighed": weighed,
        "pill": PLACES[weighed.place] if weighed else None,
        "days": days,
        "sees_all": request.user.has_perm("governance.see_plotted"),
        "query": {name: form.data.get(name, "") for name in ("q", "line", "count", "hours", "subject")},
    }
    return render(request, "governance/plotting/plot.html", context, status=status)


# ---------------------------------------------------------------- what was asked


class PlottedList(ListPage):
    """What was asked of the program, and what became of it: the ledger of what is out of scope among it."""

    page = "governance:plotted-list"
    title = _("What was asked of us")
    table_class = PlottedTable
    filterset_class = PlottedFilter
    default_sort = "-asked"
    permission = "governance.plot"
    primary_action = Action(_("Plot a request"), reverse_lazy("governance:plot"), "map", "governance.plot")
    views = (
        View("decide", _("To decide"), "state=plotted"),
        View("outside", _("Out of scope"), f"place={Place.OUTSIDE}&place={Place.OFF}"),
        View("elsewhere", _("Passed on"), "state=redirected&sort=due"),
        View("late", _("Late elsewhere"), "late=yes&sort=due"),
        View("taken", _("Taken on"), "state=taken"),
    )
    empty = Empty(
        _("Whatever somebody asks of the program: in or out of its charter, what it costs, who answers it."),
        title=_("Nothing was plotted yet"),
        icon="map",
    )

    def get_queryset(self) -> QuerySet[PlottedRequest]:
        """Return what the reader may see."""
        return selectors.visible_to(self.request.user)

    def search(self, queryset: QuerySet[PlottedRequest], words: list[str]) -> QuerySet[PlottedRequest]:
        """Find by what was asked, by whom, or by the line of the charter."""
        return selectors.search(queryset, words)


def found(request: HttpRequest, public_id: str) -> PlottedRequest:
    """Return the row, if the reader may see it."""
    rows = selectors.with_people(selectors.visible_to(request.user))  # type: ignore[arg-type]
    row: PlottedRequest = get_object_or_404(rows, public_id=public_id)
    return row


@require_safe
@login_required
def plotted(request: MemberRequest, public_id: str) -> HttpResponse:
    """One request: where the charter has it, what it costs and displaces, what became of it."""
    row = found(request, public_id)
    may_decide, next_states = request.user.has_perm("governance.decide_plotted"), PLOT_MOVES.get(row.state, ())
    context = {
        "row": row,
        "place": PLACES[Place(row.place)],
        "pill": STATES[PlotState(row.state)],
        "days": row.hours / policy.now().day_hours,
        "fallen": selectors.fallen(row),
        "may_take": may_decide and P.TAKEN in next_states,
        "may_redirect": may_decide and P.REDIRECTED in next_states,
        "may_decline": may_decide and P.DECLINED in next_states,
        "may_settle": P.SETTLED in next_states and request.user.has_perm("governance.settle_plotted", row),
        "entries": timeline.entries(timeline.of_subject("plottedrequest", row.pk)[: timeline.PAGE], request.user),
    }
    return render(request, "governance/plotting/plotted.html", context)


take = button(
    found,
    lambda request, row: services.take(row=row, by=request.user),
    _("Taken on: its hours count in the month now."),
    needs="governance.decide_plotted",
)


class PlottedPage(FormPage):
    """Base of forms about one request."""

    needs = "governance.decide_plotted"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide what the reader may not see; refuse what they may not do."""
        if request.user.is_authenticated and not request.user.has_perm(self.needs, self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> PlottedRequest:
        """The request of this address."""
        return found(self.request, self.kwargs["public_id"])

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """What was asked."""
        return [self.row.text]

    def get_cancel_url(self) -> str:
        """Back to the request."""
        return self.row.get_absolute_url()


class Redirect(PlottedPage):
    """Pass it on."""

    form_class = RedirectForm
    title = _("Pass it on")
    verb = _("Pass it on")

    def get_initial(self) -> dict[str, Any]:
        """Return whom and what the charter names."""
        line = self.row.line
        if line is None:
            return {}
        return {"to": line.redirect_to.public_id if line.redirect_to else "", "because": line.because}

    def save(self, form: RedirectForm) -> str:
        """Pass it on."""
        services.redirect(row=self.row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Passed on. They get a mail, and it is on their desk."))
        return self.row.get_absolute_url()


class Decline(PlottedPage):
    """Say no, because."""

    form_class = DeclineForm
    title = _("Say no, because")
    verb = _("Say no")

    def get_initial(self) -> dict[str, Any]:
        """Return what the charter says."""
        return {"because": self.row.line.because if self.row.line else ""}

    def save(self, form: DeclineForm) -> str:
        """Say it."""
        services.decline(row=self.row, by=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()


class Settle(PlottedPage):
    """Say what became of it."""

    form_class = SettleForm
    title = _("What came of it?")
    verb = _("Keep it")
    needs = "governance.settle_plotted"

    def save(self, form: SettleForm) -> str:
        """Keep it."""
        services.settle(row=self.row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Thank you: the program knows what came of it."))
        return self.row.get_absolute_url()


# ---------------------------------------------------------------- no, because


@require_safe
@permission_required("governance.see_plotted")
def no_because(request: MemberRequest) -> HttpResponse:
    """A quarter's report of what the program said no to, by reason, with what came of it."""
    asked, refusal = request.GET.get("quarter", ""), ""
    try:
        quarter = Quarter.named(asked) if asked else Quarter.now()
    except InvalidInput as error:
        quarter, refusal = Quarter.now(), error.message
    context = {
        "report": selectors.no_because(quarter),
        "quarter": quarter,
        "quarters": [quarter.before.before, quarter.before, quarter, quarter.after],
        "refusal": refusal,
        "states": STATES,
        "rows_url": _rows_of(quarter),
    }
    return render(request, "governance/plotting/no_because.html", context, status=422 if refusal else 200)


def _rows_of(quarter: Quarter) -> str:
    """The rows behind a quarter's report, as a list that can be exported."""
    words = [("state", state.value) for state in SAID_NO]
    words += [("decided_after", quarter.starts_on.isoformat()), ("decided_before", quarter.ends_on.isoformat())]
    return f"{address('governance:plotted-list')}?{urlencode(words)}"
