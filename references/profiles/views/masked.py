"""Masked customers: what may be known of them, asking for the name, and who was shown one."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.accounts.models import Account
from references.profiles import forms, masks, selectors, services
from references.profiles.filters import MaskedFilter, UnmaskingFilter
from references.profiles.models import Unmasking
from references.profiles.tables import MaskedTable, UnmaskingTable
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Empty, ListPage


class MaskedList(ListPage):
    """`/accounts/masked/`: references whose names the reader does not know. No filter can narrow a mask further."""

    page = "references:masked"
    title = gettext_lazy("Masked customers")
    table_class = MaskedTable
    filterset_class = MaskedFilter
    empty = Empty(
        gettext_lazy("You know the name of every reference, or none is masked for you."),
        title=gettext_lazy("Nothing is masked for you"),
        icon="eye",
    )
    permission = "references.see_masked"

    def get_facts(self) -> str:
        """Say what the page is for."""
        return _("References whose names you do not know, as what they are. Open one to ask for its name.")

    def get_queryset(self) -> QuerySet[Account]:
        """Return the references masked for the reader."""
        return masks.with_masks(masks.masked_references(self.request.user))


class Unmask(FormPage):
    """`/accounts/<id>/unmask/`: what may be known of a masked customer, and asking for the name."""

    form_class = forms.UnmaskForm
    facts = gettext_lazy("You see the name for 24 hours")
    verb = gettext_lazy("Show me the name")
    permission = "references.see_masked"
    kwargs: dict[str, Any]

    @cached_property
    def account(self) -> Account:
        """The account, if it is masked for the reader."""
        rows = masks.masked_references(self.request.user)
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def get_title(self) -> str:
        """Return the mask."""
        return masks.masks_of([self.account])[self.account.pk]

    def get_cancel_url(self) -> str:
        """Return the list."""
        return reverse("references:masked")

    def save(self, form: Any) -> str:
        """Show the name, on record."""
        services.unmask(account=self.account, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, _("This is who they are. You see the name for 24 hours."))
        return self.account.get_absolute_url()


class UnmaskingList(ListPage):
    """`/unmaskings/`: who was shown which masked name."""

    page = "references:unmaskings"
    title = gettext_lazy("Names shown")
    table_class = UnmaskingTable
    filterset_class = UnmaskingFilter
    search_fields = ("account__name", "user__person__name", "reason")
    default_sort = "-at"
    empty = Empty(gettext_lazy("Whoever asks for the name of a masked customer is listed here."), icon="eye")
    permission = "references.see_unmaskings"

    def get_queryset(self) -> QuerySet[Unmasking]:
        """Return what the reader may see."""
        return selectors.unmaskings_visible_to(self.request.user)
