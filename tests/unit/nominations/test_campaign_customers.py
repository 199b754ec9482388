"""To which customers a campaign’s message goes; what `verify` finds where campaigns and waves go wrong. A Monday."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from nominations.campaigns import proofs, selectors, services, shown
from nominations.campaigns.customers import words_of
from nominations.campaigns.enums import MessageChannel
from nominations.models import CampaignMessage, Cohort, CohortMember, MessageSend, Nomination, Wave
from nominations.waves import proofs as wave_proofs
from references.models import Contact
from refprogram.kernel.errors import InvalidInput
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.campaigns import CampaignFactory, MessageFactory, WaveFactory, started, under_way
from tests.factories.nominations import NominationFactory
from tests.factories.people import RegionFactory, TeamFactory, UserFactory
from tests.factories.references import ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_monday(time_machine: Any) -> None:
    time_machine.move_to("2026-11-02 09:00Z")


def to_customers(**facts: Any) -> CampaignMessage:
    return MessageFactory(channel=MessageChannel.CUSTOMERS, **facts)


def written(message: CampaignMessage) -> set[str]:
    """Return the customers that a message went to."""
    people = MessageSend.objects.filter(message=message, sent_at__isnull=False).values("person")
    return set(Contact.objects.filter(person__in=people).values_list("account__name", flat=True))


def test_a_message_goes_to_the_customers_that_its_filters_name(marketer: User) -> None:
    for name, industry, tier in (("Ana", "Banking", "gold"), ("Bea", "Banking", "silver"), ("Cia", "Retail", "gold")):
        ReferenceFactory(name=name, industry=industry, tier=tier)
    campaign = CampaignFactory(actor=marketer)
    narrow = to_customers(campaign=campaign, customers={"industry": ["Banking"], "tier": ["gold"]})
    started(campaign)

    services.send_due()

    assert written(narrow) == {"Ana"}
    assert shown.reach_of(narrow, campaign) == "Goes to 1 customer as things stand."


def test_without_filters_it_goes_to_those_of_the_campaigns_teams(marketer: User, rep: User) -> None:
    ReferenceFactory(name="Ours", owner=rep)
    ReferenceFactory(name="Others", owner=UserFactory(team=TeamFactory()))
    campaign = CampaignFactory(actor=marketer, teams=[rep.team])
    message = to_customers(campaign=campaign)
    elsewhere = to_customers(campaign=campaign, customers={"industry": [ReferenceFactory(name="Any").industry]})
    started(campaign)

    services.send_due()

    assert written(message) == {"Ours"}
    assert shown.reach_of(elsewhere, campaign) == "Goes to 3 customers as things stand."


def test_a_region_or_a_tier_that_there_is_not_is_refused(marketer: User) -> None:
    campaign = CampaignFactory(actor=marketer)
    for name, value in (("region", ["nowhere"]), ("tier", ["tin"]), ("band", "angry")):
        with pytest.raises(InvalidInput) as refused:
            to_customers(campaign=campaign, customers={name: value})
        assert set(refused.value.errors) == {name}


def test_a_message_to_colleagues_keeps_no_filters_of_customers(marketer: User) -> None:
    message = to_customers(campaign=CampaignFactory(actor=marketer), customers={"tier": ["gold"]})

    services.change_message(message=message, actor=marketer, channel=MessageChannel.MAIL)

    assert CampaignMessage.objects.get().customers == {}


def test_filters_are_said_in_words() -> None:
    region = RegionFactory(name="Nordics")
    filters = {"industry": ["Banking", "Retail"], "region": [region.public_id], "band": "promoters"}

    assert words_of(filters, {region.public_id: "Nordics"}) == "Banking, Retail · Nordics · Promoters (9 and 10)"
    assert words_of({}, {}) == ""


def test_campaigns_that_write_to_others_of_our_customers_are_not_warned_of(marketer: User) -> None:
    ReferenceFactory(industry="Banking")
    ReferenceFactory(industry="Retail")
    banks, shops = CampaignFactory(name="Banks", actor=marketer), CampaignFactory(actor=marketer)
    to_customers(campaign=banks, customers={"industry": ["Banking"]})
    message = to_customers(campaign=shops, customers={"industry": ["Retail"]})
    assert not any("customers" in words for words in selectors.warnings(shops))

    services.change_message(message=message, actor=marketer, customers={})

    assert any("“Banks” writes to 1 of the same customers" in words for words in selectors.warnings(shops))


# ---------------------------------------------------------------- the state of a campaign in words


def test_what_comes_next_is_said(marketer: User) -> None:
    campaign = CampaignFactory(actor=marketer)
    calendar = [MessageFactory(campaign=campaign, subject="Who else?")]
    assert shown.next_step(campaign, calendar, 8) == "Next: 8 lines are open."
    assert shown.next_step(campaign, calendar, 0) == "Next: it is started. Everything is settled."
    campaign = started(campaign)
    assert shown.next_step(campaign, calendar, 0).startswith("Next: “Who else?” on")
    assert shown.next_step(campaign, [], 0).startswith("Every message is sent.")
    assert shown.next_step(services.end_campaign(campaign=campaign, actor=marketer), [], 0) == ""


# ---------------------------------------------------------------- proofs


def broken(room: Any) -> list[str]:
    return [proof.name for proof in room.proofs() if not proof.holds]


def test_verify_finds_what_a_campaign_may_not_do(marketer: User) -> None:
    UserFactory(role=Role.REP)
    ReferenceFactory()
    campaign = CampaignFactory(actor=marketer)
    colleagues, customers = MessageFactory(campaign=campaign), to_customers(campaign=campaign)
    started(campaign)
    services.send_due()
    assert broken(proofs) == []
    sends = MessageSend.objects.filter(message=colleagues)

    sends.update(sent_at=None)
    assert broken(proofs) == ["a campaign's message is done when each of its copies left or was refused"]
    sends.update(refused="No.", followed_at=timezone.now())
    assert broken(proofs) == [
        "a copy of a campaign's message either left or was refused, and only what left was followed"
    ]
    sends.update(refused="", followed_at=None, sent_at=timezone.now())
    MessageSend.objects.filter(message=customers).update(ask=None)
    assert broken(proofs) == ["a customer to whom a campaign wrote was asked by the rules of goodwill"]
    MessageSend.objects.filter(message=customers).delete()
    type(campaign).objects.update(state="planned")
    assert broken(proofs) == ["a campaign sends nothing before it is started"]


def test_verify_finds_what_a_wave_may_not_be(marketer: User, rep: User, time_machine: Any) -> None:
    wave = under_way(WaveFactory(actor=marketer, parts=1))
    NominationFactory(nominator=rep)
    assert broken(wave_proofs) == []

    other = WaveFactory(actor=marketer, parts=1)
    Wave.objects.filter(pk=other.pk).update(state="running")
    assert broken(wave_proofs) == ["at most one wave is under way"]
    Wave.objects.filter(pk=other.pk).update(state="planned")
    members = CohortMember.objects.filter(user=rep)
    members.update(cohort=Cohort.objects.get(wave=other))
    assert broken(wave_proofs) == [
        "who is asked is in a cohort of that very wave, and the cohort has opened",
        "a nomination came with a cohort in which its nominator is",
    ]
    members.update(cohort=Cohort.objects.get(wave=wave))
    Wave.objects.filter(pk=wave.pk).update(state="ended")
    assert broken(wave_proofs) == ["a cohort that is over had opened, and none of a wave that is over is open"]
    Cohort.objects.filter(wave=wave).update(closed_at=timezone.now())
    Nomination.objects.update(state="queued", state_since=timezone.now() - dt.timedelta(hours=3))
    Wave.objects.update(updated_at=timezone.now() - dt.timedelta(hours=3))
    assert broken(wave_proofs) == ["nothing waits for its turn for an hour when no wave is under way"]
