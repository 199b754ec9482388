"""Contacts and consents over the API: the same doors as the pages."""

from typing import Any

from django.db.models import QuerySet

from references.accounts import selectors, services
from references.accounts.api.doors import account_of, contact_of, demand, router
from references.accounts.api.shapes import ConsentIn, ConsentOut, ContactIn, ContactOut, ContactPatch, Invitation
from references.accounts.filters import ContactFilter
from references.accounts.models import Consent, Contact
from refprogram.kernel import api
from refprogram.kernel.custom_fields.api import with_custom
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.files.api import uploaded
from refprogram.people.auth import MemberRequest


@api.listing(router, "/contacts", ContactOut, filters=ContactFilter)
def list_contacts(request: MemberRequest) -> QuerySet[Contact]:
    """List the people of the accounts that you may open."""
    demand(request, "references.see_accounts")
    return with_custom(selectors.contacts_visible_to(request.user).select_related("stand_in"), "contact")


@router.post("/contacts", response={201: ContactOut})
def create_contact(request: MemberRequest, data: ContactIn) -> Any:
    """Add a person to an account, or return the contact that is there."""
    account = account_of(request, data.account)
    demand(request, "references.change_contacts", account)
    fields = data.dict(exclude={"account"})
    contact = services.add_contact(account=account, actor=request.user, **fields)
    return api.Status(201, contact_of(request, contact.public_id))


@router.get("/contacts/{public_id}", response=ContactOut)
def get_contact(request: MemberRequest, public_id: str) -> Contact:
    """Return one contact."""
    return contact_of(request, public_id)


@router.patch("/contacts/{public_id}", response=ContactOut)
def change_contact(request: MemberRequest, public_id: str, data: api.PatchDict[ContactPatch]) -> Contact:
    """Change who a contact is, or what they are willing to do."""
    contact = contact_of(request, public_id)
    demand(request, "references.change_contacts", contact.account)
    services.edit_contact(contact=contact, actor=request.user, **_profile(contact, dict(data)))
    return contact_of(request, public_id)


def _profile(contact: Contact, data: dict[str, Any]) -> dict[str, Any]:
    """Turn the days and the stand-in of a body into what the service takes."""
    if "blackouts" in data:
        data["blackouts"] = [{"from": span["first"], "to": span["last"]} for span in data["blackouts"]]
    if data.get("stand_in") is not None:
        key = data["stand_in"]
        data["stand_in"] = contact.account.contacts.filter(public_id=key).first()
        if data["stand_in"] is None:
            message = "There is no such contact at this account."
            raise InvalidInput(message, errors={"stand_in": message})
    return data


@router.post("/contacts/{public_id}/invite", response=ContactOut)
def invite_contact(request: MemberRequest, public_id: str, data: Invitation) -> Contact:
    """Invite a contact to the program; the mail follows."""
    contact = contact_of(request, public_id)
    demand(request, "references.invite_contact", contact.account)
    services.invite_to_program(
        account=contact.account, contact=contact, activities=data.activities, source=contact, actor=request.user
    )
    return contact_of(request, public_id)


@api.listing(router, "/consents", ConsentOut)
def list_consents(request: MemberRequest) -> QuerySet[Consent]:
    """List the consents of the people of the accounts that you may open."""
    demand(request, "references.see_accounts")
    return selectors.consents_visible_to(request.user)


@router.post("/consents", response={201: ConsentOut})
def create_consent(request: MemberRequest, data: ConsentIn) -> Any:
    """Keep a consent that was given elsewhere; it makes the contact a reference."""
    contact = contact_of(request, data.contact)
    demand(request, "references.record_consent", contact.account)
    fields = data.dict(exclude={"contact", "evidence"})
    if data.evidence is not None:
        fields["evidence"] = uploaded(data.evidence, field="evidence", purpose="consent_evidence", user=request.user)
    return api.Status(201, services.record_consent(contact=contact, actor=request.user, **fields))


@router.get("/consents/{public_id}", response=ConsentOut)
def get_consent(request: MemberRequest, public_id: str) -> Any:
    """Return one consent, in its words."""
    return api.found(selectors.consents_visible_to(request.user), public_id)


@router.post("/consents/{public_id}/revoke", response=ConsentOut)
def revoke_consent(request: MemberRequest, public_id: str) -> Consent:
    """Note that the customer took it back."""
    consent = api.found(selectors.consents_visible_to(request.user), public_id)
    demand(request, "references.record_consent", consent.contact.account)
    return services.revoke_consent(consent=consent, actor=request.user)
