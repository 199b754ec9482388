"""Taking back what may be shown. Whatever rests on it is taken down in the same transaction."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from references.accounts.models import Consent, Contact
from references.accounts.services import revoke_consent
from references.accounts.services.locks import Actor, actor_id, lock_account, lock_contact
from references.consents.models import ConsentTerm
from refprogram.kernel.stream import emit


@transaction.atomic
def revoke_terms(*, terms: Iterable[ConsentTerm], actor: Actor) -> int:
    """End single things that one contact agreed to; return how many. Twice is once.

    Where nothing is left of a consent to show something, the act itself is revoked with its last term.
    """
    ids = [term.pk for term in terms]
    found = ConsentTerm.objects.filter(pk__in=ids).select_related("contact").first()
    if found is None:
        return 0
    lock_account(found.contact.account_id)
    contact = lock_contact(found.contact_id)
    rows = ConsentTerm.objects.filter(pk__in=ids, contact=contact)
    ended = _end(rows, contact, actor)
    touched = Consent.objects.filter(terms__in=ids, contact=contact, activities=[], revoked_at__isnull=True)
    for consent in touched.distinct():
        if not consent.terms.filter(revoked_at__isnull=True).exists():
            revoke_consent(consent=consent, actor=actor)
    return ended


@transaction.atomic
def end_terms_of(*, consent: Consent, actor: Actor) -> int:
    """End all terms of a consent that was taken back: `settings.CONSENT_REVOKED` names this."""
    return _end(ConsentTerm.objects.filter(consent=consent), consent.contact, actor)


def _end(rows: Iterable[ConsentTerm], contact: Contact, actor: Actor) -> int:
    open_ones = ConsentTerm.objects.select_for_update().filter(pk__in=[row.pk for row in rows], revoked_at__isnull=True)
    found = list(open_ones.order_by("pk"))
    if not found:
        return 0
    ConsentTerm.objects.filter(pk__in=[row.pk for row in found]).update(revoked_at=timezone.now())
    emit(
        "terms.revoked",
        subject=contact,
        account_id=contact.account_id,
        actor_id=actor_id(actor),
        payload={"contact": contact.pk, "scopes": sorted({row.scope for row in found}), "n": len(found)},
    )
    for path in settings.TERMS_ENDED:
        take_down: Callable[..., object] = import_string(path)
        take_down(contact=contact, actor=actor)
    return len(found)
