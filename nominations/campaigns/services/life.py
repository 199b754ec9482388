"""A campaign's life: it starts when its checklist is settled, or somebody says why not; it ends by itself."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.campaigns.enums import CAMPAIGN_MOVES, CampaignState
from nominations.campaigns.services.planning import lock
from nominations.models import Campaign
from references.accounts import clock
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.moves import check, move
from refprogram.kernel.queueing import enqueue
from refprogram.kernel.stream import emit
from refprogram.people.models import User


@transaction.atomic
def start_campaign(*, campaign: Campaign, actor: User, anyway: str = "") -> Campaign:
    """Begin. With lines of the checklist still open it takes a sentence (`anyway`) that says why it begins all the
    same; the stream keeps it.
    """
    campaign = lock(campaign)
    check(campaign, CampaignState.RUNNING, moves=CAMPAIGN_MOVES, noun=_("campaign"))
    left = campaign.kickoff.filter(done_at__isnull=True).count()
    if left and not anyway.strip():
        words = ngettext(
            "%(n)d line of the checklist is open. Settle it, or say why the campaign begins without it.",
            "%(n)d lines of the checklist are open. Settle them, or say why the campaign begins without them.",
            left,
        )
        raise InvalidInput(words % {"n": left}, errors={"anyway": words % {"n": left}})
    if campaign.ends_on < clock.today():
        words = _("Its last day is over: change the dates first.")
        raise InvalidInput(words, errors={"ends_on": words})
    move(campaign, CampaignState.RUNNING, moves=CAMPAIGN_MOVES, noun=_("campaign"))
    payload = {"anyway": anyway.strip()[:300] if left else ""}
    emit("campaign.started", subject=campaign, actor_id=actor.person_id, payload=payload)
    enqueue("nominations.send_campaigns")
    return campaign


@transaction.atomic
def end_campaign(*, campaign: Campaign, actor: User | None) -> Campaign:
    """End it: nothing more is sent; what was nominated for it goes on."""
    return _end(campaign, CampaignState.ENDED, "campaign.ended", actor)


@transaction.atomic
def cancel_campaign(*, campaign: Campaign, actor: User) -> Campaign:
    """Call it off."""
    return _end(campaign, CampaignState.CANCELLED, "campaign.cancelled", actor)


def _end(campaign: Campaign, to: CampaignState, topic: str, actor: User | None) -> Campaign:
    campaign = lock(campaign)
    move(campaign, to, moves=CAMPAIGN_MOVES, noun=_("campaign"))
    emit(topic, subject=campaign, actor_id=actor.person_id if actor else None)
    return campaign


def end_those_over() -> int:
    """End what ran until yesterday; return how many."""
    over = Campaign.objects.filter(state=CampaignState.RUNNING, ends_on__lt=clock.today()).order_by("pk")
    for campaign in over:
        end_campaign(campaign=campaign, actor=None)
    return len(over)
