"""What a customer's page shows: only what is theirs, of every company for which they speak. Each list is bounded."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from references.accounts import clock, wording
from references.accounts.enums import AskState
from references.accounts.kept import with_shared_cap
from references.accounts.models import ActivityType, Ask, Consent, Contact
from references.accounts.selectors import activity_types
from references.accounts.shown import activity_names
from references.consents import selectors as consents
from references.consents.enums import ReleaseState
from references.consents.models import ConsentTerm, Release
from references.consents.terms import spec_of
from references.content.enums import AssetState, PlacementState
from references.content.models import CustomerReview, Placement
from references.profiles.enums import ParticipationState
from references.profiles.models import Participation
from references.requests.enums import AGREED_CANDIDATES, CandidateState
from references.requests.models import Candidate
from references.surveys import letters
from references.surveys.enums import InvitationState, SurveyKind, SurveyState
from references.surveys.models import SurveyInvitation

SHOWN = 20
Mine = Sequence[Contact]


@dataclass(frozen=True)
class TermLine:
    """One thing that may be shown of them, in words."""

    term: ConsentTerm
    what: str


@dataclass(frozen=True)
class TermGroup:
    """What may be shown of them in the same places and until the same day; the company, if they speak for several."""

    where: str
    until: dt.date
    company: str
    lines: list[TermLine]


@dataclass(frozen=True)
class SurveyLine:
    """A survey that they were sent: the question as the mail asked it, and what became of it, in words."""

    invitation: SurveyInvitation
    question: str
    became: str


@dataclass(frozen=True)
class CapLine:
    """A kind that they agreed to, and their own cap of it."""

    kind: ActivityType
    minutes: str
    cap: int | None


def contacts() -> Any:
    """Return all contacts: only for pages behind a signed link, which says itself whose it opens."""
    return with_shared_cap(Contact.objects.select_related("person", "account", "stand_in__person"))


def stays(contact_id: int) -> int:
    """Return the contact that a link opens: the one into which this one was merged, else itself."""
    merged = Contact.objects.filter(pk=contact_id).values_list("merged_into", flat=True).first()
    return merged or contact_id


def mine(contact: Contact) -> list[Contact]:
    """Return every contact that this person is, the page's own first: who works for two customers has one page."""
    others = contacts().filter(person=contact.person_id, merged_into__isnull=True, left_company_at__isnull=True)
    return [contact, *others.exclude(pk=contact.pk).order_by("-pk")]


def colleague_called(contact: Contact, name: str) -> QuerySet[Contact]:
    """Return whom we know by this name at a contact's company."""
    there = Contact.objects.filter(account=contact.account_id, left_company_at__isnull=True, merged_into__isnull=True)
    return there.filter(person__name__iexact=name)


def asked_now(people: Mine) -> list[Candidate]:
    """Return what they are asked for, and what they agreed to that is still to come."""
    states = (CandidateState.INVITED, CandidateState.NO_SHOW, *AGREED_CANDIDATES)
    rows = Candidate.objects.filter(contact__in=people, state__in=states)
    shown = rows.select_related("request__activity", "request__requester__person", "account")
    return list(shown.order_by("-pk")[:SHOWN])


def reviews_open(people: Mine) -> list[CustomerReview]:
    """Return the drafts that wait for their word."""
    rows = CustomerReview.objects.filter(contact__in=people, answered_at=None, asset__state=AssetState.CUSTOMER_REVIEW)
    return list(rows.select_related("asset", "asked_by__person").order_by("-pk")[:SHOWN])


def open_releases(people: Mine) -> list[Release]:
    """Return the releases that they have not answered."""
    rows = Release.objects.filter(contact__in=people, state=ReleaseState.ASKED)
    return list(rows.select_related("asked_by__person", "template").order_by("-pk")[:SHOWN])


