"""Campaigns: the checklist before, messages once to each, customers by `reserve_ask`, overlaps, result. A Monday."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from nominations.campaigns import policy, selectors, services
from nominations.campaigns.desk import desk_items
from nominations.campaigns.enums import CampaignState, MessageChannel, Uses
from nominations.campaigns.services.sending import gets_other
from nominations.models import Campaign, CampaignMessage, MessageSend
from nominations.waves import services as waves
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.program_settings.figures import room_of
from refprogram.kernel.program_settings.services import change
from refprogram.notices import sending
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.budgets import fund_of
from tests.factories.campaigns import CampaignFactory, MessageFactory, WaveFactory, started, under_way
from tests.factories.nominations import NominationFactory
from tests.factories.people import UserFactory
from tests.factories.references import ContactFactory, ReferenceFactory, reserved
from tests.mailbox import mails_to, subjects_to, token_in
from tests.unit.notices.test_sending import DownBackend

pytestmark = pytest.mark.django_db
Drain = Callable[[], int]
DOWN = f"{DownBackend.__module__}.{DownBackend.__qualname__}"


@pytest.fixture(autouse=True)
def _on_a_monday(time_machine: Any) -> None:
    time_machine.move_to("2026-11-02 09:00Z")


def sent_of(message: CampaignMessage) -> list[int]:
    return sorted(MessageSend.objects.filter(message=message, sent_at__isnull=False).values_list("person", flat=True))


# ---------------------------------------------------------------- before it begins


def test_a_new_campaign_has_a_line_for_each_team_that_uses_references(marketer: User) -> None:
    campaign = CampaignFactory(actor=marketer, starts_on=dt.date(2026, 11, 16))

    items = selectors.kickoff_of(campaign)

    assert {item.uses for item in items} == set(Uses)
    assert {item.due_on for item in items} == {dt.date(2026, 11, 9)}  # five working days before


def test_it_begins_when_the_checklist_is_settled_or_somebody_says_why_not(marketer: User) -> None:
    campaign = CampaignFactory(actor=marketer)
    with pytest.raises(InvalidInput, match="8 lines"):
        services.start_campaign(campaign=campaign, actor=marketer)
    for item in selectors.kickoff_of(campaign):
        services.settle_item(item=item, actor=marketer)

    assert services.start_campaign(campaign=campaign, actor=marketer).state == CampaignState.RUNNING


def test_who_is_to_settle_a_line_is_told_once(marketer: User, rep: User, drain: Drain, mailoutbox: Any) -> None:
    item = selectors.kickoff_of(CampaignFactory(actor=marketer))[0]
    for _twice in range(2):
        services.assign_item(item=item, actor=marketer, who=rep, due_on=dt.date(2026, 11, 4))
    drain()

    assert len(mails_to(rep, mailoutbox)) == 1
    assert selectors.visible_to(rep).count() == 1


def test_what_somebody_is_to_settle_stands_on_their_desk_until_it_is(marketer: User, rep: User) -> None:
    item = selectors.kickoff_of(CampaignFactory(actor=marketer))[0]
    services.assign_item(item=item, actor=marketer, who=rep, due_on=dt.date(2026, 11, 4))

    (found,) = desk_items(rep)
    services.settle_item(item=item, actor=rep)

    assert found.title == item.text
    assert not desk_items(rep)


# ---------------------------------------------------------------- messages to colleagues


def test_everybody_of_the_audience_gets_a_message_once(
    marketer: User, rep: User, support: User, drain: Drain, mailoutbox: Any
) -> None:
    campaign = CampaignFactory(actor=marketer, roles=[Role.REP])
    message = MessageFactory(campaign=campaign)
    services.send_due()
    assert not sent_of(message)  # not before it runs
    started(campaign)
    for _again in range(3):
        services.send_due()
    drain()

    message.refresh_from_db()
    assert message.sent_at is not None
    assert sent_of(message) == [rep.person_id]
    assert subjects_to(rep, mailoutbox) == ["Who would speak for us?"]
    assert not mails_to(support, mailoutbox)


def test_the_mail_server_is_down_for_an_hour_and_everybody_gets_it_once_afterwards(
    marketer: User, settings: Any, time_machine: Any, drain: Drain, mailoutbox: Any
) -> None:
    readers = [UserFactory(role=Role.REP) for _number in range(5)]
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = DOWN
    campaign = CampaignFactory(actor=marketer, roles=[Role.REP])
    MessageFactory(campaign=campaign)
    started(campaign)
    for minute in range(0, 60, 10):
        time_machine.move_to(f"2026-11-02 09:{minute:02d}Z")
        services.send_due()
        sending.send_waiting()
    assert not mailoutbox

    settings.EMAIL_BACKEND = backend
    for hour in (10, 11, 12):
        time_machine.move_to(f"2026-11-02 {hour}:05Z")
        services.send_due()
        sending.send_waiting()
    drain()

    assert [len(mails_to(reader, mailoutbox)) for reader in readers] == [1] * 5


def test_half_of_the_readers_get_the_other_subject_and_always_the_same_half(
    marketer: User, drain: Drain, mailoutbox: Any
) -> None:
    readers = [UserFactory(role=Role.REP) for _number in range(24)]
    campaign = CampaignFactory(actor=marketer, roles=[Role.REP])
    message = MessageFactory(campaign=campaign, other_subject="Forty seconds, please")
    started(campaign)
    services.send_due()
    drain()

    others = [reader for reader in readers if gets_other(message, reader.person_id)]
    assert 4 < len(others) < 20
    for reader in readers:
        subject = "Forty seconds, please" if reader in others else "Who would speak for us?"
        assert subjects_to(reader, mailoutbox) == [subject]


def test_following_is_counted_by_the_button_not_by_opening(
    marketer: User, rep: User, clients: Any, drain: Drain, mailoutbox: Any
) -> None:
    campaign = CampaignFactory(actor=marketer, roles=[Role.REP])
    MessageFactory(campaign=campaign)
    started(campaign)
    services.send_due()
    drain()
    url = f"/s/{token_in(mails_to(rep, mailoutbox)[0])}/"

    assert clients["anonymous"].get(url).status_code == 200
    assert selectors.messages_of(campaign)[0].followed == 0
    for _twice in range(2):
        answer = clients["anonymous"].post(url)
        assert answer.status_code == 302
        assert "/s/" in answer.url  # a page that needs no sign-in
        assert clients["anonymous"].get(answer.url).status_code == 200
    assert clients["rep"].post(url).url == f"/nominations/new/?campaign={campaign.public_id}"

    (row,) = selectors.messages_of(campaign)
    assert (row.copies, row.followed) == (1, 1)


def test_with_a_wave_only_those_are_written_to_whose_cohort_has_opened(marketer: User, time_machine: Any) -> None:
    abel, zimmer = UserFactory(name="Ana Abel"), UserFactory(name="Zoe Zimmer")
    campaign = CampaignFactory(actor=marketer, ends_on=dt.date(2027, 2, 1), roles=[Role.REP])
    wave = under_way(WaveFactory(actor=marketer, campaign=campaign, parts=2, days_each=10))
    message = MessageFactory(campaign=campaign)
    started(campaign)
    services.send_due()
    assert sent_of(message) == [abel.person_id]

    time_machine.move_to("2026-11-12 09:00Z")
    waves.go_by_the_calendar(wave_id=wave.pk)
    services.send_due()

    message.refresh_from_db()
    assert sent_of(message) == sorted([abel.person_id, zimmer.person_id])
    assert message.sent_at is not None


def test_who_opens_a_cohort_gets_one_mail_of_campaign_and_wave_together(
    marketer: User, rep: User, drain: Drain, mailoutbox: Any
) -> None:
    campaign = CampaignFactory(actor=marketer, roles=[Role.REP])
    MessageFactory(campaign=campaign)
    started(campaign)
    under_way(WaveFactory(actor=marketer, campaign=campaign, parts=1))
    services.send_due()
    waves.tell_members()
    drain()

    assert subjects_to(rep, mailoutbox) == ["Who would speak for us?"]
    assert rep.person.notices.filter(kind="nominations.your_turn").count() == 1


def test_a_later_cohort_gets_the_messages_one_after_the_other_too(marketer: User, time_machine: Any) -> None:
    zimmer = UserFactory(name="Zoe Zimmer")
    UserFactory(name="Ana Abel")
    campaign = CampaignFactory(actor=marketer, ends_on=dt.date(2027, 2, 1), roles=[Role.REP])
    wave = under_way(WaveFactory(actor=marketer, campaign=campaign, parts=2, days_each=10))
    messages = [MessageFactory(campaign=campaign, send_on=dt.date(2026, 11, day)) for day in (2, 4)]
    started(campaign)
    got = {}
    for day in (2, 4, 12, 13, 16):
        time_machine.move_to(f"2026-11-{day:02d} 09:00Z")
        waves.go_by_the_calendar(wave_id=wave.pk)
        services.send_due()
        got[day] = [zimmer.person_id in sent_of(message) for message in messages]

    assert got == {2: [False] * 2, 4: [False] * 2, 12: [True, False], 13: [True, False], 16: [True, True]}
    assert all(row.sent_at for row in CampaignMessage.objects.all())


def test_a_message_whose_first_copy_has_left_stays_as_it_is(marketer: User, rep: User) -> None:
    message = MessageFactory(campaign=CampaignFactory(actor=marketer, roles=[Role.REP]))
    services.change_message(message=message, actor=marketer, subject="Another one")
    started(message.campaign)
    services.send_due()

    with pytest.raises(DomainError):
        services.change_message(message=message, actor=marketer, subject="Too late")
    with pytest.raises(DomainError):
        services.remove_message(message=message, actor=marketer)


def test_a_day_outside_of_the_campaign_is_refused(marketer: User) -> None:
    campaign = CampaignFactory(actor=marketer)

    with pytest.raises(InvalidInput) as refused:
        MessageFactory(campaign=campaign, send_on=campaign.ends_on + dt.timedelta(days=1))

    assert "send_on" in refused.value.errors


# ---------------------------------------------------------------- messages to customers


def test_customers_are_asked_one_by_one_and_who_is_not_asked_is_listed_with_the_reason(
    marketer: User, drain: Drain, mailoutbox: Any
) -> None:
    free, asked = ReferenceFactory().contacts.get(), ReferenceFactory().contacts.get()
    ContactFactory()  # takes no part
    reserved(asked, "survey")
    campaign = CampaignFactory(actor=marketer)
    message = MessageFactory(campaign=campaign, channel=MessageChannel.CUSTOMERS)
    started(campaign)
    for _twice in range(2):
        services.send_due()
    drain()

    assert sent_of(message) == [free.person_id]
    assert subjects_to(free.person, mailoutbox).count(message.subject) == 1
    (refused,) = selectors.refused_of(message)
    assert refused.person_id == asked.person_id
    assert refused.refused
    assert MessageSend.objects.get(message=message, person=free.person).ask is not None


def test_a_customer_who_would_like_to_hear_more_is_told_to_who_owns_the_account(
    marketer: User, rep: User, clients: Any, drain: Drain, mailoutbox: Any
) -> None:
    contact = ReferenceFactory(owner=rep).contacts.get()
    campaign = CampaignFactory(actor=marketer)
    MessageFactory(campaign=campaign, channel=MessageChannel.CUSTOMERS)
    started(campaign)
    services.send_due()
    drain()

    answer = clients["anonymous"].post(f"/s/{token_in(mails_to(contact.person, mailoutbox)[0])}/")
    drain()

    assert answer.status_code == 200
    assert rep.person.notices.filter(text__contains="would like to hear more").count() == 1


def test_customers_are_written_to_at_the_pace_of_the_settings(marketer: User, time_machine: Any) -> None:
    for _number in range(3):
        ReferenceFactory()
    campaign = CampaignFactory(actor=marketer)
    message = MessageFactory(campaign=campaign, channel=MessageChannel.CUSTOMERS)
    started(campaign)
    change(room=room_of(policy.Figures), values={"customers_a_day": 2}, user=marketer)

    services.send_due()
    first = len(sent_of(message))
    time_machine.move_to("2026-11-03 09:00Z")
    services.send_due()

    assert (first, len(sent_of(message))) == (2, 3)


# ---------------------------------------------------------------- what it would run into


def test_another_campaign_a_wave_and_a_day_off_are_warned_of(marketer: User, rep: User) -> None:
    campaign = CampaignFactory(actor=marketer, starts_on=dt.date(2026, 11, 8), roles=[Role.REP])
    assert [words for words in selectors.warnings(campaign) if "begins" in words]  # a Sunday
    CampaignFactory(name="Autumn", actor=marketer)
    CampaignFactory(name="Finance only", actor=marketer, roles=[Role.FINANCE])
    WaveFactory(name="Letters", actor=marketer)

    found = " ".join(selectors.warnings(campaign))

    assert "Autumn" in found
    assert "Letters" in found
    assert "Finance only" not in found


def test_the_same_customers_of_another_campaign_are_warned_of(marketer: User) -> None:
    ReferenceFactory()
    first, second = CampaignFactory(name="First", actor=marketer), CampaignFactory(actor=marketer)
    for campaign in (first, second):
        MessageFactory(campaign=campaign, channel=MessageChannel.CUSTOMERS)

    assert any("“First” writes to 1 of the same customers" in words for words in selectors.warnings(second))


# ---------------------------------------------------------------- money, result, end


def test_money_is_asked_for_out_of_a_fund_but_not_beyond_the_budget(marketer: User) -> None:
    campaign = CampaignFactory(actor=marketer, budget=Decimal(500))
    fund = fund_of(1000)
    services.ask_for_money(
        campaign=campaign, actor=marketer, fund=fund, amount=Decimal(300), label="Posters", reason="Hall 3"
    )

    with pytest.raises(InvalidInput, match="budget"):
        services.ask_for_money(
            campaign=campaign, actor=marketer, fund=fund, amount=Decimal(300), label="Film", reason=""
        )

    assert selectors.money_of(selectors.promises_of(campaign)) == (Decimal(300), Decimal(0))


def test_the_running_campaign_is_that_of_ones_own_audience(marketer: User, rep: User, support: User) -> None:
    assert selectors.running_for(rep) is None
    campaign = started(CampaignFactory(actor=marketer, roles=[Role.REP], teams=[rep.team]))

    assert selectors.running_for(rep) == campaign
    assert selectors.running_for(support) is None


def test_the_funnel_counts_by_team_what_became_of_its_nominations(marketer: User, rep: User) -> None:
    campaign = started(CampaignFactory(actor=marketer))
    NominationFactory(nominator=rep)

    (group,) = selectors.funnel_of(campaign)

    assert (group.team, group.funnel.nominated, group.funnel.enrolled) == (rep.team.name, 1, 0)


def test_it_ends_by_itself_and_sends_nothing_more(marketer: User, rep: User, time_machine: Any) -> None:
    campaign = started(CampaignFactory(actor=marketer))
    message = MessageFactory(campaign=campaign, send_on=campaign.ends_on)
    time_machine.move_to("2026-11-30 09:00Z")

    assert services.end_those_over() == 1
    assert services.send_due() == 0
    assert Campaign.objects.get(pk=campaign.pk).state == CampaignState.ENDED
    assert not sent_of(message)
