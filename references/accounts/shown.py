"""Accounts, people, asks and consents put into the words and pills that their pages show."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from references.accounts import clock, kept, policy, provenance, wording
from references.accounts.columns import place
from references.accounts.enums import AskState, FreezeKind, Membership, Tier
from references.accounts.models import Account, ActivityType, Ask, Consent, Contact, Opportunity
from references.accounts.segment_names import BAND_WORDS
from references.accounts.segments import band_of
from references.accounts.selectors.availability import MEMBER_TONES
from references.accounts.selectors.lists import products_of
from references.accounts.tables import OpportunityTable
from refprogram.governance.fulfilment.enums import GiftPolicy
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.kernel.files.addresses import address
from refprogram.kernel.files.selectors import files_of
from refprogram.kernel.models import StoredFile
from refprogram.kernel.tables import Column, Pill
from refprogram.kernel.templatetags.rp import day, money, number, reltime

FREEZE_KINDS = [
    (FreezeKind.ESCALATION, gettext_lazy("Open escalation")),
    (FreezeKind.RENEWAL, gettext_lazy("Renewal under way")),
    (FreezeKind.LEGAL, gettext_lazy("Legal matter")),
]
ASK_TONES = {AskState.HELD: "wait", AskState.BOOKED: "info", AskState.SPENT: "ok", AskState.DECLINED: ""}


@dataclass(frozen=True)
class PersonLine:
    """One line of an account's people."""

    contact: Contact
    willing: str
    pill: Pill
    asked: str
    asked_note: str


def head_facts(account: Account) -> list[str]:
    """Return the line under an account's name."""
    facts = [account.industry, place(account)]
    if account.employees:
        facts.append(ngettext("%(n)s person", "%(n)s people", account.employees) % {"n": number(account.employees)})
    if account.member_since:
        facts.append(_("Reference since %(year)d") % {"year": account.member_since.year})
    if account.tier:
        facts.append(str(Tier(account.tier).label))
    return [fact for fact in facts if fact]


def rail_facts(account: Account) -> list[tuple[str, Any, str]]:
    """Return names and values for the rail, each with whose word it is; empty values are left out where drawn."""
    return [(words, value, provenance.badge(account, field)) for words, value, field in _facts(account)]


def _facts(account: Account) -> list[tuple[str, Any, str]]:
    return [
        (_("Owner"), account.owner.name if account.owner else _("nobody yet"), "owner"),
        (_("Success"), account.csm.name if account.csm else "", ""),
        (_("Our sponsor"), account.sponsor.name if account.sponsor else "", ""),
        (_("Industry"), account.industry, "industry"),
        (_("Region"), account.region.name if account.region else "", "region"),
        (_("Size"), _size(account), "employees"),
        (_("Products"), ", ".join(products_of(account)), ""),
        (_("Use cases"), ", ".join(account.use_cases), ""),
        (_("Replaced there"), account.competitor, ""),
        (_("Renews on"), day(account.renews_on) if account.renews_on else "", ""),
        (_("Live since"), day(account.live_since) if account.live_since else "", "live_since"),
        (_("Founded"), str(account.founded or ""), "founded"),
        (_("Part of"), account.parent.name if account.parent else "", "parent"),
        (_("Last asked"), reltime(account.last_asked_at, _("never")), ""),
        (_("Done for us"), number(account.activities_done) if account.activities_done else "", ""),
        (_("Id in the CRM"), account.external_ref or "", "external_ref"),
        (_("Gifts"), _gift_words(account), ""),
    ]


def _size(account: Account) -> str:
    """Return the size band and the head count in it."""
    if account.employees is None:
        return ""
    return f"{BAND_WORDS[band_of(account.employees)]} ({number(account.employees)})"


def _gift_words(account: Account) -> str:
    """Return what their house allows; nothing where nobody said anything."""
    if account.gift_policy == GiftPolicy.ALLOWED and not account.gift_note:
        return ""
    return GiftRule(GiftPolicy(account.gift_policy), account.gift_ceiling, account.gift_note).words


