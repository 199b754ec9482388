"""What each side should know before they meet: who, why, what about, and what was promised. Facts alone, no effect."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from references.accounts.models import Account
from references.accounts.wording import minutes
from references.requests.models import Candidate
from references.requests.words import must_have_chips
from refprogram.kernel.templatetags import rp

Facts = list[tuple[str, Any]]
exactly = lazy(rp.exact, str)  # written in the reader's own zone and language


@dataclass(frozen=True)
class Brief:
    """One side's page: facts of the meeting, whom they meet, why just these two, what about, what was promised."""

    title: str
    lead: str
    meeting: Facts
    who: Facts
    why: list[str]
    topics: list[str]
    promised: list[str]


def for_us(candidate: Candidate) -> Brief:
    """Return what whoever asked, and the prospect, should know of the customer."""
    account, contact, request = candidate.account, candidate.contact, candidate.request
    who: Facts = [
        (_("Person"), ", ".join(filter(None, (contact.person.name, contact.person.title)))),
        (_("Company"), account.name),
        *_company(account),
        (_("Chose us over"), account.competitor),
    ]
    why = [f"{name}: {value}" for name, value in must_have_chips(request)]
    return Brief(
        title=_("Before you meet %(contact)s") % {"contact": contact.person.name},
        lead=_("They give their time for us. Ten minutes with this page, and it is well spent."),
        meeting=_meeting(candidate),
        who=[fact for fact in who if fact[1]],
        why=why or [_("The closest of our references to what was asked.")],
        topics=_lines(request.topics),
        promised=[*_lines(candidate.promised), *_house_rules(candidate)],
    )


def for_customer(candidate: Candidate) -> Brief:
    """Return what the customer should know of whom they meet, and of what they were promised."""
    request = candidate.request
    deal = request.opportunity
    prospect = deal.account if deal is not None else None
    who: Facts = [
        (_("For whom"), request.purpose),
        *(_company(prospect, short=True) if prospect is not None else []),
        (_("Your contact"), request.requester.name),
    ]
    why = [_("%(what)s: %(value)s, as with you.") % {"what": a, "value": b} for a, b in must_have_chips(request)]
    return Brief(
        title=_("What to expect"),
        lead=_("You need not prepare anything. If you like to know beforehand, here it is."),
        meeting=_meeting(candidate),
        who=[fact for fact in who if fact[1]],
        why=why or [_("Your experience is closest to what they ask about.")],
        topics=_lines(request.topics),
        promised=[*_lines(candidate.promised), *_house_rules(candidate)],
    )


def draft_of_thanks(candidate: Candidate) -> str:
    """Return a word of thanks as its sender may change it."""
    words = {
        "name": candidate.contact.person.name,
        "activity": candidate.request.activity.name.lower(),
        "purpose": candidate.request.purpose,
        "requester": candidate.request.requester.name,
    }
    return (
        _(
            "Dear %(name)s,\n\nthank you for the %(activity)s for %(purpose)s. %(requester)s told me that you took the "
            "time, and that is not a matter of course. If there is anything we can do for you, write to me."
        )
        % words
    )


def _meeting(candidate: Candidate) -> Facts:
    request = candidate.request
    facts: Facts = [(_("What"), request.activity.name)]
    if candidate.scheduled_at is not None:
        facts.append((_("When"), exactly(candidate.scheduled_at)))
    return [*facts, (_("How long"), minutes(request.activity))]


def _company(account: Account, *, short: bool = False) -> Facts:
    where = ", ".join(filter(None, (account.city, account.country)))
    facts: Facts = [(_("Industry"), account.industry), (_("Where"), where)]
    if account.employees:
        facts.append((_("Size"), _("%(n)s people") % {"n": rp.number(account.employees)}))
    if not short:
        facts.append((_("Uses it for"), ", ".join(account.use_cases)))
    return facts


def _house_rules(candidate: Candidate) -> Iterable[str]:
    """What every customer is promised."""
    yield _("It takes %(minutes)s, and no longer.") % {"minutes": minutes(candidate.request.activity)}
    yield _("Name, title and company stay among those who meet; nothing is recorded or quoted without asking again.")


def _lines(text: str) -> list[str]:
    return [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]
