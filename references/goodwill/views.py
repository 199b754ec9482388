"""The calendar of all asks, the list, reservations, give and take of a customer, and the weekly report."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from references.accounts import clock
from references.accounts import selectors as accounts
from references.accounts.models import Account, Contact
from references.goodwill import forms, selectors, services, shown
from references.goodwill.filters import AskFilter, ReservationFilter
from references.goodwill.models import Reservation
from references.goodwill.tables import AskTable, ReservationTable
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, press
from refprogram.people.gates import permission_required

RESERVE = Action(gettext_lazy("Reserve a customer"), reverse_lazy("references:reserve"), "calendar")


@permission_required("references.see_asks")
@require_safe
def calendar(request: MemberRequest) -> HttpResponse:
    """Show a month or a week of everything that customers are asked for, and who is kept for what."""
    span = shown.span_of(request.GET)
    filtered = AskFilter(request.GET, lambda: selectors.asks_visible_to(request.user), request=request, only_on=True)
    narrowed = bool(filtered.filters)
    only = filtered.qs if narrowed and filtered.is_valid() else filtered.queryset.none() if narrowed else None
    context = {
        "span": span,
        "weeks": selectors.weeks(request.user, span.first, span.last, month=span.month, only=only),
        "plans": selectors.spans(request.user, span.first, span.last),
        "chips": filtered.chips(request),
        "teams": shown.team_links(request),
        "weekdays": shown.weekdays(),
        "today": clock.today(),
        "may_report": request.user.has_perm("references.see_overrides"),
    }
    template = "references/goodwill/calendar.html"
    return render(request, template, context)


class AskList(ListPage):
    """`/asks/list/`: the same as a list, to filter, sort and export."""

    page = "references:ask-list"
    title = gettext_lazy("All asks")
    permission = "references.see_asks"
    table_class = AskTable
    filterset_class = AskFilter
    search_fields = ("account__name",)
    default_sort = "-on"
    steady = True
    views = (
        View("open", gettext_lazy("Open"), "state=held&state=booked"),
        View("held", gettext_lazy("Held"), "state=spent"),
        View("declined", gettext_lazy("Declined"), "state=declined"),
    )
    primary_action = RESERVE
    empty = Empty(gettext_lazy("What any team asks of customers is listed here: requests, surveys, councils."))

    def get_queryset(self) -> QuerySet[Any]:
        """Return what is asked at accounts that the reader may open."""
        return selectors.asks_visible_to(self.request.user)


class ReservationList(ListPage):
    """`/reservations/`"""

    page = "references:reservations"
    title = gettext_lazy("Reservations")
    permission = "references.see_asks"
    table_class = ReservationTable
    filterset_class = ReservationFilter
    search_fields = ("purpose", "account__name")
    default_sort = "starts"
    steady = True
    views = (View("active", gettext_lazy("Standing"), "state=active"),)
    primary_action = RESERVE
    empty = Empty(gettext_lazy("Who is kept free for a launch, a press day or a council is listed here."), RESERVE)

    def get_queryset(self) -> QuerySet[Reservation]:
        """Return the reservations at accounts that the reader may open."""
        return selectors.reservations_visible_to(self.request.user)


def _reservation(request: MemberRequest, public_id: str) -> Reservation:
    return get_object_or_404(selectors.reservations_visible_to(request.user), public_id=public_id)


def may_move(user: Any, row: Reservation) -> bool:
    """Whoever made it, and who runs the program."""
    return user.pk == row.reserved_by_id or user.has_perm("references.release_reservation")


@permission_required("references.see_asks")
@require_safe
def reservation(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one reservation, and what else is asked of the customer in those days."""
    row = _reservation(request, public_id)
    context = {
        "row": row,
        "facts": shown.reservation_facts(row),
        "near": selectors.collisions(row.account, row.starts_on, team=row.team),
        "may_move": may_move(request.user, row) and row.state == "active",
        "crumbs": [(_("Asks"), reverse("references:asks")), (_("Reservations"), reverse("references:reservations"))],
    }
    return render(request, "references/goodwill/reservation.html", context)


def _mine(request: MemberRequest, public_id: str) -> Reservation:
    row = _reservation(request, public_id)
    if not may_move(request.user, row):
        raise PermissionDenied
    return row


release = button(
    _mine,
    lambda request, row: services.release(reservation=row, actor=request.user),
    gettext_lazy("Others may ask them again."),
)
use = button(
    _mine, lambda request, row: services.use(reservation=row, actor=request.user), gettext_lazy("Noted as done.")
)


class _AboutAccount(FormPage):
    """Base of the forms about one account."""

    needs = ""
    kwargs: dict[str, Any]

    @cached_property
    def account(self) -> Account:
        """The account, if the reader may open it and do this there."""
        visible = accounts.visible_to(self.request.user).select_related("owner__team")
        row = get_object_or_404(visible, public_id=self.kwargs["public_id"])
        if not self.request.user.has_perm(self.needs, row):
            raise PermissionDenied
        return row

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the account's people."""
        return {"account": self.account}

    def get_cancel_url(self) -> str:
        """Go back to the account."""
        return self.account.get_absolute_url()