def people(contacts: Iterable[Contact], kinds: Iterable[ActivityType]) -> list[PersonLine]:
    """Return the lines of `selectors.contacts_of`."""
    names = {kind.slug: kind.name for kind in kinds}
    return [
        PersonLine(
            contact=contact,
            willing=activity_names(contact.willing, names),
            pill=contact_pill(contact),
            asked=_("%(used)d of %(cap)d") % {"used": _count(contact, "quarter"), "cap": kept.cap_of(contact)},
            asked_note=_("%(n)d this year") % {"n": _count(contact, "year")},
        )
        for contact in contacts
    ]


def _count(contact: Contact, span: str) -> int:
    return int(getattr(contact, f"asked_this_{span}"))


def activity_names(slugs: Iterable[str], names: dict[str, str]) -> str:
    """Return "Reference call, quote": the first name as it stands, the others within the sentence."""
    words = ", ".join(names.get(slug, slug).lower() for slug in slugs)
    return words[:1].upper() + words[1:]


def contact_pill(contact: Contact) -> Pill:
    """Return where a contact stands: erased, left, paused, consent until when, or the membership's word."""
    today = clock.today()
    if contact.person.erased_at is not None:
        return Pill(_("Erased at their request"))
    if contact.left_company_at is not None:
        return Pill(_("Left the company"))
    left_alone = _left_alone(contact, today)
    if left_alone is not None:
        return left_alone
    until = getattr(contact, "consent_until", None)
    if contact.state != Membership.ACTIVE or until is None:
        return Pill(str(Membership(contact.state).label).capitalize(), MEMBER_TONES.get(Membership(contact.state), ""))
    left = (until - today).days
    if left <= policy.now().consent_warning.days:
        return Pill(ngettext("Lapses in %(n)d day", "Lapses in %(n)d days", left) % {"n": left}, "wait")
    return Pill(_("Until %(month)s") % {"month": date_format(until, "F Y")}, "ok")


def _left_alone(contact: Contact, today: dt.date) -> Pill | None:
    """Return until when they asked for a pause, or their caps are used; None if they may be asked."""
    if contact.paused_until is not None and contact.paused_until > today:
        return Pill(_("Pause until %(day)s") % {"day": day(contact.paused_until)}, "rest")
    if contact.rests_until is not None and contact.rests_until > today:
        return Pill(_("Resting until %(day)s") % {"day": day(contact.rests_until)}, "rest")
    return None


def contact_facts(contact: Contact, names: dict[str, str]) -> list[tuple[str, Any]]:
    """Return names and values of a contact."""
    cap = kept.cap_of(contact)
    whose = _("their own number") if contact.cap_per_quarter is not None else _("the program’s number")
    at_most = ngettext("%(cap)d ask in three months (%(whose)s)", "%(cap)d asks in three months (%(whose)s)", cap)
    return [
        (_("Account"), contact.account.name),
        (_("Job title"), contact.person.title),
        (_("E-mail"), contact.person.email or _("none yet")),
        (_("Telephone"), contact.person.phone),
        (_("Willing to"), activity_names(contact.willing, names) or _("nothing said yet")),
        (_("At most"), at_most % {"cap": cap, "whose": whose}),
        *_profile_facts(contact, names),
    ]


def _profile_facts(contact: Contact, names: dict[str, str]) -> list[tuple[str, Any]]:
    caps = ", ".join(f"{names.get(slug, slug)}: {n}" for slug, n in (contact.caps or {}).items())
    assistant = ", ".join(filter(None, (contact.assistant_name, contact.assistant_email)))
    last = clock.today().isoformat()
    away = "; ".join(wording.days(span) for span in contact.blackouts or [] if span["to"] >= last)
    return [
        (_("Their own caps"), caps),
        (_("Speaks for"), contact.persona),
        (_("Seniority"), str(contact.get_seniority_display()) if contact.seniority else ""),
        (_("Languages"), ", ".join(contact.languages)),
        (_("Likes to talk about"), ", ".join(contact.topics_yes)),
        (_("Not about"), ", ".join(contact.topics_no)),
        (_("Nobody asks"), away),
        (_("Assistant"), assistant),
        (_("Stands in"), contact.stand_in.person.name if contact.stand_in is not None else ""),
    ]


