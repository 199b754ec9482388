"""Hours of executives: what is offered and taken, one slot, offering, terms, hours of a quarter."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.facetime import hours, selectors, services
from refprogram.governance.facetime.enums import SlotState
from refprogram.governance.facetime.filters import SlotFilter
from refprogram.governance.facetime.forms import MoveSlotForm, OfferForm, TermsForm
from refprogram.governance.facetime.models import FaceTimeSlot
from refprogram.governance.facetime.shown import talk_cards
from refprogram.governance.facetime.states import SLOTS
from refprogram.governance.facetime.tables import SlotTable
from refprogram.kernel import timeline
from refprogram.kernel.addresses import address
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, reason_of
from refprogram.people.gates import permission_required

SEE, OFFER, BOOK = "governance.see_face_time", "governance.offer_face_time", "governance.book_face_time"
PUBLISH = Action(_("Offer time"), reverse_lazy("governance:face-time-new"), "plus", OFFER)
QUARTERS_BACK = 1


class SlotList(ListPage):
    """What executives offer."""

    page = "governance:face-time"
    title = _("Face time with executives")
    table_class = SlotTable
    filterset_class = SlotFilter
    default_sort = "starts"
    permission = SEE
    primary_action = PUBLISH
    actions = (
        Action(_("Talks"), reverse_lazy("governance:face-time-talks"), "chat"),
        Action(_("Hours by executive"), reverse_lazy("governance:face-time-hours"), "bars"),
        Action(_("Ask for a colleague"), reverse_lazy("governance:face-time-whom"), "user", BOOK),
    )
    views = (
        View("free", _("Free"), f"state={SlotState.FREE}"),
        View("taken", _("Taken"), f"state={SlotState.TAKEN}"),
        View("mine", _("Mine"), "mine=yes", OFFER),
        View("used", _("Used"), f"state={SlotState.USED}&sort=-starts"),
    )
    empty = Empty(
        _("Executives offer hours by topic. They are asked for from the page of a customer, a winner or a colleague."),
        PUBLISH, title=_("No hour is offered yet"), icon="clock",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[FaceTimeSlot]:
        """Return what the reader may see."""
        return selectors.slots_for(self.request.user)

    def search(self, queryset: QuerySet[FaceTimeSlot], words: list[str]) -> QuerySet[FaceTimeSlot]:
        """Find by executive, place or note."""
        return selectors.search_slots(queryset, words)


def found(request: HttpRequest, public_id: str) -> FaceTimeSlot:
    """Return the slot, if the reader may see it."""
    row: FaceTimeSlot = get_object_or_404(selectors.slots_for(request.user), public_id=public_id)  # type: ignore[arg-type]
    return row


@require_safe
@login_required
def slot(request: MemberRequest, public_id: str) -> HttpResponse:
    """One slot: when, what about, who asked for it, and how that went."""
    row = found(request, public_id)
    coming = row.starts_at > timezone.now()
    owns = selectors.speaks_for(request.user, row.executive_id)
    readable = selectors.talks_for(request.user).filter(slot=row)
    context = {
        "row": row,
        "pill": SLOTS[SlotState(row.state)],
        "talks": talk_cards(selectors.in_full(readable), request.user),
        "may_change": owns and coming and row.state in {SlotState.FREE, SlotState.TAKEN},
        "may_book": coming and row.state == SlotState.FREE and request.user.has_perm(BOOK),
        "entries": timeline.entries(timeline.of_subject("facetimeslot", row.pk)[: timeline.PAGE], request.user),
    }
    return render(request, "governance/facetime/slot.html", context)


class OfExecutivePage(FormPage):
    """Base of forms that an executive fills in, or who stands in for them."""

    permission = OFFER

    @cached_property
    def executives(self) -> QuerySet[Any]:
        """For whom the reader may speak."""
        return selectors.executives(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return for whom it can be."""
        return {"executives": self.executives}


class Publish(OfExecutivePage):
    """Offer time."""

    form_class = OfferForm
    title = _("Offer time")
    facts = _("By topic, to one party of guests each. You agree to each talk before anybody is invited.")
    verb = _("Offer it")
    cancel_url = reverse_lazy("governance:face-time")
    draft = "face-time-new"

    def save(self, form: OfferForm) -> str:
        """Offer it, and say which days were left out."""
        said = dict(form.cleaned_data)
        executive = said.pop("executive")
        made = services.publish(executive=executive, offer=services.Offer(**said), by=self.request.user)
        words = ngettext("One hour is offered.", "%(n)d hours are offered.", len(made.slots)) % {"n": len(made.slots)}
        if left := len(made.closed) + len(made.away):
            out = ngettext("One day was left out.", "%(n)d days were left out (holidays, days away).", left)
            words = f"{words} {out % {'n': left}}"
        messages.success(self.request, words)
        if len(made.slots) == 1:
            return made.slots[0].get_absolute_url()
        return f"{address('governance:face-time')}?mine=yes&state=free"


class SetTerms(OfExecutivePage):
    """Say what one gives."""

    form_class = TermsForm
    title = _("What you give")
    facts = _("From this quarter on. What is booked already stays.")
    verb = _("Keep it")
    cancel_url = reverse_lazy("governance:face-time-hours")

    def get_initial(self) -> dict[str, Any]:
        """Return what holds now."""
        first = next(iter(self.executives), None)
        if first is None:
            return {}
        terms = hours.terms_of([first.pk], Quarter.now())[first.pk]
        return {"executive": first.public_id, "hours": terms.hours, "most_a_week": terms.most_a_week,
                "notice_days": terms.notice_days}  # fmt: skip

    def save(self, form: TermsForm) -> str:
        """Keep it."""
        services.set_terms(by=self.request.user, **form.cleaned_data)
        return address("governance:face-time-hours")


class MoveSlot(FormPage):
    """Move an hour, with the talk in it."""

    form_class = MoveSlotForm
    title = _("Move it")
    facts = _("Guests who were invited get the new time, and are asked whether they can.")
    verb = _("Move it")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide what may not be seen; refuse who is not the executive."""
        if request.user.is_authenticated and not selectors.speaks_for(request.user, self.row.executive_id):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> FaceTimeSlot:
        """The slot of this address."""
        return found(self.request, self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Back to it."""
        return self.row.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        return {"starts_at": self.row.starts_at, "minutes": self.row.minutes, "place": self.row.place}

    def save(self, form: MoveSlotForm) -> str:
        """Move it."""
        services.move_slot(slot=self.row, by=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()


withdraw = button(
    found,
    lambda request, row: services.withdraw(slot=row, by=request.user, why=reason_of(request)),
    _("Taken back."),
)


@require_safe
@permission_required(SEE)
def quarter_hours(request: MemberRequest) -> HttpResponse:
    """Pledged against offered, booked and given: by executive, a quarter at a time."""
    quarter = _quarter(request.GET.get("quarter", ""))
    lines = hours.of_quarter(selectors.with_hours(), quarter)
    context = {
        "quarter": quarter,
        "lines": lines,
        "names": [(_t("given"), "ok"), (_t("booked"), "mine"), (_t("offered and free"), "wait")],
        "before": quarter.before,
        "after": quarter.after,
        "is_now": quarter == Quarter.now(),
        "may_set": request.user.has_perm(OFFER),
    }
    return render(request, "governance/facetime/hours.html", context)


def _quarter(code: str) -> Quarter:
    try:
        return Quarter.named(code) if code else Quarter.now()
    except InvalidInput:
        return Quarter.now()
