"""Where an account and its people stand in the program: the panel, and the form that notes a step."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.accounts import forms, selectors, services
from references.accounts.enums import MEMBERSHIP_MOVES, Membership
from references.accounts.views.base import AccountForm, ContactForm


@login_required
def panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the panel: who said yes and what is missing, and the latest steps with their reasons."""
    user: Any = request.user
    found = get_object_or_404(selectors.visible_to(user), public_id=public_id)
    may = user.has_perm("references.move_membership", found)
    context = {
        "account": found,
        "waiting": selectors.waiting_of(found),
        "steps": selectors.steps_of(found),
        "may_step": may,
        "may_confirm": user.has_perm("references.confirm_account", found),
        "may_read": may or user.has_perm("references.see_freeze", found),
    }
    return render(request, "references/accounts/membership.html", context)


class AccountStep(AccountForm):
    """`/accounts/<id>/membership/`: out of the program, or never again."""

    form_class = forms.StepForm
    account_permission = "references.move_membership"
    verb = gettext_lazy("Note it")
    danger = True

    def get_title(self) -> str:
        """Return whose step it is."""
        return _("%(name)s in the program") % {"name": self.account.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what leads on from where the account stands."""
        return {"steps": _steps(self.account.state, services.ACCOUNT_BY_HAND)}

    def save(self, form: Any) -> str:
        """Take the step."""
        facts = {"account": self.account, "reason": form.cleaned_data["reason"], "actor": self.request.user}
        if form.cleaned_data["to"] == Membership.RETIRED:
            services.retire_account(**facts)
        else:
            services.bar_account(**facts)
        messages.success(self.request, _("Noted."))
        return self.account.get_absolute_url()


class ContactStep(ContactForm):
    """`/contacts/<id>/membership/`: not now, no, out of the program, or never again."""

    form_class = forms.ContactStepForm
    account_permission = "references.move_membership"
    verb = gettext_lazy("Note it")

    def get_title(self) -> str:
        """Return whose step it is."""
        return _("%(name)s in the program") % {"name": self.contact.person.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what leads on from where the contact stands."""
        return {"steps": _steps(self.contact.state, services.BY_HAND)}

    def save(self, form: Any) -> str:
        """Take the step."""
        services.note_step(contact=self.contact, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Noted."))
        return self.contact.get_absolute_url()


def _steps(state: str, offered: Any) -> list[tuple[str, str]]:
    return [(to.value, str(forms.STEPS[to])) for to in offered if to in MEMBERSHIP_MOVES.get(state, ())]
