"""Campaigns and waves, by their services: what no service makes is in no test."""

import datetime as dt
from typing import Any

import factory

from nominations.campaigns import services as campaigns
from nominations.campaigns.enums import MessageChannel
from nominations.models import Campaign, CampaignMessage, Wave
from nominations.waves import services as waves
from nominations.waves.enums import WaveCut
from references.accounts import clock
from tests.factories.people import UserFactory


class CampaignFactory(factory.Factory):
    """A campaign of four weeks from today, planned; everybody is its audience."""

    class Meta:
        model = Campaign

    name = factory.Sequence(lambda n: f"Campaign {n}")
    goal = 10
    starts_on = factory.LazyFunction(clock.today)
    ends_on = factory.LazyAttribute(lambda made: made.starts_on + dt.timedelta(days=27))
    actor = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[Campaign], *args: Any, **fields: Any) -> Campaign:
        return campaigns.plan_campaign(**fields)


class MessageFactory(factory.Factory):
    """A mail to colleagues, due on the campaign's first day."""

    class Meta:
        model = CampaignMessage

    campaign = factory.SubFactory(CampaignFactory)
    actor = factory.LazyAttribute(lambda made: made.campaign.owner)
    channel = MessageChannel.MAIL
    send_on = factory.LazyAttribute(lambda made: made.campaign.starts_on)
    subject = "Who would speak for us?"
    body = "Forty seconds are enough."

    @classmethod
    def _create(cls, model_class: type[CampaignMessage], *args: Any, **fields: Any) -> CampaignMessage:
        return campaigns.add_message(**fields)


class WaveFactory(factory.Factory):
    """A wave of two cohorts by last name, a month each, planned from today."""

    class Meta:
        model = Wave

    name = factory.Sequence(lambda n: f"Wave {n}")
    cut = WaveCut.LAST_NAME
    parts = 2
    starts_on = factory.LazyFunction(clock.today)
    actor = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[Wave], *args: Any, **fields: Any) -> Wave:
        return waves.plan_wave(**fields)


def started(campaign: Campaign) -> Campaign:
    """Start a campaign although its checklist is open."""
    return campaigns.start_campaign(campaign=campaign, actor=campaign.owner, anyway="The launch is today.")


def under_way(wave: Wave) -> Wave:
    """Start a wave and open what is due today."""
    waves.start_wave(wave=wave, actor=wave.owner)
    waves.go_by_the_calendar(wave_id=wave.pk)
    wave.refresh_from_db()
    return wave
