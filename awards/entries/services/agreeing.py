"""What the entrant agrees to, use by use: kept with the entry in its exact words, and recorded through references."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from awards.entries import wording
from awards.entries.models import ContestEntry, EntryConsent
from awards.entries.services.locks import demand_owner, lock_entry
from references.accounts.services import revoke_consent, write_consent
from references.accounts.services.locks import Actor, lock_account, lock_contact
from references.consents.models import ConsentTerm
from references.consents.services import record_terms, revoke_terms
from references.models import Consent, Contact
from refprogram.people.models import Person

SOURCE = "entry to a contest"


def record(entry: ContestEntry, by: Person, said: Mapping[str, bool]) -> None:
    """Keep what was agreed to and what was not. The caller holds the entry. Saying the same again changes nothing."""
    uses = wording.uses_of(entry.contest)
    rows = EntryConsent.objects.select_for_update().filter(entry=entry)
    before = {(row.use, row.sponsor_id): row for row in rows}
    given = {use.key: bool(said.get(use.name)) for use in uses}
    in_force = {key: row.given and row.revoked_at is None for key, row in before.items() if key in given}
    if before and in_force == given:
        return
    _end(entry, by)
    consent = _recorded(entry, by, [use for use in uses if given[use.key]])
    for use in uses:
        kept, sponsor = use.key
        row = before.get(use.key) or EntryConsent(entry=entry, use=kept, sponsor_id=sponsor)
        row.given, row.wording = given[use.key], wording.sentence(use, entry.contest)
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


@transaction.atomic
def begin_use(*, entry: ContestEntry, use: wording.Use, by: Person) -> None:
    """The entrant agrees to one thing more, in the words of today. Twice is once."""
    row = lock_entry(entry.pk)
    demand_owner(row, by.pk)
    kept, sponsor = use.key
    found = EntryConsent.objects.select_for_update().filter(entry=row, use=kept, sponsor=sponsor).first()
    agreed = found or EntryConsent(entry=row, use=kept, sponsor_id=sponsor)
    if agreed.pk and agreed.given and agreed.revoked_at is None:
        return
    agreed.given, agreed.wording = True, wording.sentence(use, row.contest)
    agreed.signer, agreed.signed_at, agreed.revoked_at = by, timezone.now(), None
    agreed.consent = _recorded(row, by, [use])
    agreed.save()


@transaction.atomic
def decline_use(*, entry: ContestEntry, use: wording.Use, by: Person) -> None:
    """The entrant would rather not: noted, so that they are not asked again. What they agreed to stays."""
    row = lock_entry(entry.pk)
    demand_owner(row, by.pk)
    kept, sponsor = use.key
    if not EntryConsent.objects.filter(entry=row, use=kept, sponsor=sponsor).exists():
        words = wording.sentence(use, row.contest)
        EntryConsent.objects.create(entry=row, use=kept, sponsor_id=sponsor, given=False, wording=words, signer=by)


@transaction.atomic
def end_use(*, entry: ContestEntry, use: EntryConsent, by: Person) -> None:
    """The entrant takes one thing back: from now on nothing is shown, or passed on, because of it. Twice is once."""
    row = lock_entry(entry.pk)
    demand_owner(row, by.pk)
    kept = EntryConsent.objects.select_for_update(of=("self",)).select_related("consent").get(pk=use.pk, entry=row)
    if kept.consent is not None:
        revoke_terms(terms=_only_for(kept), actor=by)
    EntryConsent.objects.filter(pk=kept.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


def _only_for(kept: EntryConsent) -> list[ConsentTerm]:
    """Return the terms that one use rests on, and no other that is still agreed to: those go on."""
    others = EntryConsent.objects.filter(consent=kept.consent, given=True, revoked_at__isnull=True).exclude(pk=kept.pk)
    held = {term for other in others for term in _terms_of(other.use)}
    mine = _terms_of(kept.use) - held
    return [term for term in ConsentTerm.objects.filter(consent=kept.consent) if (term.scope, term.channel) in mine]


def _terms_of(use: str) -> set[tuple[str, str]]:
    return {(term.scope, term.channel) for term in wording.BY_NAME[use].terms}


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