class Give(_AboutAccount):
    """`/accounts/<id>/give/`"""

    form_class = forms.GiveForm
    needs = "references.record_give"
    verb = gettext_lazy("Note it")

    def get_initial(self) -> dict[str, Any]:
        """Begin with the contact whose page it was."""
        return {"contact": self.request.GET.get("contact", "")}

    def get_title(self) -> str:
        """Return what is noted, where."""
        return _("What did we give to %(name)s?") % {"name": self.account.name}

    def save(self, form: Any) -> str:
        """Note it."""
        services.record_give(account=self.account, actor=self.request.user, **form.facts())
        messages.success(self.request, _("Noted."))
        return self.account.get_absolute_url()


class Reserve(_AboutAccount):
    """`/accounts/<id>/reserve/`"""

    form_class = forms.ReserveForm
    template_name = "references/goodwill/reserve.html"
    needs = "references.reserve_customer"
    verb = gettext_lazy("Reserve")

    def get_title(self) -> str:
        """Return who is kept."""
        return _("Keep %(name)s for a plan") % {"name": self.account.name}

    def get_initial(self) -> dict[str, Any]:
        """Begin with two weeks from tomorrow."""
        tomorrow = clock.today() + dt.timedelta(days=1)
        whom = self.request.GET.get("contact", "")
        return {"starts_on": tomorrow, "ends_on": tomorrow + dt.timedelta(days=13), "contact": whom}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Say what is asked of them soon, before somebody plans with them."""
        return {"near": selectors.collisions(self.account, clock.today())}

    def save(self, form: Any) -> str:
        """Reserve."""
        row = services.reserve(account=self.account, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Reserved. Others are told before they ask."))
        return reverse("references:reservation", args=[row.public_id])


class ReserveWhom(FormPage):
    """`/asks/reserve/`: which customer?"""

    form_class = forms.ReserveWhom
    permission = "references.see_asks"
    title = gettext_lazy("Reserve a customer")
    verb = gettext_lazy("Go on")
    cancel_url = reverse_lazy("references:asks")

    def build(self, data: Any = None, files: Any = None) -> Any:
        """Find the chosen account among those that the reader may open."""
        form: Any = super().build(data, files)
        form.fields["account"].queryset = accounts.visible_to(self.request.user).filter(
            public_id=(data or {}).get("account", "")
        )
        return form

    def save(self, form: Any) -> str:
        """Go on to the days."""
        return reverse("references:account-reserve", args=[form.cleaned_data["account"].public_id])


@permission_required("references.see_goodwill")
@require_safe
def account_panel(request: MemberRequest, public_id: str) -> HttpResponse:
    """Return the panel of give and take inside an account's page."""
    return _panel(request, accounts.VISIBLE.or_404(request.user, public_id=public_id), None)


@permission_required("references.see_goodwill")
@require_safe
def contact_panel(request: MemberRequest, public_id: str) -> HttpResponse:
    """Return the panel of give and take inside a contact's page."""
    contact = get_object_or_404(accounts.contacts_visible_to(request.user), public_id=public_id)
    return _panel(request, contact.account, contact)


def _panel(request: MemberRequest, account: Account, contact: Contact | None) -> HttpResponse:
    balance = selectors.balance_of(account, contact)
    context = {
        "account": account,
        "contact": contact,
        "balance": balance,
        "tired": None if contact is None else shown.contact_index(contact),
        "price": selectors.price_of(balance, shown.CALL),
        "forecast": balance.enough_on(shown.CALL),
        "entries": selectors.latest_entries(request.user, account, contact),
        "may_give": request.user.has_perm("references.record_give", account),
        "may_reserve": request.user.has_perm("references.reserve_customer", account),
        "may_correct": request.user.has_perm("references.correct_goodwill"),
    }
    return render(request, "references/goodwill/panel.html", context)


@permission_required("references.correct_goodwill")
@require_POST
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what was noted by mistake."""
    entry = get_object_or_404(selectors.entries_for(request.user), pk=pk)
    press(request, lambda: services.correct(entry=entry, actor=request.user), _("Taken back."))
    return redirect(entry.account.get_absolute_url())


@permission_required("references.see_overrides")
@require_safe
def report(request: MemberRequest) -> HttpResponse:
    """Show what the weekly report says: how hard the pool is asked, who is overdrawn, what went past the rules."""
    context = {
        "pool": shown.pool_stats(selectors.pool_lately()),
        "overdrawn": selectors.overdrawn(request.user),
        "overrides": [shown.override_line(row) for row in selectors.overrides_visible_to(request.user)[:50]],
        "crumbs": [(_("Asks"), reverse("references:asks"))],
    }
    return render(request, "references/goodwill/report.html", context)
