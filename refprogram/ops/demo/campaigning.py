"""An ended campaign with its result, one that runs, and its wave of three cohorts: over, open, to come."""

import datetime as dt
from typing import Any, Final

from django.utils import timezone

from nominations.campaigns.enums import CampaignState, MessageChannel
from nominations.campaigns.models import CampaignAsset
from nominations.campaigns.seeds import SEEDS
from nominations.campaigns.selectors.audience import colleagues_asked
from nominations.campaigns.services.sending import gets_other
from nominations.enums import NominationState
from nominations.models import (
    Campaign,
    CampaignMessage,
    Cohort,
    CohortMember,
    KickoffItem,
    MessageSend,
    Nomination,
    Wave,
)
from nominations.waves.cutting import matcher, propose
from nominations.waves.enums import WaveCut, WaveState
from nominations.waves.notice_kinds import YOUR_TURN
from nominations.waves.selectors import load
from nominations.waves.selectors.people import colleagues_of
from refprogram.notices.models import Notice
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.enums import Role
from refprogram.people.models import User

COHORTS: Final = 3
DAYS_EACH: Final = 25
SPONSOR: Final = (
    "Nothing convinces a prospect like a customer who says how it was. You know them. Please name one.\nHelena"
)
FOLLOWED: Final = (0.28, 0.41)  # of the first subject, of the other one


def build(maker: Maker, company: Company) -> None:
    """Write them; nobody is written to because of them, for who was told is written down too."""
    mine = maker.apart("campaigns")
    sponsor = User.objects.get(role=Role.EXECUTIVE)
    _past(mine, company, sponsor)
    _to_come(mine, company, sponsor)
    running = _running(mine, company, sponsor)
    _wave(mine, company, running)
    mine.flush()


def _campaign(maker: Maker, company: Company, **facts: Any) -> Campaign:
    row = bulk(maker, [Campaign(owner=company.marketer, sponsor_message=SPONSOR, **facts)])[0]
    KickoffItem.objects.bulk_create(_checklist(maker, company, row))
    me = company.marketer.person_id
    planned, begun = row.starts_on - dt.timedelta(days=20), row.starts_on
    maker.tell("campaign.planned", row, maker.moment(planned), account_id=None, actor_id=me)
    maker.tell("campaign.started", row, maker.moment(begun), account_id=None, actor_id=me, anyway="")
    return row


def _past(maker: Maker, company: Company, sponsor: User) -> None:
    first = maker.today - dt.timedelta(days=170)
    row = _campaign(
        maker, company, name="Live for a year", goal=20, sponsor=sponsor, state=CampaignState.ENDED, starts_on=first,
        ends_on=first + dt.timedelta(days=41), purpose="References from companies that went live last year.",
    )  # fmt: skip
    _stamp(row, None, row.starts_on, row.ends_on)
    at = maker.moment(row.ends_on + dt.timedelta(days=1))
    maker.tell("campaign.ended", row, at, account_id=None, actor_id=None)


