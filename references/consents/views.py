"""The pages of the ledger: what was agreed to, asking for it, keeping it, ending it. Words are in word_views."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from references.accounts.selectors import contacts_visible_to
from references.accounts.views.base import ContactForm
from references.consents import forms, selectors, services, shown
from references.consents.enums import Scope
from references.consents.filters import TermFilter
from references.consents.models import ConsentTerm
from references.consents.tables import TermTable
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press

WORDS = Action(gettext_lazy("Words that customers agree to"), reverse_lazy("references:consent-words"), icon="edit")


class TermList(ListPage):
    """`/consents/`: everything that customers agreed may be shown of them."""

    page = "references:consents"
    title = gettext_lazy("Consents")
    table_class = TermTable
    filterset_class = TermFilter
    search_fields = ("contact__person__name", "contact__account__name")
    default_sort = "until"
    steady = True
    views = (
        View("in-force", gettext_lazy("Hold"), "state=in_force"),
        View("ending", gettext_lazy("End soon"), "state=ending"),
        View("revoked", gettext_lazy("Taken back"), "state=revoked&sort=-until"),
    )
    actions = (WORDS,)
    empty = Empty(
        gettext_lazy("Ask for a release on a contact’s page. Each thing that a customer agrees to is one line here."),
        title=gettext_lazy("Nobody was asked yet"),
        icon="shield",
    )
    permission = "references.see_terms"

    def get_queryset(self) -> QuerySet[ConsentTerm]:
        """Return what the reader may see."""
        return selectors.terms_visible_to(self.request.user)


@require_GET
@login_required
def contact_terms(request: MemberRequest, public_id: str) -> HttpResponse:
    """Return the panel of what may be shown of a contact: loaded after their page."""
    contact = get_object_or_404(contacts_visible_to(request.user), public_id=public_id)
    user = request.user
    lines = shown.term_lines(selectors.terms_of(contact))
    context = {
        "contact": contact,
        "groups": shown.grouped(line for line in lines if line.holds),
        "over": shown.grouped(line for line in lines if not line.holds),
        "releases": [(row, shown.release_words(row)) for row in selectors.open_releases(contact)],
        "may_ask": user.has_perm("references.ask_release", contact.account) and contact.left_company_at is None,
        "may_record": user.has_perm("references.record_terms", contact.account),
        "may_revoke": user.has_perm("references.revoke_terms", contact.account),
    }
    return render(request, "references/consents/panel.html", context)


class AskRelease(ContactForm):
    """`/contacts/<id>/release/`: ask by link for exactly these terms."""

    form_class = forms.ReleaseForm
    account_permission = "references.ask_release"
    verb = gettext_lazy("Send the question")
    draft = "release"
    template_name = "references/consents/release_form.html"

    def get_title(self) -> str:
        """Return who is asked."""
        return _("What may we show of %(name)s?") % {"name": self.contact.person.name}

    def get_initial(self) -> dict[str, Any]:
        """Return what the address proposes: the things that are missing where somebody comes from."""
        scopes = [one for one in self.request.GET.getlist("scope") if one in Scope.values]
        channels = self.request.GET.getlist("channel")
        first = selectors.newest_templates().first()
        return {"scopes": scopes, "channels": channels, "template": first.public_id if first else None}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return who they are, and, where there are no words to agree to, where they can be written."""
        may_write = self.request.user.has_perm("references.write_consent_words")
        return {
            "contact": self.contact,
            "no_words": not form.fields["template"].queryset.exists(),
            "write_url": reverse("references:consent-words-new") if may_write else "",
        }

    def save(self, form: forms.ReleaseForm) -> str:
        """Ask; the mail follows."""
        facts = form.cleaned_data
        services.ask_release(
            contact=self.contact, template=facts["template"], terms=form.terms, until=facts["until"],
            message=facts["message"], by=self.request.user,
        )  # fmt: skip
        messages.success(
            self.request, _("The question is on its way to %(name)s.") % {"name": self.contact.person.name}
        )
        return self.contact.get_absolute_url()


class RecordTerms(ContactForm):
    """`/contacts/<id>/terms/add/`: keep what they agreed to elsewhere."""

    form_class = forms.RecordTermsForm
    account_permission = "references.record_terms"
    verb = gettext_lazy("Keep this release")
    draft = "terms"

    def get_title(self) -> str:
        """Return whose agreement it is."""
        return _("What %(name)s agreed may be shown") % {"name": self.contact.person.name}

    def save(self, form: forms.RecordTermsForm) -> str:
        """Keep it with its document."""
        facts = form.cleaned_data
        services.record_terms(
            contact=self.contact, terms=form.terms, until=facts["until"], template=facts["template"],
            words=facts["words"], given_on=facts["given_on"], evidence=facts["evidence"], actor=self.request.user,
        )  # fmt: skip
        messages.success(self.request, _("Kept, with its document."))
        return self.contact.get_absolute_url()


@require_POST
@login_required
def revoke_term(request: MemberRequest, public_id: str) -> HttpResponse:
    """Note that a customer took one thing back: it is hidden at once."""
    term = get_object_or_404(
        selectors.terms_visible_to(request.user).select_related("contact__account", "consent"), public_id=public_id
    )
    if not request.user.has_perm("references.revoke_terms", term.contact.account):
        raise PermissionDenied
    done = _("Taken back. It is hidden everywhere here, and what stands elsewhere is to be taken down.")
    press(request, lambda: services.revoke_terms(terms=[term], actor=request.user), done)
    return redirect(term.contact.get_absolute_url())


@require_POST
@login_required
def withdraw_release(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take back a question that the customer has not answered."""
    release = get_object_or_404(selectors.releases_visible_to(request.user), public_id=public_id)
    if not request.user.has_perm("references.ask_release", release.contact.account):
        raise PermissionDenied
    press(
        request, lambda: services.withdraw_release(release=release, by=request.user), _("Withdrawn. The link is dead.")
    )
    return redirect(release.contact.get_absolute_url())


@require_POST
@login_required
def verify_link(request: MemberRequest, public_id: str) -> HttpResponse:
    """Make an address at which anybody can check that a consent holds, and show it."""
    consent = get_object_or_404(selectors.consents_for(request.user), public_id=public_id)
    if not request.user.has_perm("references.give_verify_link", consent.contact.account):
        raise PermissionDenied
    context = {"contact": consent.contact, "address": services.verify_address(consent=consent)}
    return render(request, "references/consents/verify_given.html", context)
