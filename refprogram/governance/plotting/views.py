"""The map: weighing a request, what was asked, one of them and what is decided about it, the quarterly report."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
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
from refprogram.governance.plotting.forms import DeclineForm, PlotForm, RedirectForm, SettleForm
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.governance.plotting.states import PLACES, STATES
from refprogram.governance.plotting.tables import PlottedTable
from refprogram.kernel import timeline
from refprogram.kernel.addresses import address
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.kernel.tables import Columns
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.gates import permission_required
from refprogram.people.row_forms import RowForm

P = PlotState
WEIGHED_BY = ("q", "line", "count", "hours")


# ---------------------------------------------------------------- weighing


class Plot(FormPage):
    """Weigh what is asked for (GET, nothing is kept), or keep it on the map (POST). Works without scripts."""

    form_class = PlotForm
    permission = "governance.plot"
    template_name = "governance/plotting/plot.html"

    @cached_property
    def lines(self) -> list[ScopeLine]:
        """The scope that holds."""
        return lines_that_hold()

    @cached_property
    def about(self) -> weighing.About | None:
        """What a room above says of the row in the address ("request:k3f…")."""
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        kind, _sign, public_id = sent.get("subject", "").partition(":")
        return weighing.about_from(kind, public_id, self.request.user) if public_id else None

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the lines that can be chosen."""
        return {"lines": self.lines}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Weigh what the address asks about, and say what of it is wrong; without anything, show the empty form."""
        said = {name: value for name, value in request.GET.dict().items() if value}
        asked = any(name in request.GET for name in WEIGHED_BY) or self.about is not None
        if self.about:
            said = {"q": self.about.text, "asked_by": self.about.asked_by} | said
        form = self.build(said if asked else None)
        return self.show(form, status=422 if set(form.errors) & set(WEIGHED_BY) else 200)

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return where it lies, as far as what was typed says what is asked for."""
        weighed = self._weigh(form) if form.is_bound and not set(form.errors) & set(WEIGHED_BY) else None
        return {
            "weighed": weighed,
            "pill": PLACES[weighed.place] if weighed else None,
            "days": weighed.cost / policy.now().day_hours if weighed else None,
            "sees_all": self.request.user.has_perm("governance.see_plotted"),
            "query": {name: form.data.get(name, "") for name in (*WEIGHED_BY, "subject")},
        }

    def _weigh(self, form: Any) -> weighing.Weighed:
        said = form.cleaned_data
        given = {"line_id": said["line"], "count": said["count"], "hours": said["hours"]}
        return weighing.weigh(said["q"], viewer=self.request.user, about=self.about, lines=self.lines, **given)

    def save(self, form: PlotForm) -> str:
        """Keep it as it stands on the map now."""
        said, weighed = form.cleaned_data, self._weigh(form)
        row = services.keep(weighed=weighed, by=self.request.user, asked_by=said["asked_by"], value=said["value"])
        messages.success(self.request, _t("It is on the map now."))
        return row.get_absolute_url()


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

    def get_columns(self) -> Columns:
        """Return the columns; reasons and outcomes where only what was said no to is listed."""
        asked = set(self.request.GET.getlist("state"))
        left_out = () if asked and asked <= set(SAID_NO) else ("because", "outcome")
        return {name: column for name, column in PlottedTable.declared().items() if name not in left_out}

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


class PlottedPage(RowForm):
    """Base of forms about one request."""

    needs = "governance.decide_plotted"

    def find(self, public_id: str) -> PlottedRequest:
        """Return the request of the address."""
        return found(self.request, public_id)

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """What was asked."""
        return [self.row.text]


class Redirect(PlottedPage):
    """Pass it on."""

    form_class = RedirectForm
    title = _("Pass it on")
    verb = _("Pass it on")
    said = _("Passed on. They get a mail, and it is on their desk.")

    def get_initial(self) -> dict[str, Any]:
        """Return whom and what the charter names."""
        line = self.row.line
        if line is None:
            return {}
        return {"to": line.redirect_to.public_id if line.redirect_to else "", "because": line.because}

    def act(self, **said: Any) -> object:
        """Pass it on."""
        return services.redirect(row=self.row, by=self.request.user, **said)


class Decline(PlottedPage):
    """Say no, because."""

    form_class = DeclineForm
    title = _("Say no, because")
    verb = _("Say no")

    def get_initial(self) -> dict[str, Any]:
        """Return what the charter says."""
        return {"because": self.row.line.because if self.row.line else ""}

    def act(self, **said: Any) -> object:
        """Say it."""
        return services.decline(row=self.row, by=self.request.user, **said)


class Settle(PlottedPage):
    """Say what became of it."""

    form_class = SettleForm
    title = _("What came of it?")
    verb = _("Keep it")
    needs = "governance.settle_plotted"
    said = _("Thank you: the program knows what came of it.")

    def act(self, **said: Any) -> object:
        """Keep it."""
        return services.settle(row=self.row, by=self.request.user, **said)


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
