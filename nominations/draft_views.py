"""A draft that good news made: its nominator says why, or drops it."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nominations import picking, selectors, services
from nominations.enums import NominationState
from nominations.forms import NominationForm
from nominations.gaps import gaps_of
from nominations.models import Nomination
from nominations.nominate_views import said_of
from nominations.screening_views import present
from references.accounts import selectors as accounts
from references.models import Contact
from refprogram.kernel.forms import FormPage


class TakeUp(FormPage):
    """`/nominations/<id>/take-up/`: nominate from a draft."""

    form_class = NominationForm
    template_name = "nominations/new.html"
    verb = gettext_lazy("Nominate")
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open it to its nominator alone; what is taken up already leads to its page."""
        if request.user.is_authenticated:
            if self.nomination.state != NominationState.DRAFT:
                raise Http404
            if self.nomination.nominator_id != request.user.pk:
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def nomination(self) -> Nomination:
        """The draft."""
        return selectors.DETAIL.or_404(self.request.user, public_id=self.kwargs["public_id"])

    def get_title(self) -> str:
        """Return whom it is about."""
        return _("Nominate %(name)s") % {"name": self.nomination.account.name}

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """The customer, and why it was drafted."""
        return [*picking.facts_of(self.nomination.account, self.request.user), self.nomination.reason]

    def get_cancel_url(self) -> str:
        """Return to the desk: the draft stays there."""
        return "/"

    @cached_property
    def contacts(self) -> list[Contact]:
        """The customer's people, for those who may see them."""
        account = self.nomination.account
        seen = accounts.visible_to(self.request.user).filter(pk=account.pk).exists()
        return present(account) if seen else []

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the customer and the people we know there."""
        return {"account": self.nomination.account, "contacts": self.contacts}

    def get_initial(self) -> dict[str, Any]:
        """Return what is known."""
        contact = self.nomination.contact
        return {"contact": contact.public_id if contact else "", "why": self.nomination.why}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return the customer, and whether they are lacking."""
        account = self.nomination.account
        return {"account": account, "contacts": self.contacts, "gaps": gaps_of(account)[:2]}

    def save(self, form: NominationForm) -> str:
        """Hand it in."""
        said = form.cleaned_data
        nomination = services.take_up(
            nomination=self.nomination,
            why=said["why"],
            activities=said["activities"],
            contact=form.speaker(),
            custom=said["custom"],
        )
        messages.success(self.request, said_of(nomination))
        return nomination.get_absolute_url()