def used(people: Mine) -> list[Placement]:
    """Return where their words and name stand now, also what is still to be taken down."""
    states = (PlacementState.LIVE, PlacementState.TAKEDOWN)
    rows = Placement.objects.filter(asset__needs__contact__in=people, state__in=states)
    return list(rows.select_related("asset").distinct().order_by("-placed_on", "-pk")[:SHOWN])


def asked(people: Mine) -> list[Ask]:
    """Return what they were asked for so far, newest first; what was called off before they heard of it is left out.

    Surveys stand by themselves (`surveys`).
    """
    asks = Ask.objects.filter(contact__in=people, activity__isnull=False, survey_invitation__isnull=True)
    asks = asks.exclude(state=AskState.RELEASED).select_related("activity", "reserved_by__person")
    return list(asks.order_by("-planned_on", "-pk")[:SHOWN])


def surveys(people: Mine) -> list[SurveyLine]:
    """Return the surveys that they were sent and what became of each, newest first."""
    rows = SurveyInvitation.objects.filter(contact__in=people, sent_at__isnull=False).select_related("survey")
    newest = rows.order_by("-sent_at", "-pk")[:SHOWN]
    return [SurveyLine(row, letters.question_of(row.survey), _became(row)) for row in newest]


def surveys_open(people: Mine) -> list[SurveyInvitation]:
    """Return the surveys that they can still answer."""
    states = (InvitationState.SENT, InvitationState.EXPIRED)
    rows = SurveyInvitation.objects.filter(contact__in=people, state__in=states, sent_at__isnull=False)
    running = rows.exclude(survey__state=SurveyState.CLOSED).select_related("survey")
    return list(running.order_by("-sent_at", "-pk")[:SHOWN])


def _became(row: SurveyInvitation) -> str:
    if row.state == InvitationState.ANSWERED and row.score is not None:
        of = 10 if row.survey.kind == SurveyKind.NPS else 5
        return _("you answered: %(score)d of %(of)d") % {"score": row.score, "of": of}
    if row.state == InvitationState.ANSWERED:
        return _("you answered")
    return _("you would rather not") if row.state == InvitationState.DECLINED else _("no answer")


def programs(people: Mine) -> list[Participation]:
    """Return the other programs that they take part in, or were invited to, with what was agreed there."""
    open_ones = (ParticipationState.INVITED, ParticipationState.ACTIVE)
    rows = Participation.objects.filter(contact__in=people, state__in=open_ones, program__ended_on__isnull=True)
    return list(rows.select_related("program").order_by("program__name")[:SHOWN])


def in_force(people: Mine) -> list[Consent]:
    """Return the agreements that hold, newest first."""
    rows = Consent.objects.filter(contact__in=people, revoked_at__isnull=True, expires_on__gte=clock.today())
    return list(rows.select_related("contact__account").order_by("-given_at", "-pk"))


def terms(people: Mine) -> list[TermGroup]:
    """Return what may be shown of them now, in words: together what holds for the same places and time."""
    groups: dict[tuple[str, dt.date, str], TermGroup] = {}
    for term in consents.terms_of_all(people):
        if not consents.holds(term):
            continue
        company = term.contact.account.name if len({one.account_id for one in people}) > 1 else ""
        key = (spec_of(term).where, term.expires_on, company)
        group = groups.setdefault(key, TermGroup(*key, lines=[]))
        group.lines.append(TermLine(term, str(term.get_scope_display())))
    return list(groups.values())


def agreed_kinds(people: Mine) -> list[CapLine]:
    """Return the kinds that they agreed to be asked for, with their own caps: one number, whoever they speak for."""
    slugs = {slug for consent in in_force(people) for slug in consent.activities}
    caps: dict[str, int] = {}
    for contact in reversed(people):
        caps |= contact.caps or {}
    return [
        CapLine(kind, wording.minutes(kind), caps.get(kind.slug)) for kind in activity_types() if kind.slug in slugs
    ]


def named(consent: Consent, names: dict[str, str]) -> str:
    """Return what an agreement is about, by the names of kinds."""
    return activity_names(consent.activities, names)
