"""Where the rows behind a metric stand: a list in the state that shows just those, and the words of the link."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from nominations.enums import NominationState
from nominations.views import NominationList
from references.accounts.views.lists import AccountList
from references.content.selectors.figures import PUBLISHED
from references.content.views.lists import AssetList
from references.requests.enums import RequestState
from references.requests.selectors.influence import HELD
from references.requests.views.lists import RequestList
from refprogram.dashboards.drill import rows_of, view_of
from refprogram.dashboards.metrics.spans import NINETY, YEAR, Span
from refprogram.governance.facetime.views import SlotList
from refprogram.governance.sponsors.pledge_views import PledgeList


class Place(NamedTuple):
    """An address, the words of the link, and what its reader needs (empty: nothing more than the dashboards)."""

    url: str
    words: str
    permission: str = ""


def _between(name: str, span: Span) -> dict[str, str]:
    return {f"{name}_after": span.first.isoformat(), f"{name}_before": span.until.isoformat()}


def influenced(until: dt.date) -> Place:
    """Won deals of the year for which a reference was held."""
    url = rows_of_deals(until, reference="yes", won="yes")
    return Place(url, _("Won deals with a reference"))


def closed_deals(until: dt.date) -> Place:
    """All deals that closed in the year."""
    return Place(rows_of_deals(until), _("The deals that closed"))


def rows_of_deals(until: dt.date, **filters: str) -> str:
    """Return the address of the closed deals of the year under these filters."""
    from_to = _between("closed", Span(until, YEAR))
    params = "&".join(f"{name}={value}" for name, value in {**filters, **from_to}.items())
    return f"{reverse('dashboards:deals')}?{params}"


def open_deals(_until: dt.date) -> Place:
    """Open deals for which a reference was held."""
    return Place(f"{reverse('dashboards:influenced')}?open=yes", _("The open deals"))


def requests_ended(*states: RequestState) -> Callable[[dt.date], Place]:
    """Requests that ended in these states in ninety days."""

    def place(until: dt.date) -> Place:
        said = _between("ended", Span(until, NINETY))
        return Place(rows_of(RequestList, state=[one.value for one in states], **said), _("The requests"))

    return place


def requests_held(until: dt.date) -> Place:
    """Requests whose reference took place in ninety days."""
    said = _between("held", Span(until, NINETY))
    return Place(rows_of(RequestList, state=[one.value for one in HELD], **said), _("The references held"))


def requests_asked(until: dt.date) -> Place:
    """Requests asked in ninety days."""
    return Place(rows_of(RequestList, **_between("asked", Span(until, NINETY))), _("Requests asked in these days"))


def references(_until: dt.date) -> Place:
    """All references."""
    return Place(view_of(AccountList, "references"), _("All references"))


def free(_until: dt.date) -> Place:
    """References that may be asked today."""
    return Place(view_of(AccountList, "free"), _("Who is free"))


def coverage(_until: dt.date) -> Place:
    """The map."""
    return Place(reverse("references:coverage"), _("The map"), "references.see_coverage")


def asks(_until: dt.date) -> Place:
    """What the pool is asked for."""
    return Place(reverse("references:ask-report"), _("Who bears it"), "references.see_asks")


def tired(_until: dt.date) -> Place:
    """References, those that were asked hardest first."""
    return Place(f"{view_of(AccountList, 'references')}&sort=-fatigue", _("Who is asked hardest"))


def share_pages(_until: dt.date) -> Place:
    """All share pages."""
    return Place(reverse("references:boards"), _("The share pages"), "references.see_content")


def stories(_until: dt.date) -> Place:
    """All stories."""
    return Place(reverse("references:assets"), _("The stories"), "references.see_content")


def published(_until: dt.date) -> Place:
    """Stories that are out."""
    rows = rows_of(AssetList, state=[state.value for state in PUBLISHED])
    return Place(rows, _("Published stories"), "references.see_content")


def nominated(*states: NominationState) -> Callable[[dt.date], Place]:
    """Nominations of the year, in these states or in any."""

    def place(until: dt.date) -> Place:
        said = _between("submitted", Span(until, YEAR))
        known = {"state": [one.value for one in states]} if states else {}
        return Place(rows_of(NominationList, **said, **known), _("The nominations"))

    return place


def quotas(_until: dt.date) -> Place:
    """Who owes what."""
    return Place(reverse("nominations:quotas"), _("The quotas"))


def surveys(_until: dt.date) -> Place:
    """The surveys."""
    return Place(reverse("references:surveys"), _("The surveys"), "references.see_surveys")


def book(_until: dt.date) -> Place:
    """The book of the funds."""
    return Place(reverse("governance:fund-book"), _("The book of the funds"), "governance.view_budgets")


def contests(_until: dt.date) -> Place:
    """All contests."""
    return Place(reverse("awards:contests"), _("The contests"))


def records(_until: dt.date) -> Place:
    """Records to mend."""
    return Place(reverse("incentives:quality-exceptions"), _("The exception report"), "incentives.see_exceptions")


def owed(_until: dt.date) -> Place:
    """What is owed in points."""
    return Place(reverse("incentives:liability"), _("Month by month"), "incentives.see_liability")


def capacity(_until: dt.date) -> Place:
    """What is asked of the program, by kind and month."""
    return Place(reverse("governance:capacity"), _("By kind of work"), "governance.see_capacity")


def promises(until: dt.date) -> Place:
    """What sponsors promised for the year."""
    said = _between("due", Span(until, YEAR))
    return Place(rows_of(PledgeList, **said), _("The promises"), "governance.see_sponsors")


def face_time(_until: dt.date) -> Place:
    """Hours of executives that were used."""
    return Place(view_of(SlotList, "used"), _("The hours that were used"), "governance.see_face_time")
