"""A year of a small company, week by week, with the program's own handlers, clocks and mails; three Mondays by hand.

Ann brings a reference every fourth week from the second on, Ben every sixth from the third on, Cid (who lives in
California) in the weeks 5 and 30, Dot (support) none. 4 January 2027 is a Monday; each yes is on a Tuesday.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage

from nominations import services, tasks
from nominations.models import QuotaShare, StandingsSnapshot
from nominations.quotas import proofs as quota_proofs
from nominations.quotas.enums import QuotaState, Rung
from nominations.quotas.models import QuotaPlan
from nominations.quotas.tasks import quotas_daily, quotas_go_on
from nominations.standings import proofs as standing_proofs
from nominations.waves.tasks import run_waves
from references.accounts.services import accept_invitation
from refprogram.notices.digests import send_digests
from refprogram.notices.models import Mail, Notice
from refprogram.people.models import User
from tests.cast import Cast
from tests.factories.campaigns import WaveFactory, under_way
from tests.factories.nominations import CARD, NominationFactory
from tests.factories.people import UserFactory
from tests.factories.quotas import planned
from tests.factories.references import AccountFactory, ContactFactory
from tests.mailbox import mails_to, subjects_to, token_in

pytestmark = pytest.mark.django_db
FIRST = dt.datetime(2027, 1, 4, 7, 30, tzinfo=dt.UTC)
WEEKS = 52
BY_HAND = (8, 26, 48)  # the Mondays that are read
BEATS = (run_waves, quotas_go_on, quotas_daily, tasks.close_standings, tasks.weekly_digest, tasks.remind)
QUARTERS = {1: ("Q1", 1, 3), 13: ("Q2", 4, 6), 26: ("Q3", 7, 9), 39: ("Q4", 10, 12)}


class Year:
    """The company, and what its people read on the Mondays that are looked at."""

    def __init__(self, cast: Cast, drain: Callable[[], int], outbox: list[EmailMessage], time_machine: Any) -> None:
        self.cast, self.drain, self.outbox, self.clock = cast, drain, outbox, time_machine
        self.clock.move_to(FIRST - dt.timedelta(days=3), tick=False)
        assert cast.manager
        assert cast.marketer
        names = ("Ann Abel", "Ben Brown", "Cid Young")
        self.ann, self.ben, self.cid = (UserFactory(name=name, team=cast.north) for name in names)
        self.cid.person.time_zone = "America/Los_Angeles"
        self.cid.person.quiet_from, self.cid.person.quiet_until = dt.time(20), dt.time(7)
        self.cid.person.save()
        self.dot = UserFactory(name="Dot Support", role="support", team=cast.north)
        self.head = cast.sales_head
        self.mondays: dict[int, list[EmailMessage]] = {}

    def live(self) -> None:
        for week in range(1, WEEKS + 1):
            monday = FIRST + dt.timedelta(weeks=week - 1)
            self.clock.move_to(monday, tick=False)
            self.plan(week)
            before = len(self.outbox)
            for beat in BEATS:
                beat()
            self.drain()
            self.clock.move_to(monday.replace(hour=16), tick=False)  # morning in California
            self.drain()
            if week in BY_HAND:
                self.mondays[week] = self.outbox[before:]
            self.clock.move_to(monday + dt.timedelta(days=1, hours=3), tick=False)
            for user in self.nominators(week):
                self.yes(user, week)
            if self.nominators(week):
                self.clock.move_to(monday + dt.timedelta(days=2, minutes=35), tick=False)  # Wednesday, 8:05
                send_digests()
                self.drain()

    def plan(self, week: int) -> None:
        """Every quarter has its quota; the last one follows a wave of two cohorts."""
        if week not in QUARTERS:
            return
        name, first, last = QUARTERS[week]
        wave = under_way(WaveFactory(actor=self.cast.marketer)) if name == "Q4" else None
        ends = dt.date(2027 + last // 12, last % 12 + 1, 1) - dt.timedelta(days=1)
        planned(
            self.head, name=f"Two each, {name}", starts_on=dt.date(2027, first, 1), ends_on=ends, target=2, wave=wave,
            rungs=[Rung.NUDGE.value, Rung.MANAGER.value],
        )  # fmt: skip

    def nominators(self, week: int) -> list[User]:
        found = [self.ann] if week % 4 == 2 else []
        found += [self.ben] if week % 6 == 3 else []
        return found + ([self.cid] if week in {5, 30} else [])

    def yes(self, user: User, week: int) -> None:
        """One street: nominated, approved, invited, and the customer says yes by the link in the mail."""
        account = AccountFactory(name=f"{user.first_name} {week}", owner=user)
        contact = ContactFactory(account=account)
        row = NominationFactory(nominator=user, account=account, contact=contact, activities=["call"])
        services.approve(nomination=row, actor=self.cast.marketer, card=CARD)
        self.drain()
        accept_invitation(token=token_in(mails_to(contact.person, self.outbox)[0]), activities=["call"])
        self.drain()


def read(year: Year, week: int, user: User) -> EmailMessage:
    """The one digest that somebody got on a Monday."""
    (mail,) = [mail for mail in mails_to(user, year.mondays[week]) if "quarter" in str(mail.subject)]
    return mail


def test_a_year(cast: Cast, drain: Callable[[], int], mailoutbox: Any, time_machine: Any) -> None:
    year = Year(cast, drain, mailoutbox, time_machine)
    year.live()

    # Week 8, 22 February: Ann brought two (weeks 2 and 6), Ben one (3), Cid one (5).
    ann = read(year, 8, year.ann)
    assert ann.subject == "You are 1st of 4 this quarter"
    assert "1. Ann Abel: 2  <\n2. Ben Brown: 1\n2. Cid Young: 1" in ann.body
    assert "Two each, Q1: 2 of 2: done, thank you" in ann.body
    ben = read(year, 8, year.ben)
    assert (ben.subject, "2 more pass Ann Abel." in ben.body) == ("You are 2nd of 4 this quarter", True)
    assert "Two each, Q1: 1 of 2, 5 weeks left; one in a gap counts 1.5" in ben.body
    assert read(year, 8, year.dot).subject == "4 references enrolled this quarter: yours could be next"
    assert read(year, 8, year.cid).subject == "You are 2nd of 4 this quarter"

    # Week 26, 28 June: since April Ann in 14, 18 and 22, Ben in 15 and 21. Three days are left.
    assert "1. Ann Abel: 3\n2. Ben Brown: 2\n3. Cid Young: 0  <" in read(year, 26, year.cid).body
    assert "Two each, Q2: 3 of 2: done, thank you" in read(year, 26, year.ann).body
    assert "Two each, Q2: 0 of 2, 3 days left; one in a gap counts 1.5" in read(year, 26, year.cid).body
    manager = read(year, 26, year.cast.manager)
    assert (manager.subject, "North: 5" in manager.body) == ("Your team is 1st of 1 this quarter", True)
    assert read(year, 26, year.head).subject == "5 references enrolled this quarter"

    # Week 48, 29 November: since October Ann in 42 and 46 (40 mod 4 is 0), Ben in 45.
    assert "1. Ann Abel: 2  <\n2. Ben Brown: 1" in read(year, 48, year.ann).body

    _quotas_ended_well(year)
    _mails_were_kind()
    for proof in (*standing_proofs.proofs(), *quota_proofs.proofs()):
        assert proof.rows == []
    closed = StandingsSnapshot.objects.filter(by="rep", league="")
    assert {row.period: row.starts_on for row in closed.order_by("starts_on")}["quarter"] == dt.date(2027, 7, 1)
    assert closed.filter(period="quarter").count() == 3


def _quotas_ended_well(year: Year) -> None:
    """Counts of the quarters, by hand; who was behind was reminded once, and so was their manager told."""
    found = {
        (share.plan.name[-2:], share.user.first_name): (int(share.counted), share.rung)
        for share in QuotaShare.objects.select_related("plan", "user__person")
        if share.user in {year.ann, year.ben, year.cid}
    }
    assert [found[quarter, "Ann"][0] for quarter in ("Q1", "Q2", "Q3")] == [3, 4, 3]
    assert [found[quarter, "Ben"][0] for quarter in ("Q1", "Q2", "Q3")] == [2, 2, 3]
    assert [found[quarter, "Cid"] for quarter in ("Q1", "Q2", "Q3")] == [
        (1, Rung.MANAGER),
        (0, Rung.MANAGER),
        (1, Rung.MANAGER),
    ]
    states = dict(QuotaPlan.objects.values_list("name", "state"))
    assert [states[f"Two each, {name}"] for name in ("Q1", "Q2", "Q3")] == [QuotaState.FINAL] * 3
    reminded = [subject for subject in subjects_to(year.cid, year.outbox) if "Two each, Q2:" in subject]
    assert len(reminded) == 1
    told = [subject for subject in subjects_to(year.cast.manager, year.outbox) if "behind" in subject]
    assert len(told) == 3
    wave = QuotaPlan.objects.get(name="Two each, Q4").shares.order_by("ends_on")
    assert wave.last().ends_on > wave.first().ends_on


def _mails_were_kind() -> None:
    """Nobody got two mails for one thing, and none in their night."""
    for mail in Mail.objects.filter(sent_at__isnull=False).select_related("person"):
        zone = ZoneInfo(mail.person.time_zone or "UTC")
        assert 7 <= mail.sent_at.astimezone(zone).hour < 20, (mail.subject, mail.to)
    keys = list(Mail.objects.values_list("person", "key")), list(Notice.objects.values_list("person", "key"))
    for found in keys:
        assert len(found) == len(set(found))
