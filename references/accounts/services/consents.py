"""What customers agreed to, in which words, until when: given, taken back, lapsed."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from references.accounts import clock, kept, onboarding, policy
from references.accounts.enums import ASK_MOVES, OPEN_ASKS, POOL, AskState, Membership
from references.accounts.models import Ask, Consent, Contact
from references.accounts.services import standing
from references.accounts.services.locks import Actor, actor_id, lock_account, lock_contact, user_of
from references.accounts.services.records import known_activities
from refprogram.kernel import links
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.files import services as files
from refprogram.kernel.models import StoredFile
from refprogram.kernel.moves import move
from refprogram.kernel.stream import emit


@transaction.atomic
def record_consent(
    *,
    contact: Contact,
    activities: Iterable[str],
    wording: str,
    actor: Actor,
    given_on: dt.date | None = None,
    expires_on: dt.date | None = None,
    evidence: StoredFile | None = None,
) -> Consent:
    """A colleague keeps what the customer agreed to elsewhere (a letter, a talk); it makes the contact a reference.

    An invitation that is still open is thereby answered. `evidence` is the signed release, uploaded before.
    """
    account, contact = lock_account(contact.account_id), lock_contact(contact.pk)
    slugs = known_activities(activities)
    if not slugs or not wording.strip():
        field, message = ("wording", _("Write down the words they agreed to."))
        if not slugs:
            field, message = ("activities", _("Tick at least one thing they agreed to."))
        raise InvalidInput(message, errors={field: message})
    contact.willing = sorted({*contact.willing, *slugs}) if contact.state in POOL else slugs
    consent = write_consent(
        contact=contact, activities=slugs, wording=wording.strip(), source="recorded by a colleague", actor=actor,
        given_on=given_on, expires_on=expires_on, evidence=evidence,
    )  # fmt: skip
    _close_invitation(contact)
    because = standing.Because(actor)
    account.verified_at = account.verified_at if onboarding.vouched(account) else timezone.now()
    standing.admit(account, contact, because)
    contact.save(update_fields=["willing"])
    account.save(update_fields=["verified_at"])  # who writes down an agreement knows the customer
    standing.promote(account, contact, actor)
    kept.settle(account)
    return consent


def _close_invitation(contact: Contact) -> None:
    invitation = Ask.objects.filter(contact=contact, activity__isnull=True, state__in=OPEN_ASKS).first()
    if invitation is not None:
        links.withdraw(subject=invitation, purpose="invitation")
        invitation.ended_at = timezone.now()
        move(invitation, AskState.SPENT, moves=ASK_MOVES, noun="invitation", also=["ended_at"])


def write_consent(
    *,
    contact: Contact,
    activities: list[str],
    wording: str,
    source: str,
    actor: Actor,
    given_on: dt.date | None = None,
    expires_on: dt.date | None = None,
    template_id: int | None = None,
    evidence: StoredFile | None = None,
) -> Consent:
    """Write the row, keep the signed release with its hash, and tell the stream. The caller holds the locks.

    Without `activities` it is about what may be shown (`references.consents`), and makes nobody a reference.
    """
    day = given_on or clock.today()
    if day > clock.today():
        message = _("That day is still to come.")
        raise InvalidInput(message, errors={"given_on": message})
    consent = Consent(
        contact=contact,
        activities=activities,
        wording=wording,
        expires_on=expires_on or policy.consent_until(day),
        source=source,
        recorded_by=user_of(actor),
        template_id=template_id,
        evidence_sha256=evidence.sha256 if evidence is not None else "",
    )
    if consent.expires_on <= clock.today():
        message = _("That has ended already.")
        raise InvalidInput(message, errors={"expires_on": message})
    if given_on is not None and given_on != clock.today():
        consent.given_at = timezone.make_aware(dt.datetime.combine(given_on, dt.time(12)))
    consent.save(force_insert=True)
    if evidence is not None:
        files.attach(file=evidence, subject=consent)
    emit(
        "consent.given",
        subject=consent,
        account_id=contact.account_id,
        actor_id=actor_id(actor),
        payload={"contact": contact.pk, "activities": activities, "source": source},
    )
    return consent


@transaction.atomic
def revoke_consent(*, consent: Consent, actor: Actor) -> Consent:
    """The customer takes it back; without another consent in force the contact takes part no longer.

    What rests on it is told in the same transaction (`settings.CONSENT_REVOKED`): nothing stays published without it.
    """
    contact = Contact.objects.get(pk=consent.contact_id)
    account, contact = lock_account(contact.account_id), lock_contact(contact.pk)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.revoked_at is not None:
        return consent
    consent.revoked_at = timezone.now()
    consent.save(update_fields=["revoked_at"])
    emit(
        "consent.revoked",
        subject=consent,
        account_id=account.pk,
        actor_id=actor_id(actor),
        payload={"contact": contact.pk},
    )
    for path in settings.CONSENT_REVOKED:
        end: Callable[..., object] = import_string(path)
        end(consent=consent, actor=actor)
    _retire_without_consent(contact)
    return consent


@transaction.atomic
def lapse_consents(*, contact: Contact) -> bool:
    """Retire a contact whose last consent has run out; return whether that was so. The nightly round calls it."""
    account, contact = lock_account(contact.account_id), lock_contact(contact.pk)
    if contact.state not in POOL or in_force(contact):
        return False
    emit("consent.lapsed", subject=contact, account_id=account.pk, payload={"contact": contact.pk})
    return _retire_without_consent(contact)


def _retire_without_consent(contact: Contact) -> bool:
    if contact.state not in {*POOL, Membership.ONBOARDING} or in_force(contact):
        return False
    account = lock_account(contact.account_id)
    standing.retire(account, contact)
    kept.settle(account)
    return True


def in_force(contact: Contact) -> bool:
    """Whether the contact has a consent to acts that is neither taken back nor over."""
    consents = Consent.objects.filter(contact=contact, revoked_at__isnull=True, expires_on__gte=clock.today())
    return consents.exclude(activities=[]).exists()