def _to_come(maker: Maker, company: Company, sponsor: User) -> None:
    """One that is being prepared: half of its checklist is settled, and it would ask whom another one asks."""
    first = maker.today + dt.timedelta(days=30)
    row = Campaign(
        owner=company.marketer, name="Press days", goal=12, sponsor=sponsor, sponsor_message=SPONSOR,
        starts_on=first, ends_on=first + dt.timedelta(days=20), purpose="A dozen customers who speak to journalists.",
    )  # fmt: skip
    bulk(maker, [row])
    items = _checklist(maker, company, row)
    for item in items[len(items) // 2 :]:
        item.done_at = item.done_by = None
    KickoffItem.objects.bulk_create(items)
    me, at = company.marketer.person_id, maker.moment(maker.today - dt.timedelta(days=6))
    maker.tell("campaign.planned", row, at, account_id=None, actor_id=me)


def _checklist(maker: Maker, company: Company, row: Campaign) -> list[KickoffItem]:
    items = [
        KickoffItem(campaign=row, uses=uses, text=str(text), position=at, due_on=row.starts_on - dt.timedelta(days=7))
        for at, (uses, text) in enumerate(SEEDS)
    ]
    for at, item in enumerate(items):
        item.who = company.managers[at % len(company.managers)]
        settled = min(maker.today, row.starts_on) - dt.timedelta(days=6)
        item.done_at, item.done_by = maker.moment(settled), item.who
    return items


def _running(maker: Maker, company: Company, sponsor: User) -> Campaign:
    first = maker.today - dt.timedelta(days=DAYS_EACH + 10)
    row = _campaign(
        maker, company, name="One customer each", goal=40, sponsor=sponsor, state=CampaignState.RUNNING,
        starts_on=first, ends_on=first + dt.timedelta(days=DAYS_EACH * COHORTS + 10), budget=6_000,
        purpose="Every colleague names one customer who would speak for us.",
    )  # fmt: skip
    CampaignAsset.objects.create(campaign=row, title="Five slides for the team meeting", url="https://deck.example/")
    _messages(maker, row)
    return row


def _messages(maker: Maker, row: Campaign) -> None:
    sent_on, today = row.starts_on + dt.timedelta(days=1), maker.today
    mail = CampaignMessage(
        campaign=row, channel=MessageChannel.MAIL, send_on=sent_on, sent_at=maker.moment(sent_on),
        subject="Who would speak for us?", other_subject="Forty seconds: name one happy customer",
        body="Which of your customers would tell others how it went? A name and a sentence are enough.",
    )  # fmt: skip
    poster = CampaignMessage(
        campaign=row, channel=MessageChannel.OUTSIDE, send_on=sent_on, sent_at=maker.moment(sent_on),
        subject="Poster at the coffee machines",
    )  # fmt: skip
    notice = CampaignMessage(
        campaign=row, channel=MessageChannel.NOTICE, send_on=today + dt.timedelta(days=20),
        subject="Two weeks left: whom have you named?",
    )  # fmt: skip
    customers = CampaignMessage(
        campaign=row, channel=MessageChannel.CUSTOMERS, send_on=today + dt.timedelta(days=24),
        subject="Whom else should we hear?", body="You speak for us already. Who in your field should we hear too?",
    )  # fmt: skip
    bulk(maker, [mail, poster, notice, customers])
    sends = [_send(maker, mail, person) for person in _readers()]
    MessageSend.objects.bulk_create(sends)
    at = maker.moment(sent_on)
    maker.tell(
        "campaign.message_sent", row, at, account_id=None, actor_id=None, message=mail.pk, channel=mail.channel,
        sent=len(sends), refused=0,
    )  # fmt: skip


def _readers() -> list[int]:
    return list(colleagues_asked().order_by("pk").values_list("person", flat=True))


def _send(maker: Maker, message: CampaignMessage, person: int) -> MessageSend:
    other = gets_other(message, person)
    at = message.sent_at or timezone.now()
    followed = maker.chance.random() < FOLLOWED[other]
    return MessageSend(
        message=message, person_id=person, other_subject=other, sent_at=at,
        followed_at=min(timezone.now(), at + dt.timedelta(hours=maker.chance.randint(1, 60))) if followed else None,
    )  # fmt: skip


def _wave(maker: Maker, company: Company, campaign: Campaign) -> None:
    """The first cohort is over, the second one's turn is now. The figures fit what is in screening."""
    now = load()
    first = campaign.starts_on
    wave = bulk(maker, [Wave(
        name="One customer each, in three parts", campaign=campaign, cut=WaveCut.LAST_NAME, starts_on=first,
        days_each=DAYS_EACH, in_work=max(20, now.in_work + 2), per_day=max(4, now.backlog // 6), pause_after_days=10,
        state=WaveState.RUNNING, owner=company.marketer,
    )])[0]  # fmt: skip
    people = colleagues_of(wave)
    cohorts = [
        _cohort(maker, wave, at, name, rule) for at, (name, rule) in enumerate(propose(wave.cut, people, COHORTS, {}))
    ]
    bulk(maker, cohorts)
    me = company.marketer.person_id
    maker.tell("wave.planned", wave, maker.moment(first - dt.timedelta(days=9)), account_id=None, actor_id=me,
               cohorts=COHORTS)  # fmt: skip
    maker.tell("wave.started", wave, maker.moment(first), account_id=None, actor_id=me, cohorts=COHORTS)
    for cohort in cohorts:
        if cohort.opened_at is not None:
            _open(maker, wave, cohort)


def _cohort(maker: Maker, wave: Wave, at: int, name: str, rule: dict[str, Any]) -> Cohort:
    opens = wave.starts_on + dt.timedelta(days=DAYS_EACH * at)
    closes = opens + dt.timedelta(days=DAYS_EACH - 1)
    row = Cohort(wave=wave, number=at + 1, name=name, rule=rule, opens_on=opens, closes_on=closes)
    if opens <= maker.today:
        row.opened_at = maker.moment(opens)
    if closes < maker.today:
        row.closed_at = maker.moment(closes + dt.timedelta(days=1))
    return row


def _open(maker: Maker, wave: Wave, cohort: Cohort) -> None:
    from_rule = [one.user_id for one in colleagues_of(wave) if _asks(wave, cohort, one)]
    CohortMember.objects.bulk_create([CohortMember(wave=wave, cohort=cohort, user_id=user) for user in from_rule])
    at = cohort.opened_at or timezone.now()
    people = list(User.objects.filter(pk__in=from_rule).values_list("person", flat=True))
    notices = [
        Notice(person_id=person, kind=YOUR_TURN, key=f"wave-turn:{wave.pk}", url="/nominations/new/",
               text="It is your turn: which customer would speak for us?", created_at=at, read_at=at)
        for person in people
    ]  # fmt: skip
    bulk(maker, notices)
    _stamp(wave.campaign, cohort, cohort.opens_on, cohort.closes_on)
    maker.tell("cohort.opened", cohort, at, account_id=None, actor_id=None, wave=wave.pk, members=len(from_rule))


def _asks(wave: Wave, cohort: Cohort, one: Any) -> bool:
    return matcher(wave.cut, cohort.rule, wave.public_id)(one)


def _stamp(campaign: Campaign | None, cohort: Cohort | None, first: dt.date, last: dt.date) -> None:
    """Say of what came in at the time what it came for; with a cohort, what its members sent."""
    rows = Nomination.objects.filter(submitted_at__date__range=(first, last)).exclude(state=NominationState.DRAFT)
    if cohort is not None:
        rows = rows.filter(nominator__in=CohortMember.objects.filter(cohort=cohort).values("user"))
    rows.update(campaign=campaign, cohort=cohort)
