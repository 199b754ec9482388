"""What is to be looked at: the queue, one booking, the three answers."""

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from incentives.watch import selectors, services
from incentives.watch.enums import LookState
from incentives.watch.models import Look
from incentives.watch.tables import WORDS, LookFilter, LookTable
from refprogram.kernel import forms, timeline
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.gates import permission_required


class LookList(ListPage):
    """`/rules/looks/`: bookings that look odd, and those drawn at random."""

    page = "incentives:looks"
    title = _("Bookings to look at")
    permission = services.WATCH
    table_class = LookTable
    filterset_class = LookFilter
    search_fields = ("person__name", "entry__memo")
    default_sort = "-at"
    views = (View("open", _("To look at"), "state=open,doubted"),)
    empty = Empty(
        _("Every night what rules gave is looked through; what is odd, and a random part, comes here."), icon="eye"
    )

    def get_queryset(self) -> QuerySet[Look]:
        """Return what this reader may look at."""
        return selectors.visible_to(self.request.user)


def _look(request: MemberRequest, public_id: str) -> Look:
    return get_object_or_404(selectors.visible_to(request.user), public_id=public_id)


@require_safe
@permission_required(services.WATCH)
def look(request: MemberRequest, public_id: str) -> HttpResponse:
    """One booking: what it is, why it is looked at, what was said."""
    found = _look(request, public_id)
    doubted = found.state == LookState.DOUBTED
    context = {
        "look": found,
        "pill": WORDS[found.state],
        "reasons": selectors.reasons(found, selectors.named_in([found])),
        "may_answer": found.state in {LookState.OPEN, LookState.DOUBTED},
        "may_doubt": found.state == LookState.OPEN,
        "may_confirm": doubted
        and found.doubted_by_id != request.user.pk
        and request.user.has_perm("incentives.reverse"),
        "waits": doubted and found.doubted_by_id == request.user.pk,
        "entries": timeline.entries(timeline.of_subject("look", found.pk)[: timeline.PAGE], request.user),
    }
    return render(request, "incentives/watch/look.html", context)


class ReasonForm(forms.Form):
    """Why."""

    reason = django_forms.CharField(label=_("Why"), max_length=200, widget=django_forms.Textarea({"rows": 3}))


class _Answer(FormPage):
    form_class = ReasonForm
    permission = services.WATCH

    @cached_property
    def look(self) -> Look:
        """The booking of this address."""
        return get_object_or_404(selectors.visible_to(self.request.user), public_id=self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Back to the booking."""
        return self.look.get_absolute_url()


class Clear(_Answer):
    """`/rules/looks/<id>/clear/`."""

    title = _("All is in order")
    verb = _("It is in order")

    def save(self, form: ReasonForm) -> str:
        """Say so, and go back."""
        return services.clear(look=self.look, actor=self.request.user, **form.cleaned_data).get_absolute_url()


class Doubt(_Answer):
    """`/rules/looks/<id>/doubt/`."""

    title = _("Take the points back?")
    facts = _("Somebody else has to confirm; the person who loses them reads your words.")
    verb = _("Ask to take them back")

    def save(self, form: ReasonForm) -> str:
        """Ask for it, and go back."""
        return services.doubt(look=self.look, actor=self.request.user, **form.cleaned_data).get_absolute_url()


def _confirm(request: MemberRequest, found: Look) -> object:
    return services.confirm(look=found, actor=request.user)


confirm = button(_look, _confirm, _("The points are taken back."), needs="incentives.reverse")
