"""Outcomes: the list, the panel of an account, noting, changing, verifying, removing."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from references.accounts.models import Account
from references.accounts.selectors import DETAIL
from references.accounts.views.base import AccountForm
from references.profiles import forms, selectors, services, shown
from references.profiles.filters import OutcomeFilter
from references.profiles.models import Outcome
from references.profiles.tables import OutcomeTable
from refprogram.kernel.lists import Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button


class OutcomeList(ListPage):
    """`/outcomes/`: what got better at customers, and who checked it."""

    page = "references:outcomes"
    title = gettext_lazy("Outcomes")
    table_class = OutcomeTable
    filterset_class = OutcomeFilter
    search_fields = ("metric", "account__name")
    default_sort = "-verified"
    steady = True
    views = (
        View("verified", gettext_lazy("Verified"), "verified=yes&sort=-share"),
        View("waiting", gettext_lazy("To verify"), "verified=no&sort=metric"),
    )
    empty = Empty(
        gettext_lazy("Note on an account’s page what a customer measured before and after. A colleague verifies it."),
        title=gettext_lazy("No outcome is known yet"),
        icon="chart",
    )
    permission = "references.see_outcomes"

    def get_queryset(self) -> QuerySet[Outcome]:
        """Return the outcomes at accounts that the reader may open."""
        return selectors.with_around(selectors.outcomes_visible_to(self.request.user))


@login_required
@require_safe
def account_outcomes(request: MemberRequest, public_id: str) -> HttpResponse:
    """Return the panel of what got better at an account: loaded after its page."""
    account = DETAIL.or_404(request.user, public_id=public_id)
    may_verify = request.user.has_perm("references.verify_outcome", account)
    may_record = request.user.has_perm("references.record_outcome", account)
    context = {
        "account": account,
        "lines": shown.outcome_lines(selectors.outcomes_of(account), request.user, may_verify=may_verify),
        "may_record": may_record,
        "add_url": reverse("references:outcome-add", args=[public_id]) if may_record else "",
    }
    return render(request, "references/profiles/outcomes_panel.html", context)


class _OutcomeForm(AccountForm):
    """Base of the forms of an outcome."""

    form_class = forms.OutcomeForm
    account_permission = "references.record_outcome"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand the account to the form: its people may have said it."""
        return {"account": self.account}


class AddOutcome(_OutcomeForm):
    """`/accounts/<id>/outcomes/add/`"""

    verb = gettext_lazy("Note the outcome")
    draft = "outcome"

    def get_title(self) -> str:
        """Return whose outcome it is."""
        return _("What got better at %(name)s") % {"name": self.account.name}

    def save(self, form: Any) -> str:
        """Note it; somebody else verifies."""
        outcome = services.record_outcome(account=self.account, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Noted. It counts once a colleague has verified it."))
        return outcome.get_absolute_url()


class EditOutcome(_OutcomeForm):
    """`/outcomes/<id>/edit/`"""

    verb = gettext_lazy("Save")

    @cached_property
    def outcome(self) -> Outcome:
        """The outcome, if the reader may open its account."""
        return _outcome(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]

    @property
    def account(self) -> Account:
        """The outcome's account."""
        return self.outcome.account

    def get_title(self) -> str:
        """Return what was measured."""
        return self.outcome.metric

    def get_initial(self) -> Mapping[str, Any]:
        """Return what is noted."""
        row = self.outcome
        names = ("metric", "unit", "before", "after", "direction", "period", "evidence_url")
        return {**{name: getattr(row, name) for name in names}, "contact": row.contact}

    def save(self, form: Any) -> str:
        """Save; what was verified waits for somebody again."""
        services.edit_outcome(outcome=self.outcome, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
        return self.outcome.get_absolute_url()


def _outcome(request: MemberRequest, public_id: str) -> Outcome:
    rows = selectors.with_around(selectors.outcomes_visible_to(request.user))
    return get_object_or_404(rows, public_id=public_id)


def _find(permission: str) -> Callable[[MemberRequest, str], Outcome]:
    """Find an outcome, 404 for whom it is hidden from, 403 without the right at its account."""

    def find(request: MemberRequest, public_id: str) -> Outcome:
        outcome = _outcome(request, public_id)
        if not request.user.has_perm(permission, outcome.account):
            raise PermissionDenied
        return outcome

    return find


verify = button(
    _find("references.verify_outcome"),
    lambda request, outcome: services.verify_outcome(outcome=outcome, by=request.user),
    gettext_lazy("Verified. It counts from now on."),
)
remove = button(
    _find("references.record_outcome"),
    lambda request, outcome: services.remove_outcome(outcome=outcome, by=request.user),
    gettext_lazy("Removed."),
)
