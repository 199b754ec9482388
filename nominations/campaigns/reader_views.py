"""A campaign as the colleagues read it whom it asks: what it is for, how far it is, their own way to nominate."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nominations.campaigns import letters, selectors, shown
from nominations.campaigns.enums import CampaignState
from nominations.campaigns.tables import STATES, of_goal
from nominations.signals.links import address_of, works
from nominations.signals.selectors import links_visible_to
from nominations.waves import shown as waves_shown
from nominations.waves.selectors import running_wave
from nominations.waves.selectors.people import turn_of
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required


@permission_required("nominations.list")
@require_safe
def about(request: MemberRequest, public_id: str) -> HttpResponse:
    """`/campaigns/<id>/about/`: neither money nor names of who is asked are on it."""
    user = request.user
    campaign = get_object_or_404(selectors.with_list_facts(selectors.readable_by(user)), public_id=public_id)
    running = campaign.state == CampaignState.RUNNING
    form_url = letters.form_url(campaign)
    wave = running_wave()
    turn = turn_of(wave, user) if wave is not None and wave.campaign_id == campaign.pk else None
    links = links_visible_to(user).filter(campaign=campaign, holder=user.pk).order_by("-created_at")[:5]
    context = {
        "campaign": campaign,
        "pill": STATES[CampaignState(campaign.state)],
        "facts": shown.days_of(campaign),
        "reached": of_goal(campaign),
        "part": shown.part_words(selectors.own_part(campaign, user)),
        "turn": waves_shown.turn_words(turn) if turn is not None else "",
        "form_url": form_url if running and user.has_perm("nominations.nominate") else "",
        "own_address": request.build_absolute_uri(form_url),
        "links": [(row, address_of(row)) for row in links if works(row)],
        "helps": shown.helping(campaign, user),
        "sees_all": selectors.visible_to(user).filter(pk=campaign.pk).exists(),
        "crumbs": [(_("Campaigns"), reverse("nominations:campaigns")), (campaign.name, "")],
    }
    return render(request, "nominations/campaigns/about.html", context)
