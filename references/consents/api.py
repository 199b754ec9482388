"""Consent to show something over the API: the same doors as the pages."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from references.accounts.models import Contact
from references.accounts.selectors import consents_visible_to, contacts_visible_to
from references.consents import selectors, services
from references.consents.enums import Channel, Scope, UseAudience
from references.consents.filters import TermFilter
from references.consents.models import ConsentTemplate, ConsentTerm, Release
from references.consents.terms import TermSpec
from references.consents.wording import hash_of
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["references"])


class TermOut(api.Thing):
    """One thing that a contact agreed may be shown. Empty channel: anywhere; empty territory: all countries."""

    contact: api.Ref
    consent: str
    scope: Scope
    channel: str
    audience: UseAudience
    territory: str
    ask_first: bool
    expires_on: dt.date
    revoked_at: dt.datetime | None
    in_force: bool

    @staticmethod
    def resolve_contact(obj: ConsentTerm) -> Any:
        return SimpleNamespace(public_id=obj.contact.public_id, name=obj.contact.person.name)

    @staticmethod
    def resolve_consent(obj: ConsentTerm) -> str:
        return obj.consent.public_id

    @staticmethod
    def resolve_in_force(obj: ConsentTerm) -> bool:
        return selectors.holds(obj)

    @staticmethod
    def resolve_url(obj: ConsentTerm) -> str:
        return obj.contact.get_absolute_url()


class TermIn(api.Input):
    """One thing to be agreed to."""

    scope: Scope
    channel: Channel | None = None
    audience: UseAudience = UseAudience.PUBLIC
    territory: str = Field("", max_length=80)
    ask_first: bool = False

    def spec(self) -> TermSpec:
        """Return it as services take it."""
        channel = self.channel.value if self.channel else ""
        return TermSpec(self.scope.value, channel, self.audience.value, self.territory, self.ask_first)


class TermsIn(api.Input):
    """Terms that rest on a consent which is on record, with its own words and document."""

    consent: str = Field(description="Id of the consent (`GET /consents`).")
    terms: list[TermIn]
    until: dt.date


class ReleaseIn(api.Input):
    """Terms to ask a contact for, by a link in a mail."""

    terms: list[TermIn]
    until: dt.date
    template: str = Field("", description="Id of the words; empty: the first in use (`GET /consent-templates`).")
    message: str = Field("", max_length=2000)


class ReleaseOut(api.Thing):
    """A question to a contact, and whether it was answered."""

    contact: api.Ref
    state: str
    until: dt.date
    terms: list[dict[str, Any]]
    answered_at: dt.datetime | None

    @staticmethod
    def resolve_contact(obj: Release) -> Any:
        return SimpleNamespace(public_id=obj.contact.public_id, name=obj.contact.person.name)


class TemplateOut(api.Thing):
    """One version of the words that customers agree to."""

    name: str
    version: int
    text: str
    sha256: str
    scopes: list[str]
    months: int
    retired_at: dt.datetime | None

    @staticmethod
    def resolve_sha256(obj: ConsentTemplate) -> str:
        return hash_of(obj)


def _contact(request: MemberRequest, public_id: str, permission: str) -> Contact:
    contact: Contact = api.found(contacts_visible_to(request.user), public_id)
    if not request.user.has_perm(permission, contact.account):
        raise NotAllowed(_("Only the account’s owner and the reference managers do that."))
    return contact


@api.listing(router, "/consent-terms", TermOut, filters=TermFilter)
def list_consent_terms(request: MemberRequest) -> QuerySet[ConsentTerm]:
    """List what may be shown of the contacts that you may see."""
    return selectors.with_people(selectors.terms_visible_to(request.user))


@api.listing(router, "/consent-templates", TemplateOut)
def list_consent_templates(request: MemberRequest) -> QuerySet[ConsentTemplate]:
    """List every version of the words that customers agree to."""
    if not request.user.has_perm("references.see_consent_words"):
        raise NotAllowed(_("Colleagues only."))
    return selectors.templates().order_by()


@router.post("/contacts/{public_id}/terms", response={201: list[TermOut]})
def record_contact_terms(request: MemberRequest, public_id: str, data: TermsIn) -> Any:
    """Keep what a contact agreed to under a consent that is on record."""
    contact = _contact(request, public_id, "references.record_terms")
    consent = consents_visible_to(request.user).filter(public_id=data.consent, contact=contact).first()
    if consent is None:
        message = _("This contact has no such consent.")
        raise InvalidInput(message, errors={"consent": message})
    services.record_terms(
        contact=contact, terms=[one.spec() for one in data.terms], until=data.until, actor=request.user,
        consent=consent,
    )  # fmt: skip
    return api.Status(201, selectors.terms_under(consent))


@router.post("/contacts/{public_id}/release", response={201: ReleaseOut})
def ask_contact_release(request: MemberRequest, public_id: str, data: ReleaseIn) -> Any:
    """Ask a contact by mail for exactly these terms."""
    contact = _contact(request, public_id, "references.ask_release")
    words = selectors.newest_templates()
    template = words.filter(public_id=data.template).first() if data.template else words.first()
    if template is None:
        message = _("There are no such words in use.")
        raise InvalidInput(message, errors={"template": message})
    release = services.ask_release(
        contact=contact, template=template, terms=[one.spec() for one in data.terms], until=data.until,
        message=data.message, by=request.user,
    )  # fmt: skip
    return api.Status(201, release)


@router.post("/consent-terms/{public_id}/revoke", response=TermOut)
def revoke_consent_term(request: MemberRequest, public_id: str) -> ConsentTerm:
    """Note that one thing was taken back: it is hidden at once, and what is published has to come down."""
    rows = selectors.with_people(selectors.terms_visible_to(request.user))
    term: ConsentTerm = api.found(rows, public_id)
    if not request.user.has_perm("references.revoke_terms", term.contact.account):
        raise NotAllowed(_("Only the account’s owner, legal and the reference managers note that."))
    services.revoke_terms(terms=[term], actor=request.user)
    found: ConsentTerm = api.found(rows, public_id)
    return found