def last_scores(thing: Account | Contact) -> list[tuple[str, str]]:
    """Return the last answers to surveys of an account (the mean of its people) or of a contact, with their day."""
    facts = []
    for words, value, at, top in (
        (_("Would recommend us"), thing.nps, thing.nps_at, 10),
        (_("Satisfied"), thing.csat, thing.csat_at, 5),
    ):
        if value is not None:
            said = _("%(value)s of %(top)d") % {"value": number(value, 0 if value == int(value) else 1), "top": top}
            facts.append((words, f"{said}, {day(at)}" if at else said))
    return facts


@dataclass(frozen=True)
class ConsentLine:
    """One consent as a contact's page shows it."""

    consent: Consent
    what: str
    pill: Pill
    open: bool
    evidence: StoredFile | None = None
    evidence_url: str = ""


def consent_lines(consents: Iterable[Consent], names: dict[str, str], *, reader: Any) -> list[ConsentLine]:
    """Return consents in words; with a `reader` who may see them, with their signed releases."""
    rows = list(consents)
    kept = files_of(rows) if reader is not None else {}
    return [consent_line(consent, names, next(iter(kept.get(consent.pk, [])), None), reader) for consent in rows]


def consent_line(
    consent: Consent, names: dict[str, str], evidence: StoredFile | None = None, reader: Any = None
) -> ConsentLine:
    """Return a consent in words."""
    if consent.revoked_at is not None:
        pill = Pill(_("Taken back on %(day)s") % {"day": day(consent.revoked_at)})
    elif consent.expires_on < clock.today():
        pill = Pill(_("Ended on %(day)s") % {"day": day(consent.expires_on)})
    else:
        pill = Pill(_("Until %(day)s") % {"day": day(consent.expires_on)}, "ok")
    url = address(evidence, viewer=reader) if evidence is not None and evidence.ready else ""
    what = activity_names(consent.activities, names) or _("What may be shown of them")
    return ConsentLine(consent, what, pill, pill.tone == "ok", evidence, url)


@dataclass(frozen=True)
class AskLine:
    """One ask as the panel shows it."""

    ask: Ask
    pill: Pill


def ask_line(ask: Ask) -> AskLine:
    """Return an ask in words."""
    return AskLine(ask, Pill(str(ask.get_state_display()).capitalize(), ASK_TONES.get(AskState(ask.state), "")))


def deal_facts(deal: Opportunity, *, may_open: bool) -> list[tuple[str, Any]]:
    """Return what the CRM says about a deal; its account is a link for who may open it."""
    account = deal.account
    linked = account is not None and may_open
    named = format_html('<a href="{}">{}</a>', account.get_absolute_url(), account.name) if account and linked else ""
    return [
        (_("Account"), named or (account.name if account else _("unknown"))),
        (_("Product"), deal.product.name if deal.product else ""),
        (_("Amount"), _("unknown") if deal.amount is None else money(deal.amount)),
        (_("Owner"), deal.owner.name if deal.owner else _("nobody yet")),
        (_("Opened"), day(deal.opened_on) if deal.opened_on else ""),
        (_("Closes"), day(deal.closes_on) if deal.closes_on else _("unknown")),
        (_("Id in the CRM"), deal.external_ref or ""),
    ]


def deal_columns() -> dict[str, Column]:
    """Return the columns of deals on their account's own page."""
    return {name: column for name, column in OpportunityTable.declared().items() if name != "account"}
