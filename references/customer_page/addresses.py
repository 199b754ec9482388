"""The address of a customer's own page: one that can be said again in each mail, and withdrawn."""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from references.accounts.enums import Membership
from references.accounts.models import Consent, Contact
from refprogram.kernel import links
from refprogram.kernel.errors import LinkRefused
from refprogram.kernel.models import SignedLink
from refprogram.people.models import Person

PURPOSE = "my_page"


def address_for(person: Person) -> str:
    """Return the page of a customer's person who has agreed to something; empty for everybody else. For mails."""
    contacts = Contact.objects.filter(person=person, left_company_at__isnull=True, merged_into__isnull=True)
    agreed = contacts.filter(pk__in=Consent.objects.filter(contact__person=person).values("contact"))
    contact = agreed.exclude(state=Membership.DO_NOT_CONTACT).order_by("-pk").first()
    return address_of(contact) if contact is not None else ""


@transaction.atomic
def address_of(contact: Contact) -> str:
    """Return the address of a contact's page; made when first asked for, and anew after it was withdrawn or ended.

    The token is derived, so that only its hash is kept and every mail still names the same address.
    """
    Contact.objects.select_for_update().get(pk=contact.pk)
    mine = SignedLink.objects.filter(purpose=PURPOSE, subject_type="contact", subject_id=contact.pk)
    over = mine.filter(revoked_at__isnull=False) | mine.filter(revoked_at__isnull=True, expires_at__lte=timezone.now())
    token = salted_hmac(PURPOSE, f"{contact.public_id}:{over.count()}", algorithm="sha256").hexdigest()[:48]
    try:
        links.find(token)
    except LinkRefused:
        return links.issue(purpose=PURPOSE, subject=contact, person_id=contact.person_id, token=token)
    return links.address(token)


def withdraw(contact: Contact) -> int:
    """Make the address useless; the next mail names a new one."""
    return links.withdraw(subject=contact, purpose=PURPOSE)
