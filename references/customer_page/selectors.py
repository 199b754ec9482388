"""What a customer's page shows: only what is theirs. Each list is bounded."""

from dataclasses import dataclass
from typing import Any

from references.accounts import clock, wording
from references.accounts import selectors as accounts
from references.accounts.enums import AskState
from references.accounts.models import ActivityType, Ask, Consent, Contact
from references.accounts.selectors import activity_types
from references.accounts.shown import activity_names
from references.consents import selectors as consents
from references.consents.models import ConsentTerm
from references.consents.terms import spec_of
from references.content.enums import AssetState, PlacementState
from references.content.models import CustomerReview, Placement
from references.requests.enums import AGREED_CANDIDATES, CandidateState
from references.requests.models import Candidate

SHOWN = 20


@dataclass(frozen=True)
class TermLine:
    """One thing that may be shown of them, in words."""

    term: ConsentTerm
    what: str
    where: str


@dataclass(frozen=True)
class CapLine:
    """A kind that they agreed to, and their own cap of it."""

    kind: ActivityType
    minutes: str
    cap: int | None


def contacts() -> Any:
    """Return all contacts: only for pages behind a signed link, which says itself whose it opens."""
    return Contact.objects.select_related("person", "account", "stand_in__person")


def stays(contact_id: int) -> int:
    """Return the contact that a link opens: the one into which this one was merged, else itself."""
    merged = Contact.objects.filter(pk=contact_id).values_list("merged_into", flat=True).first()
    return merged or contact_id


def asked_now(contact: Contact) -> list[Candidate]:
    """Return what they are asked for, and what they agreed to that is still to come."""
    states = (CandidateState.INVITED, CandidateState.NO_SHOW, *AGREED_CANDIDATES)
    rows = Candidate.objects.filter(contact=contact, state__in=states)
    return list(rows.select_related("request__activity", "request__requester__person").order_by("-pk")[:SHOWN])


def reviews_open(contact: Contact) -> list[CustomerReview]:
    """Return the drafts that wait for their word."""
    rows = CustomerReview.objects.filter(contact=contact, answered_at=None, asset__state=AssetState.CUSTOMER_REVIEW)
    return list(rows.select_related("asset", "asked_by__person").order_by("-pk")[:SHOWN])


def used(contact: Contact) -> list[Placement]:
    """Return where their words and name stand now."""
    rows = Placement.objects.filter(asset__needs__contact=contact, state=PlacementState.LIVE)
    return list(rows.select_related("asset").distinct().order_by("-placed_on", "-pk")[:SHOWN])


def asked(contact: Contact) -> list[Ask]:
    """Return what they were asked for so far, newest first; what was called off before they heard of it is left out."""
    asks = Ask.objects.filter(contact=contact, activity__isnull=False).exclude(state=AskState.RELEASED)
    return list(asks.select_related("activity", "reserved_by__person").order_by("-planned_on", "-pk")[:SHOWN])


def in_force(contact: Contact) -> list[Consent]:
    """Return the agreements that hold, newest first."""
    rows = accounts.consents_of(contact)
    return [row for row in rows if row.revoked_at is None and row.expires_on >= clock.today()]


def terms(contact: Contact) -> list[TermLine]:
    """Return what may be shown of them now, in words."""
    rows = [term for term in consents.terms_of(contact) if consents.holds(term)]
    return [TermLine(term, str(term.get_scope_display()), spec_of(term).where) for term in rows]


def agreed_kinds(contact: Contact) -> list[CapLine]:
    """Return the kinds that they agreed to be asked for, with their own caps."""
    slugs = {slug for consent in in_force(contact) for slug in consent.activities}
    caps = contact.caps or {}
    return [
        CapLine(kind, wording.minutes(kind), caps.get(kind.slug)) for kind in activity_types() if kind.slug in slugs
    ]


def named(consent: Consent, names: dict[str, str]) -> str:
    """Return what an agreement is about, by the names of kinds."""
    return activity_names(consent.activities, names)
