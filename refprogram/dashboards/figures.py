"""The executive page's numbers: each with value, change, definition and a link to its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations import selectors as nominations
from nominations.enums import NominationState
from nominations.standings import APPROVED, ENROLLED, SUBMITTED, By, Figures, figures
from nominations.views import NominationList
from references.accounts import selectors as accounts
from references.accounts.views.lists import AccountList
from references.requests import selectors as requests
from references.requests.enums import OPEN_REQUESTS
from references.requests.selectors.influence import ANSWERED
from references.requests.views.lists import RequestList
from refprogram.dashboards.drill import rows_of, view_of
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.filters import midnight
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

MONTHS = 12
LATELY = timedelta(days=90)
STEPS = (SUBMITTED, APPROVED, ENROLLED)


@dataclass(frozen=True)
class Stat:
    """One number that answers back; `good` tells whether its change is good news (None: no change known)."""

    name: str
    value: str
    definition: str
    url: str
    rows: str
    unit: str = ""
    change: str = ""
    good: bool | None = None


def stats(user: User) -> list[Stat]:
    """Return the numbers of the executive page, as far as this person sees the rows behind them."""
    return [*_deals(user), *_requests(user), *_references(user)]


def _deals(user: User) -> list[Stat]:
    influence = requests.influence(user)
    url = reverse("dashboards:influenced")
    return [
        Stat(
            _("Influenced pipeline"),
            rp.money_short(influence.pipeline),
            str(requests.DEFINITIONS["influenced_pipeline"]),
            f"{url}?open=yes",
            _deals_word(influence.open_deals),
        ),
        Stat(
            _("Influenced revenue"),
            rp.money_short(influence.revenue),
            str(requests.DEFINITIONS["influenced_revenue"]),
            f"{url}?open=no",
            _deals_word(influence.won_deals),
        ),
    ]


def _deals_word(number: int) -> str:
    return ngettext("%(n)s deal", "%(n)s deals", number) % {"n": rp.number(number)}


def _requests(user: User) -> list[Stat]:
    since = timezone.localdate() - LATELY
    lately = requests.request_counts(user, since=midnight(since))
    answered = rows_of(RequestList, state=ANSWERED, asked_after=since.isoformat())
    rate = lately.fill_rate
    return [
        Stat(
            _("Requests open"),
            rp.number(lately.open),
            str(requests.DEFINITIONS["open"]),
            rows_of(RequestList, state=OPEN_REQUESTS),
            _("All open requests"),
        ),
        Stat(
            _("Requests answered"),
            rp.number(lately.answered),
            str(requests.DEFINITIONS["answered"]),
            answered,
            _("last 90 days"),
            change=_("%(rate)s of those that ended") % {"rate": rp.pct(rate)} if rate is not None else "",
        ),
        Stat(
            _("Days to a yes"),
            "–" if lately.median_days is None else rp.number(Decimal(lately.median_days).quantize(Decimal("0.1"))),
            str(requests.DEFINITIONS["median_days"]),
            answered,
            _("median, last 90 days"),
        ),
    ]


def _references(user: User) -> list[Stat]:
    facts = accounts.facts(user)
    this, before = _enrolled_by_quarter()
    return [
        Stat(
            _("References"),
            rp.number(facts.references),
            _("Accounts that agreed to speak for us and are still in the program."),
            view_of(AccountList, "references"),
            _("All references"),
        ),
        Stat(
            _("Free to be asked"),
            rp.number(facts.free),
            _("References that are not frozen, paused or resting, with no check due. Computed, never typed."),
            view_of(AccountList, "free"),
            _("Who they are"),
        ),
        Stat(
            _("Enrolled this quarter"),
            rp.number(this),
            _("Nominations that became references this quarter, counted from the stream of events."),
            reverse("nominations:standings"),
            _("Standings"),
            change=_change(this - before),
            good=True if this > before else None,
        ),
    ]


def _change(difference: int) -> str:
    if difference == 0:
        return _("as many as last quarter so far")
    number = rp.number(abs(difference))
    if difference > 0:
        return _("%(n)s more than in all of last quarter") % {"n": number}
    return _("%(n)s fewer than in all of last quarter") % {"n": number}


def _enrolled_by_quarter() -> tuple[int, int]:
    this = rollups.start_of(Period.QUARTER, rollups.day_of(timezone.now()))
    before = rollups.previous_start(Period.QUARTER, this)
    now, then = figures(By.REP, Period.QUARTER, this, before)
    return _enrolled(now), _enrolled(then)


def _enrolled(found: Figures) -> int:
    return sum(line.get(ENROLLED, 0) for line in found.values())


def stages(user: User) -> Sequence[tuple[str, int, str]]:
    """Return nominations by stage (name, number, address of the rows), in the order of their way."""
    counted = nominations.stage_counts(user)
    return [
        (str(capfirst(state.label)), counted[state], rows_of(NominationList, state=state.value))
        for state in NominationState
    ]


@dataclass(frozen=True)
class Chart:
    """A picture with its numbers: column heads as (text, role), rows with the label first."""

    kind: str
    title: str
    words: str
    heads: list[tuple[str, str]]
    rows: list[list[str | int]]


def charts() -> list[Chart]:
    """Return what became of the last twelve months' nominations, and how many were enrolled in each."""
    this = rollups.start_of(Period.MONTH, rollups.day_of(timezone.now()))
    months = [this]
    while len(months) < MONTHS:
        months.insert(0, rollups.previous_start(Period.MONTH, months[0]))
    told = {m: rollups.series(metric=m, period=Period.MONTH, dimension=By.REP, since=months[0]) for m in STEPS}
    return [_by_month(months, told[ENROLLED]), _funnel(told)]


def _by_month(months: list[date], enrolled: Mapping[date, Decimal]) -> Chart:
    rows: list[list[str | int]] = [[date_format(m, "M Y"), int(enrolled.get(m, 0))] for m in months]
    total = sum(int(n) for n in enrolled.values())
    words = ngettext("%(n)s enrolled in twelve months.", "%(n)s enrolled in twelve months.", total)
    heads = [(_("Month"), ""), (_("Enrolled"), "")]
    return Chart("bar", _("References won by month"), words % {"n": rp.number(total)}, heads, rows)


def _funnel(told: Mapping[str, Mapping[date, Decimal]]) -> Chart:
    names = {SUBMITTED: _("Nominated"), APPROVED: _("Approved"), ENROLLED: _("Enrolled")}
    counted = {name: int(sum(told[metric].values())) for metric, name in names.items()}
    heads = [(_("Stage"), ""), (_("Nominations, twelve months"), "")]
    asked, won = counted[names[SUBMITTED]], counted[names[ENROLLED]]
    words = _("%(rate)s of what was nominated was enrolled.") % {"rate": rp.pct(won / asked)} if asked else ""
    return Chart("funnel", _("From nomination to reference"), words, heads, [[k, v] for k, v in counted.items()])
