"""What accounts hold about a person: as a customer's contact, and as the colleague who looks after accounts."""

from collections.abc import Iterable
from typing import Any

from references.accounts.models import Account, Ask, Consent, Contact, Freeze, MembershipStep
from references.accounts.services.consents import revoke_consent
from references.accounts.services.membership import contact_left
from refprogram.kernel.custom_fields.definitions import definitions
from refprogram.kernel.enums import CustomType
from refprogram.kernel.files import services as files
from refprogram.kernel.models import CustomValue, StoredFile


def erase_person(person_id: int) -> None:
    """They take part no longer: asked no more, every consent taken back, their words and signed releases emptied."""
    contacts = Contact.objects.filter(person=person_id)
    for consent in Consent.objects.filter(contact__in=contacts, revoked_at__isnull=True):
        revoke_consent(consent=consent, actor=None)
    for contact in contacts.filter(left_company_at__isnull=True):
        contact_left(contact=contact, actor=None)
    ids = list(contacts.values_list("pk", flat=True))
    for file in _evidence(ids):
        files.remove(file=file)
    _evidence(ids).update(name="removed")
    Ask.objects.filter(contact__in=ids).exclude(note="").update(note="")
    contacts.update(
        persona="", seniority="", languages=[], topics_yes=[], topics_no=[], caps={}, blackouts=[], assistant_name="",
        assistant_email="", stand_in=None,
    )  # fmt: skip
    Contact.objects.filter(stand_in__in=ids).update(stand_in=None)
    MembershipStep.objects.filter(contact__in=ids).exclude(reason="").update(reason="")
    Freeze.objects.filter(imposed_by__person=person_id).exclude(reason="").update(reason="")
    texts = [field.id for field in definitions("contact") if field.type == CustomType.TEXT]
    CustomValue.objects.filter(field__in=texts, object_id__in=ids).delete()


def _evidence(contacts: Iterable[int]) -> Any:
    consents = Consent.objects.filter(contact__in=contacts).values("pk")
    return StoredFile.objects.filter(subject_type="consent", subject_id__in=consents)


def export_person(person_id: int) -> dict[str, Any]:
    """Return where they take part, what they agreed to, what they were asked, and which accounts they look after."""
    contacts = Contact.objects.filter(person=person_id)
    asks = Ask.objects.filter(contact__in=contacts).order_by("pk")
    owned = Account.objects.filter(owner__person=person_id) | Account.objects.filter(csm__person=person_id)
    return {
        "takes_part": contacts.order_by("pk").values(
            "account__name",
            "state",
            "willing",
            "cap_per_quarter",
            "paused_until",
            "nps",
            "csat",
            "persona",
            "seniority",
            "languages",
            "topics_yes",
            "topics_no",
            "caps",
            "blackouts",
            "assistant_name",
            "assistant_email",
        ),
        "consents": (
            Consent.objects.filter(contact__in=contacts)
            .order_by("pk")
            .values("activities", "wording", "given_at", "expires_on", "source", "revoked_at")
        ),
        "steps": (
            MembershipStep.objects.filter(contact__in=contacts)
            .order_by("pk")
            .values("was", "state", "reason", "revisit_on", "at")
        ),
        "asked_for": asks.values("activity__name", "state", "planned_on", "ended_at", "note"),
        "accounts_looked_after": owned.order_by("pk").values("name", "state"),
    }
