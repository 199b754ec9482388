"""Planning a campaign: goal, audience, sponsor, messages, what helps to tell the story, money."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from nominations.campaigns.customers import cleaned
from nominations.campaigns.enums import CampaignState, MessageChannel
from nominations.campaigns.models import CampaignAsset
from nominations.campaigns.services.kickoff import seed
from nominations.models import Campaign, CampaignMessage
from references.accounts import clock
from refprogram.governance.budgets import services as budgets
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.files import services as files
from refprogram.kernel.models import StoredFile
from refprogram.kernel.stream import emit
from refprogram.people.models import Region, Team, User

FACTS: Final = (
    "name", "purpose", "goal", "target", "roles", "sponsor", "sponsor_message", "starts_on", "ends_on", "budget",
)  # fmt: skip
WORDS: Final = ("channel", "send_on", "subject", "body", "other_subject")


@transaction.atomic
def plan_campaign(
    *, actor: User, teams: Collection[Team] = (), regions: Collection[Region] = (), owner: User | None = None,
    **facts: Any,
) -> Campaign:  # fmt: skip
    """Plan a campaign, with the checklist that the teams which use references settle before it begins."""
    campaign = Campaign(owner=owner or actor)
    _set(campaign, facts)
    campaign.save(force_insert=True)
    campaign.teams.set(teams)
    campaign.regions.set(regions)
    seed(campaign)
    emit("campaign.planned", subject=campaign, actor_id=actor.person_id)
    return campaign


@transaction.atomic
def change_campaign(*, campaign: Campaign, actor: User, **facts: Any) -> Campaign:
    """Change a campaign. While it runs its first day stays; nobody who was written to is written to again."""
    campaign = lock(campaign)
    refuse_over(campaign)
    places = {name: facts.pop(name) for name in ("teams", "regions") if name in facts}
    if "owner" in facts:
        campaign.owner = facts.pop("owner") or campaign.owner
    started = campaign.state != CampaignState.PLANNED
    if started and facts.get("starts_on", campaign.starts_on) != campaign.starts_on:
        words = _("It has begun: its first day stays.")
        raise InvalidInput(words, errors={"starts_on": words})
    changed = sorted(name for name, value in facts.items() if getattr(campaign, name) != value)
    _set(campaign, {name: getattr(campaign, name) for name in FACTS} | facts)
    campaign.save()
    for name, rows in places.items():
        getattr(campaign, name).set(rows)
    payload = {"fields": sorted({*changed, *places})}
    emit("campaign.changed", subject=campaign, actor_id=actor.person_id, payload=payload)
    return campaign


def _set(campaign: Campaign, facts: dict[str, Any]) -> None:
    for name in facts.keys() & set(FACTS):
        setattr(campaign, name, facts[name])
    campaign.name = " ".join(campaign.name.split())[:120]
    campaign.roles = sorted(campaign.roles)
    errors = _problems(campaign)
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)


def _problems(campaign: Campaign) -> dict[str, str]:
    errors = {}
    if not campaign.name:
        errors["name"] = _("Give it a name.")
    elif Campaign.objects.filter(name=campaign.name).exclude(pk=campaign.pk).exists():
        errors["name"] = _("There is a campaign of this name already.")
    if campaign.ends_on < campaign.starts_on:
        errors["ends_on"] = _("The last day comes before the first one.")
    elif campaign.pk is None and campaign.ends_on < clock.today():
        errors["ends_on"] = _("This day is over.")
    if campaign.goal < 1:
        errors["goal"] = _("At least one.")
    if campaign.budget is not None and campaign.budget < 0:
        errors["budget"] = _("Not less than nothing.")
    return errors


def lock(campaign: Campaign) -> Campaign:
    """Return the campaign, fresh and locked."""
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("owner__person", "sponsor__person")
    return rows.get(pk=campaign.pk)


def refuse_over(campaign: Campaign) -> None:
    """Raise where nothing can be changed any more."""
    if campaign.state in {CampaignState.ENDED, CampaignState.CANCELLED}:
        raise DomainError(_("This campaign is over."))


# ---------------------------------------------------------------- messages


@transaction.atomic
def add_message(
    *,
    campaign: Campaign,
    actor: User,
    channel: str,
    send_on: dt.date,
    subject: str,
    body: str = "",
    other_subject: str = "",
    asset: StoredFile | None = None,
    customers: Mapping[str, Any] | None = None,
) -> CampaignMessage:
    """Put a message into the campaign's calendar. It leaves on its day while the campaign runs.

    `customers` are filters (`campaigns.customers`), kept for messages to customers only.
    """
    campaign = lock(campaign)
    refuse_over(campaign)
    message = CampaignMessage(campaign=campaign)
    facts = {"channel": channel, "send_on": send_on, "subject": subject, "body": body, "other_subject": other_subject}
    facts["customers"] = customers or {}
    _word(message, campaign, facts)
    message.save(force_insert=True)
    if asset is not None:
        message.asset = files.attach(file=asset, subject=message)
        message.save(update_fields=["asset"])
    _changed(campaign, actor, "messages")
    return message


@transaction.atomic
def change_message(*, message: CampaignMessage, actor: User, **facts: Any) -> CampaignMessage:
    """Change a message, until its first copy has left."""
    campaign = lock(message.campaign)
    message = _held(message)
    asset = facts.pop("asset", None)
    kept = {name: getattr(message, name) for name in (*WORDS, "customers")}
    _word(message, campaign, kept | facts)
    if asset is not None:
        message.asset = files.attach(file=asset, subject=message)
    message.save()
    _changed(campaign, actor, "messages")
    return message


@transaction.atomic
def remove_message(*, message: CampaignMessage, actor: User) -> None:
    """Take a message out of the calendar, until its first copy has left."""
    campaign = lock(message.campaign)
    _held(message).delete()
    _changed(campaign, actor, "messages")


def _held(message: CampaignMessage) -> CampaignMessage:
    row = CampaignMessage.objects.select_for_update().get(pk=message.pk)
    if row.sent_at is not None or row.sends.exists():
        raise DomainError(_("The first copies have left: it stays as it is."))
    return row


def _word(message: CampaignMessage, campaign: Campaign, facts: dict[str, Any]) -> None:
    errors = {}
    subject = " ".join(facts["subject"].split())[:150]
    if not subject:
        errors["subject"] = _("Give it a subject.")
    if facts["channel"] not in MessageChannel.values:
        errors["channel"] = _("Choose how it goes out.")
    if not campaign.starts_on <= facts["send_on"] <= campaign.ends_on:
        errors["send_on"] = _("This day is not within the campaign.")
    if facts["channel"] in {MessageChannel.MAIL, MessageChannel.CUSTOMERS} and not facts["body"].strip():
        errors["body"] = _("A mail needs some words.")
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)
    message.channel, message.send_on, message.subject = facts["channel"], facts["send_on"], subject
    message.body = facts["body"].strip()
    message.other_subject = " ".join(facts["other_subject"].split())[:150]
    message.customers = cleaned(facts["customers"]) if message.channel == MessageChannel.CUSTOMERS else {}


def _changed(campaign: Campaign, actor: User, what: str) -> None:
    emit("campaign.changed", subject=campaign, actor_id=actor.person_id, payload={"fields": [what]})


# ---------------------------------------------------------------- what helps to tell the story


@transaction.atomic
def add_asset(
    *, campaign: Campaign, actor: User, title: str, file: StoredFile | None = None, url: str = ""
) -> CampaignAsset:
    """Keep a deck, a poster, a film, or the address of one, with the campaign."""
    campaign = lock(campaign)
    refuse_over(campaign)
    words = " ".join(title.split())[:120]
    if not words or (file is None and not url):
        sentence = _("Choose a file or give an address.") if words else _("Give it a title.")
        raise InvalidInput(sentence, errors={"url" if words else "title": sentence})
    asset = CampaignAsset(campaign=campaign, title=words, url=url)
    if file is not None:
        asset.file = files.attach(file=file, subject=campaign)
    asset.save(force_insert=True)
    _changed(campaign, actor, "assets")
    return asset


@transaction.atomic
def remove_asset(*, asset: CampaignAsset, actor: User) -> None:
    """Take it away, with its file."""
    campaign = lock(asset.campaign)
    file = asset.file
    asset.delete()
    if file is not None:
        files.remove(file=file)
    _changed(campaign, actor, "assets")


# ---------------------------------------------------------------- money


@transaction.atomic
def ask_for_money(
    *,
    campaign: Campaign,
    actor: User,
    fund: Fund,
    amount: Decimal,
    label: str,
    reason: str,
    line: BudgetLine | None = None,
    key: str = "",
) -> Commitment:
    """Ask for money out of a fund for this campaign; who answers for the fund decides. Not beyond its own budget."""
    campaign = lock(campaign)
    refuse_over(campaign)
    promised = sum((row.amount for row in campaign.commitments.exclude(state="released")), Decimal(0))
    if campaign.budget is not None and promised + amount > campaign.budget:
        words = _("The campaign’s budget is %(budget)s, and %(promised)s are asked for already.")
        message = words % {"budget": campaign.budget, "promised": promised}
        raise InvalidInput(message, errors={"amount": message})
    row = budgets.ask_to_spend(
        key=f"campaign:{campaign.public_id}:{key or uuid.uuid4()}",
        fund=fund,
        line=line,
        amount=amount,
        label=label,
        reason=reason,
        by=actor,
        subject=campaign,
        url=campaign.get_absolute_url(),
    )
    campaign.commitments.add(row)
    return row
