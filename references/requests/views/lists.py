"""The list of requests."""

from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from references.requests import selectors
from references.requests.filters import RequestFilter
from references.requests.models import ReferenceRequest
from references.requests.selectors.timing import Taken, timing
from references.requests.tables import RequestTable
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.kernel.templatetags import rp

ASK = Action(
    gettext_lazy("Ask for a reference"), reverse_lazy("references:request-new"), "plus", "references.ask_reference"
)
AT_RISK = Action(
    gettext_lazy("At risk"), reverse_lazy("references:requests-at-risk"), "clock", "references.handle_requests"
)
LOG = Action(
    gettext_lazy("Write down a reference"), reverse_lazy("references:request-log"), "edit", "references.ask_reference"
)


class RequestList(ListPage):
    """Requests that the reader may see, with the program's queues as tabs."""

    page = "references:requests"
    title = gettext_lazy("Requests")
    table_class = RequestTable
    filterset_class = RequestFilter
    custom_noun = "request"
    default_sort = "-asked"
    steady = True
    views = (
        View("mine", gettext_lazy("Mine"), "mine=yes"),
        View("match", gettext_lazy("Needs matching"), "waits=match&sort=clock"),
        View("risk", gettext_lazy("At risk"), "risk=yes&sort=clock"),
        View("owner", gettext_lazy("Waiting for owner"), "waits=owner&sort=clock"),
        View("customer", gettext_lazy("Waiting for customer"), "waits=customer&sort=clock"),
        View("delivered", gettext_lazy("Delivered"), "state=delivered"),
        View(
            "closed",
            gettext_lazy("Closed"),
            "state=closed&state=unfilled&state=rejected&state=withdrawn&state=by_content&state=redirected",
        ),
    )
    views_with_counts = True
    primary_action = ASK
    actions = (LOG, AT_RISK)
    empty = Empty(
        gettext_lazy("When somebody needs a customer who speaks for us, it is asked for and followed here."),
        ASK,
        gettext_lazy("No request yet"),
    )
    permission = "references.see_requests"

    def get_queryset(self) -> QuerySet[ReferenceRequest]:
        """Return the requests that the reader may see."""
        return selectors.visible_to(self.request.user)

    def with_facts(self, rows: QuerySet[ReferenceRequest]) -> QuerySet[ReferenceRequest]:
        """Add whom they wait for."""
        return selectors.with_list_facts(rows)

    def search(self, queryset: QuerySet[ReferenceRequest], words: list[str]) -> QuerySet[ReferenceRequest]:
        """Find by purpose, requester, or the deal's account."""
        return selectors.search(queryset, words)

    def get_facts(self) -> str:
        """Say how many are open, answered, and how long it takes."""
        counts = selectors.request_counts(self.request.user)
        parts = [
            ngettext("%(n)d open", "%(n)d open", counts.open) % {"n": counts.open},
            ngettext("%(n)d answered in 90 days", "%(n)d answered in 90 days", counts.answered)
            % {"n": counts.answered},
        ]
        if counts.median_days is not None:
            days = max(1, round(counts.median_days))
            parts.append(ngettext("half of them within a day", "half of them within %(n)d days", days) % {"n": days})
        return " · ".join(parts)


class AtRiskQueue(ListPage):
    """`/requests/at-risk/`: what runs out next, on top what has the least time left."""

    page = "references:requests-at-risk"
    title = gettext_lazy("Requests at risk")
    table_class = RequestTable
    filterset_class = RequestFilter
    custom_noun = "request"
    default_sort = "clock"
    views = (
        View("match", gettext_lazy("To be matched"), "waits=match"),
        View("owner", gettext_lazy("Waiting for owner"), "waits=owner"),
        View("customer", gettext_lazy("Waiting for customer"), "waits=customer"),
    )
    empty = Empty(
        gettext_lazy("No request runs out within the next day. The ones that do stand here, most urgent first.")
    )
    permission = "references.handle_requests"

    def get_queryset(self) -> QuerySet[ReferenceRequest]:
        """Return the requests whose time is nearly over, or is."""
        return selectors.at_risk(selectors.visible_to(self.request.user))

    def with_facts(self, rows: QuerySet[ReferenceRequest]) -> QuerySet[ReferenceRequest]:
        """Add whom they wait for."""
        return selectors.with_list_facts(rows)

    def search(self, queryset: QuerySet[ReferenceRequest], words: list[str]) -> QuerySet[ReferenceRequest]:
        """Find by purpose, requester, or the deal's account."""
        return selectors.search(queryset, words)

    def get_facts(self) -> str:
        """Say how fast the program reacts and finds customers."""
        found = timing()
        parts = [
            _took(gettext_lazy("First response"), found.reaction),
            _took(gettext_lazy("A customer’s yes"), found.agreement),
        ]
        return " · ".join(part for part in parts if part)


def _took(what: object, taken: Taken) -> str:
    """Say “First response: half within 2.5 h, nine of ten within 8 h (90 days, working hours)”."""
    if taken.median is None or taken.p90 is None:
        return ""
    return _("%(what)s: half within %(median)s h, nine of ten within %(p90)s h (90 days, working hours)") % {
        "what": what,
        "median": rp.number(round(taken.median, 1)),
        "p90": rp.number(round(taken.p90, 1)),
    }
