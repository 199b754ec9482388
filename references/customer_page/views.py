"""What colleagues do with a customer's own page: send its address, withdraw it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from references.accounts import selectors
from references.accounts.models import Contact
from references.customer_page import services
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button


def _contact(request: MemberRequest, public_id: str) -> Contact:
    """Return the contact, if the reader may change the people of its account."""
    found = get_object_or_404(selectors.contacts_visible_to(request.user), public_id=public_id)
    if not request.user.has_perm("references.change_contacts", found.account):
        raise PermissionDenied
    return found


send = button(
    _contact,
    lambda request, contact: services.send_address(contact=contact, actor=request.user),
    gettext_lazy("Their page is on its way to them."),
)
withdraw = button(
    _contact,
    lambda request, contact: services.withdraw_address(contact=contact, actor=request.user),
    gettext_lazy("The old address works no more. The next mail names a new one."),
)
