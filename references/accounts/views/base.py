"""What pages about one account or one contact have in common: the gate in front of the row."""

import functools
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme

from references.accounts import selectors
from references.accounts.models import Account, Contact
from refprogram.kernel.forms import FormPage


class AccountForm(FormPage):
    """A form about one account: 404 for who may not see it, 403 for who may not do it."""

    account_permission = ""
    kwargs: dict[str, Any]

    @cached_property
    def account(self) -> Account:
        """The account, if the reader may open it."""
        return selectors.DETAIL.or_404(self.request.user, public_id=self.kwargs["public_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the permission on this very account."""
        if request.user.is_authenticated and not request.user.has_perm(self.account_permission, self.account):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_cancel_url(self) -> str:
        """Return the account's page."""
        return self.account.get_absolute_url()


class ContactForm(AccountForm):
    """A form about one contact."""

    @cached_property
    def contact(self) -> Contact:
        """The contact, if the reader may open its account."""
        contacts = selectors.contacts_visible_to(self.request.user)
        return get_object_or_404(contacts, public_id=self.kwargs["public_id"])

    @property
    def account(self) -> Account:
        """The contact's account."""
        return self.contact.account

    def get_cancel_url(self) -> str:
        """Return the contact's page."""
        return self.contact.get_absolute_url()


def following_merges(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead who opens the page of a merged account or contact to the one that stayed, if they may see that."""

    @functools.wraps(view)
    def found(request: HttpRequest, public_id: str) -> HttpResponse:
        try:
            return view(request, public_id)
        except Http404:
            stays = selectors.page_of_kept(request.user, public_id)
            if not stays:
                raise
            return redirect(stays)

    return found


def next_url(request: HttpRequest, fallback: str) -> str:
    """Return where a small form wants to go back to, if that is a page of ours."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else fallback
