"""Reading campaigns: who sees which, which one asks somebody now, what came of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from nominations.campaigns.enums import CampaignState, MessageChannel
from nominations.campaigns.models import CampaignAsset
from nominations.campaigns.selectors.audience import audience_of
from nominations.campaigns.selectors.figures import (
    Funnel,
    Group,
    by_name,
    contact_of,
    funnel_of,
    kickoff_of,
    messages_of,
    money_of,
    own_part,
    promises_of,
    refused_of,
    send_behind_link,
    total_of,
)
from nominations.campaigns.selectors.overlaps import warnings
from nominations.models import Campaign, CampaignMessage, KickoffItem, Wave
from references.accounts import clock
from refprogram.kernel.enums import FileState
from refprogram.kernel.labels import Label
from refprogram.kernel.models import StoredFile
from refprogram.people.models import User

__all__ = [
    "Funnel",
    "Group",
    "asked_for",
    "asking",
    "assets_of",
    "audience_of",
    "by_id",
    "by_name",
    "campaign_labels",
    "campaigns_with_files_for",
    "contact_of",
    "files_for_readers",
    "funnel_of",
    "item_labels",
    "kickoff_of",
    "message_labels",
    "messages_of",
    "messages_with_files_for",
    "money_of",
    "own_part",
    "promises_of",
    "readable_by",
    "refused_of",
    "running_for",
    "send_behind_link",
    "total_of",
    "visible_to",
    "warnings",
    "waves_of",
    "with_list_facts",
]


def visible_to(user: User) -> QuerySet[Campaign]:
    """Return the campaigns that this colleague may see; who has a part in one sees that one."""
    rows = Campaign.objects.select_related("owner__person", "sponsor__person", "target")
    if user.has_perm("nominations.see_campaigns"):
        return rows
    if not user.has_perm("nominations.nominate"):
        return rows.none()
    return rows.filter(Q(owner=user.pk) | Q(sponsor=user.pk) | Q(kickoff__who=user.pk)).distinct()


def with_list_facts(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Return the campaigns with how many of their nominations are enrolled."""
    enrolled = Q(nominations__enrolled_at__isnull=False)
    return rows.annotate(enrolled=Count("nominations", filter=enrolled, distinct=True))


def assets_of(campaign: Campaign) -> list[CampaignAsset]:
    """Return what helps to tell the story."""
    return list(CampaignAsset.objects.filter(campaign=campaign).select_related("file").order_by("pk"))


def files_for_readers(campaign: Campaign) -> list[tuple[str, StoredFile]]:
    """Return the files that help colleagues to tell the story, with their titles: the campaign's, its messages'."""
    ready = {"file__state": FileState.CLEAN, "file__removed_at__isnull": True}
    own = CampaignAsset.objects.filter(campaign=campaign, **ready).select_related("file").order_by("pk")
    told = CampaignMessage.objects.filter(
        campaign=campaign, send_on__lte=clock.today(), asset__state=FileState.CLEAN, asset__removed_at__isnull=True
    ).exclude(channel=MessageChannel.CUSTOMERS)
    told = told.select_related("asset").order_by("pk")
    files = [*((row.title, row.file) for row in own), *(("", row.asset) for row in told)]
    return [(title or file.name, file) for title, file in files if file is not None]


def waves_of(campaign: Campaign, user: User) -> list[Wave]:
    """Return the waves in which it asks, for who may look at waves."""
    return list(campaign.waves.order_by("starts_on", "pk")) if user.has_perm("nominations.see_waves") else []


def by_id(pk: int) -> Campaign:
    """Return a campaign, for handlers and tasks."""
    return Campaign.objects.select_related("owner__person", "sponsor__person").get(pk=pk)


def campaign_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return how campaigns are called in a sentence; with a link for who may open them."""
    seen = set(readable_by(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))
    rows = Campaign.objects.filter(pk__in=list(ids)).only("public_id", "name")
    return {row.pk: Label(row.name, row.get_absolute_url() if row.pk in seen else "") for row in rows}


def asking(user: User) -> QuerySet[Campaign]:
    """Return the running campaigns that ask this colleague to nominate."""
    return asked_for(user).filter(state=CampaignState.RUNNING).select_related("sponsor__person")


def asked_for(user: User) -> QuerySet[Campaign]:
    """Return the campaigns of whose audience this colleague is, whatever became of them."""
    region = user.team.region_id if user.team else None
    role = Q(roles=[]) | Q(roles__contains=[user.role])
    place = Q(teams__isnull=True, regions__isnull=True)
    if user.team_id is not None:
        place |= Q(teams=user.team_id)
    if region is not None:
        place |= Q(regions=region)
    return Campaign.objects.filter(role & place).distinct()


def readable_by(user: User) -> QuerySet[Campaign]:
    """Return the campaigns of which this colleague may read what everybody asked may read: those that they may see
    whole, and those that ask them or did. What is only planned is nobody's news.
    """
    rows = visible_to(user)
    if user.has_perm("nominations.see_campaigns") or not user.has_perm("nominations.nominate"):
        return rows
    asked = asked_for(user).filter(state__in=(CampaignState.RUNNING, CampaignState.ENDED))
    mine = Q(pk__in=rows.order_by().values("pk")) | Q(pk__in=asked.values("pk"))
    return Campaign.objects.filter(mine).select_related("owner__person", "sponsor__person", "target")


def running_for(user: User) -> Campaign | None:
    """Return the campaign that asks this colleague now; of several the one that began last. One query."""
    return asking(user).order_by("-starts_on", "-pk").first()


def message_labels(ids: Iterable[int], _viewer: Any) -> Mapping[int, Label]:
    """Return the subjects of messages."""
    return {
        pk: Label(name) for pk, name in CampaignMessage.objects.filter(pk__in=list(ids)).values_list("pk", "subject")
    }


def item_labels(ids: Iterable[int], _viewer: Any) -> Mapping[int, Label]:
    """Return the lines of checklists."""
    return {pk: Label(name) for pk, name in KickoffItem.objects.filter(pk__in=list(ids)).values_list("pk", "text")}


def campaigns_with_files_for(user: User) -> QuerySet[Any]:
    """Return the ids of the campaigns whose files this colleague may read: those that ask or asked them, too."""
    return readable_by(user).values_list("pk", flat=True)


def messages_with_files_for(user: User) -> QuerySet[Any]:
    """Return the ids of the messages whose files this colleague may read."""
    return CampaignMessage.objects.filter(campaign__in=campaigns_with_files_for(user)).values_list("pk", flat=True)
