"""What the entrant agrees to, use by use: kept with the entry in its exact words, and recorded through references."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from awards.entries import wording
from awards.entries.models import ContestEntry, EntryConsent
from references.accounts.services import revoke_consent, write_consent
from references.accounts.services.locks import Actor, lock_account, lock_contact
from references.consents.models import ConsentTerm
from references.consents.services import record_terms
from references.models import Consent, Contact
from refprogram.people.models import Person

SOURCE = "entry to a contest"


def record(entry: ContestEntry, by: Person, said: Mapping[str, bool]) -> None:
    """Keep what was agreed to and what was not. The caller holds the entry. Saying the same again changes nothing."""
    before = {row.use: row for row in EntryConsent.objects.select_for_update().filter(entry=entry)}
    given = {use.name: bool(said.get(use.name)) for use in wording.USES}
    in_force = {name: row.given and row.revoked_at is None for name, row in before.items()}
    if before and in_force == given:
        return
    _end(entry, by)
    consent = _recorded(entry, by, [use for use in wording.USES if given[use.name]])
    for use in wording.USES:
        row = before.get(use.name) or EntryConsent(entry=entry, use=use.name)
        row.given, row.wording = given[use.name], wording.sentence(use, entry.contest)
        row.signer, row.signed_at, row.revoked_at = by, timezone.now(), None
        row.consent = consent if row.given and use.terms else None
        row.save()


def _recorded(entry: ContestEntry, by: Person, given: list[wording.Use]) -> Consent | None:
    """Record what others may be shown as the customer's consent; None where nothing was agreed to."""
    terms = [term for use in given for term in use.terms]
    if entry.contact_id is None or not terms:
        return None
    until = wording.until()
    account = lock_account(Contact.objects.get(pk=entry.contact_id).account_id)
    contact = lock_contact(entry.contact_id)
    contact.account = account
    words = wording.agreement([use for use in given if use.terms], entry.contest, until)
    consent = write_consent(contact=contact, activities=[], wording=words, source=SOURCE, actor=by, expires_on=until)
    return record_terms(contact=contact, terms=terms, until=until, actor=by, consent=consent)


def _end(entry: ContestEntry, actor: Actor) -> None:
    """Take back what an earlier version agreed to."""
    keys = EntryConsent.objects.filter(entry=entry, consent__revoked_at__isnull=True).values_list("consent", flat=True)
    for consent in Consent.objects.filter(pk__in=list(set(keys))).order_by("pk"):
        revoke_consent(consent=consent, actor=actor)


def end_all(entry: ContestEntry, actor: Actor) -> None:
    """The entry is withdrawn: nothing of it may be shown any more."""
    _end(entry, actor)
    EntryConsent.objects.filter(entry=entry, revoked_at__isnull=True).update(revoked_at=timezone.now())


@transaction.atomic
def follow_revoked(*, consent: Consent, actor: Actor) -> None:
    """A customer took a consent back in references: the uses that rest on it end in the same transaction."""
    EntryConsent.objects.filter(consent=consent, revoked_at__isnull=True).update(revoked_at=timezone.now())


@transaction.atomic
def follow_terms(*, contact: Contact, actor: Actor) -> None:
    """Some of what may be shown of a contact ended: uses of which nothing is left end too."""
    rows = EntryConsent.objects.filter(consent__contact=contact, revoked_at__isnull=True, given=True)
    for row in rows.select_related("consent"):
        left = ConsentTerm.objects.filter(consent=row.consent_id, revoked_at__isnull=True)
        scopes = {term.scope for term in wording.BY_NAME[row.use].terms}
        if scopes and not left.filter(scope__in=scopes).exists():
            row.revoked_at = timezone.now()
            row.save(update_fields=["revoked_at"])
