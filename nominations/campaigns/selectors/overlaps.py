"""What a campaign would run into: others who ask the same people at the same time, days on which nobody works."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.campaigns.enums import CampaignState, MessageChannel
from nominations.campaigns.selectors.audience import audience_of, customers_of_all
from nominations.models import Campaign, CampaignMessage, Wave
from nominations.waves.enums import WaveState
from references.accounts.models import Contact
from references.surveys.enums import InvitationState, SurveyState, SurveyWaveState
from references.surveys.models import SurveyWave
from references.surveys.selectors.audience import contacts_of
from refprogram.kernel.templatetags import rp
from refprogram.people.calendars.selectors import days_from, default_calendar, working_time

OPEN = (CampaignState.PLANNED, CampaignState.RUNNING)


def warnings(campaign: Campaign) -> list[str]:
    """Return sentences about everything that a planner should know before it starts."""
    messages = list(CampaignMessage.objects.filter(campaign=campaign).order_by("send_on", "pk"))
    found = [*_same_colleagues(campaign), *_other_waves(campaign)]
    if any(message.channel == MessageChannel.CUSTOMERS for message in messages):
        found += [*_same_customers(campaign), *_surveys(campaign)]
    return [*found, *_days_off(campaign, messages)]


def _at_the_same_time(campaign: Campaign) -> list[Campaign]:
    rows = Campaign.objects.filter(state__in=OPEN, starts_on__lte=campaign.ends_on, ends_on__gte=campaign.starts_on)
    return list(rows.exclude(pk=campaign.pk).prefetch_related("teams", "regions").order_by("starts_on", "pk"))


def _same_colleagues(campaign: Campaign) -> Iterator[str]:
    mine = audience_of(campaign)
    for other in _at_the_same_time(campaign):
        both = mine.filter(pk__in=audience_of(other).values("pk")).count()
        if both:
            words = ngettext(
                "“%(name)s” asks %(n)d of the same colleagues, from %(from)s to %(to)s.",
                "“%(name)s” asks %(n)d of the same colleagues, from %(from)s to %(to)s.",
                both,
            )
            yield words % {
                "name": other.name, "n": both, "from": rp.day(other.starts_on), "to": rp.day(other.ends_on)
            }  # fmt: skip


def _other_waves(campaign: Campaign) -> Iterator[str]:
    under_way = Q(state__in=(WaveState.PLANNED, WaveState.RUNNING, WaveState.PAUSED))
    at_the_time = Q(cohorts__opens_on__lte=campaign.ends_on, cohorts__closes_on__gte=campaign.starts_on)
    rows = Wave.objects.filter(under_way & at_the_time).exclude(campaign=campaign).distinct().order_by("pk")
    for wave in rows:
        yield _("The wave “%(name)s” asks colleagues at the same time.") % {"name": wave.name}


def _same_customers(campaign: Campaign) -> Iterator[str]:
    mine = customers_of_all(campaign)
    for other in _at_the_same_time(campaign):
        both = mine.filter(pk__in=customers_of_all(other).values("pk")).count()
        if both:
            words = ngettext(
                "“%(name)s” writes to %(n)d of the same customers.",
                "“%(name)s” writes to %(n)d of the same customers.",
                both,
            )
            yield words % {"name": other.name, "n": both}


def _surveys(campaign: Campaign) -> Iterator[str]:
    """Waves of surveys in the time of the campaign; who is in one that is being sent is written down already."""
    waves = SurveyWave.objects.filter(
        survey__state__in=(SurveyState.RUNNING, SurveyState.PAUSED),
        state__in=(SurveyWaveState.PLANNED, SurveyWaveState.SENDING),
        starts_on__lte=campaign.ends_on,
    ).select_related("survey")
    mine = customers_of_all(campaign)
    for wave in waves.order_by("starts_on", "pk"):
        asked = contacts_of(wave.audience)
        if wave.state == SurveyWaveState.SENDING:
            queued = wave.invitations.filter(state=InvitationState.QUEUED)
            asked = Contact.objects.filter(pk__in=queued.values("contact"))
        both = mine.filter(pk__in=asked.values("pk")).count()
        if both:
            words = ngettext(
                "The survey “%(name)s” asks %(n)d of the same customers, from %(day)s.",
                "The survey “%(name)s” asks %(n)d of the same customers, from %(day)s.",
                both,
            )
            yield words % {"name": wave.survey.name, "n": both, "day": rp.day(wave.starts_on)}


def _days_off(campaign: Campaign, messages: list[CampaignMessage]) -> Iterator[str]:
    calendar = default_calendar()
    works, named = working_time(calendar), {day.on: day.name for day in days_from(calendar, campaign.starts_on)}
    days = [(row.send_on, _("“%(subject)s” is sent") % {"subject": row.subject}) for row in messages if not row.sent_at]
    if campaign.state == CampaignState.PLANNED:
        days.insert(0, (campaign.starts_on, _("It begins")))
    for day, what in days:
        if not works.works_on(day):
            why = named.get(day) or _("nobody works then")
            yield _("%(what)s on %(day)s: %(why)s.") % {"what": what, "day": rp.day(day), "why": why}
