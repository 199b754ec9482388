"""Forms: an account, its people, freezes, pauses, invitations, consents."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.accounts import forms, services
from references.accounts.errors import TwinFound
from references.accounts.views.base import AccountForm, ContactForm
from refprogram.kernel.custom_fields.values import values_of_one
from refprogram.kernel.forms import FormPage

PROFILE = (
    "persona", "seniority", "languages", "topics_yes", "topics_no", "assistant_name", "assistant_email", "stand_in",
)  # fmt: skip


class AddAccount(FormPage):
    """`/accounts/add/`"""

    form_class = forms.AddAccountForm
    title = gettext_lazy("Add account")
    verb = gettext_lazy("Add account")
    cancel_url = reverse_lazy("references:accounts")
    draft = "account-add"
    template_name = "references/accounts/account_add.html"
    permission = "references.add_account"

    def save(self, form: Any) -> str:
        """Open the account; a twin is an error until the box says that it is another company."""
        try:
            account = services.open_account(**form.cleaned_data, actor=self.request.user, origin="page")
        except TwinFound:
            form.ask_about_twin()
            raise
        messages.success(self.request, _("Account added."))
        return account.get_absolute_url()


class EditAccount(AccountForm):
    """`/accounts/<id>/edit/`"""

    form_class = forms.AccountForm
    account_permission = "references.change_account"
    verb = gettext_lazy("Save")

    def get_title(self) -> str:
        """Return the account's name."""
        return _("Edit %(name)s") % {"name": self.account.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand the account to the form, and what its added fields hold."""
        return {"account": self.account, "custom_values": values_of_one("account", self.account.pk)}

    def get_initial(self) -> Mapping[str, Any]:
        """Return the facts as they are."""
        account = self.account
        own = {name: getattr(account, name) for name in forms.AccountForm.base_fields if hasattr(account, name)}
        return {**own, "products": account.products.all(), "external_ref": account.external_ref or ""}

    def save(self, form: Any) -> str:
        """Save what changed."""
        services.edit_account(account=self.account, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
        return self.account.get_absolute_url()


class AddContact(AccountForm):
    """`/accounts/<id>/contacts/add/`"""

    form_class = forms.AddContactForm
    account_permission = "references.change_contacts"
    verb = gettext_lazy("Add person")
    draft = "contact-add"

    def get_title(self) -> str:
        """Return whose person it is."""
        return _("A person at %(name)s") % {"name": self.account.name}

    def save(self, form: Any) -> str:
        """Add the contact, or find the one that is there."""
        contact = services.add_contact(account=self.account, actor=self.request.user, **form.cleaned_data)
        return contact.get_absolute_url()


class EditContact(ContactForm):
    """`/contacts/<id>/edit/`"""

    form_class = forms.ContactForm
    account_permission = "references.change_contacts"

    def get_title(self) -> str:
        """Return the contact's name."""
        return _("Edit %(name)s") % {"name": self.contact.person.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand over the contact, and what the added fields hold."""
        return {"contact": self.contact, "custom_values": values_of_one("contact", self.contact.pk)}

    def get_initial(self) -> Mapping[str, Any]:
        """Return what is known."""
        person = self.contact.person
        return {
            "name": person.name,
            "email": person.email,
            "title": person.title,
            "phone": person.phone,
            "willing": self.contact.willing,
            **{name: getattr(self.contact, name) for name in ("cap_per_quarter", *PROFILE)},
        }

    def save(self, form: Any) -> str:
        """Save what changed."""
        services.edit_contact(contact=self.contact, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
        return self.contact.get_absolute_url()


class FreezeAccount(AccountForm):
    """`/accounts/<id>/freeze/`: the form, and the target of the one-tap buttons."""

    form_class = forms.FreezeForm
    account_permission = "references.freeze_account"
    verb = gettext_lazy("Freeze")

    def get_title(self) -> str:
        """Return what is about to happen."""
        return _("Leave %(name)s alone") % {"name": self.account.name}

    def save(self, form: Any) -> str:
        """Freeze, and say what stays planned."""
        services.freeze(account=self.account, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("%(name)s is frozen.") % {"name": self.account.name})
        if self.account.open_asks:
            messages.warning(
                self.request,
                _("Dates that are agreed stay until their people keep them or call them off. The rest is let go."),
            )
        return self.account.get_absolute_url()


class PauseAccount(AccountForm):
    """`/accounts/<id>/pause/`"""

    form_class = forms.PauseForm
    account_permission = "references.pause_account"
    verb = gettext_lazy("Pause")

    def get_title(self) -> str:
        """Return whose wish it is."""
        return _("%(name)s wants a pause") % {"name": self.account.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand the account to the form."""
        return {"account": self.account}

    def save(self, form: Any) -> str:
        """Pause."""
        services.pause(account=self.account, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Paused."))
        return self.account.get_absolute_url()


class InviteContact(ContactForm):
    """`/contacts/<id>/invite/`"""

    form_class = forms.InviteForm
    account_permission = "references.invite_contact"
    verb = gettext_lazy("Send the invitation")

    def get_title(self) -> str:
        """Return who is invited."""
        return _("Invite %(name)s to the program") % {"name": self.contact.person.name}

    def get_initial(self) -> Mapping[str, Any]:
        """Return what they were said to be willing to do."""
        return {"activities": self.contact.willing}

    def save(self, form: Any) -> str:
        """Invite; the mail follows."""
        services.invite_to_program(
            account=self.account,
            contact=self.contact,
            activities=form.cleaned_data["activities"],
            source=self.contact,
            actor=self.request.user,
        )
        messages.success(self.request, _("The invitation is on its way."))
        return self.contact.get_absolute_url()


class RecordConsent(ContactForm):
    """`/contacts/<id>/consent/`"""

    form_class = forms.ConsentForm
    account_permission = "references.record_consent"
    verb = gettext_lazy("Keep this consent")
    draft = "consent"

    def get_title(self) -> str:
        """Return whose consent it is."""
        return _("What %(name)s agreed to") % {"name": self.contact.person.name}

    def get_initial(self) -> Mapping[str, Any]:
        """Return what they are willing to do."""
        return {"activities": self.contact.willing}

    def save(self, form: Any) -> str:
        """Keep the words."""
        services.record_consent(contact=self.contact, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Kept. %(name)s takes part.") % {"name": self.contact.person.name})
        return self.contact.get_absolute_url()
