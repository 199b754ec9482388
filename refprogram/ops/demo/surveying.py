"""Two surveys of customers: an NPS survey of last season, ended, and one on satisfaction that is running now."""

import datetime as dt
from decimal import Decimal
from itertools import islice
from typing import Any

from references.accounts import kept
from references.accounts.enums import POOL, AskState, Membership
from references.accounts.models import Account, ActivityType, Ask, Contact
from references.surveys import policy
from references.surveys.enums import InvitationState, SurveyKind, SurveyState, SurveyWaveState
from references.surveys.models import Survey, SurveyInvitation, SurveyWave
from refprogram.kernel.enums import AnswerState
from refprogram.kernel.form_builder.selectors import newest_published
from refprogram.kernel.models import FormAnswer
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.ops.demo.portfolio import Portfolio

MOST_ASKED = 160
MOST_RUNNING = 60
NPS_SCORES = ((10, 22), (9, 24), (8, 21), (7, 13), (6, 8), (5, 5), (4, 3), (3, 2), (1, 1), (0, 1))
CSAT_SCORES = ((5, 38), (4, 42), (3, 13), (2, 5), (1, 2))
REASONS = {
    "high": (
        "Your people answer within the hour, and they know our plant.",
        "We closed the books three days earlier since the switch.",
        "The rollout kept its date and its budget. That is rare.",
        "It simply works, and when it did not, somebody called us first.",
    ),
    "middle": (
        "Good product, but the yearly upgrade costs us a weekend each time.",
        "Fine so far. The reports could be easier to build.",
        "Support is friendly, though the second line takes its time.",
    ),
    "low": (
        "The interface to our warehouse still breaks every few weeks.",
        "We were promised the new scheduling for spring and still wait.",
        "Too many people to talk to, and each asks the same questions.",
    ),
}


def build(maker: Maker, company: Company, portfolio: Portfolio) -> None:
    """Make both surveys, what they cost in goodwill, and where the scores landed."""
    accounts = [account for account in portfolio.accounts if account.state != Membership.DO_NOT_CONTACT]
    past = [portfolio.contacts[account.pk][0] for account in islice(accounts, 0, min(MOST_ASKED, len(accounts) // 2))]
    season = _Season(maker, company, SurveyKind.NPS, "Would you recommend us?", 112)
    season.ask(past, answering=47)
    season.end()
    fresh = (portfolio.contacts[account.pk][-1] for account in reversed(accounts) if account.state not in POOL)
    running = _Season(maker, company, SurveyKind.CSAT, "How are we doing?", 5)
    running.ask(list(islice(fresh, min(MOST_RUNNING, max(4, len(accounts) // 6)))), answering=34, still_queued=0.5)


class _Season:
    """One survey with one wave."""

    def __init__(self, maker: Maker, company: Company, kind: str, name: str, days_ago: int) -> None:
        self.maker, self.company = maker, company
        suffix = "(NPS)" if kind == SurveyKind.NPS else "(CSAT)"
        self.form = newest_published("survey").get(design__name__endswith=suffix)
        self.first_day = maker.today - dt.timedelta(days=days_ago)
        at = maker.moment(self.first_day)
        facts: dict[str, Any] = {"kind": kind, "form": self.form, "created_by": company.marketer, "created_at": at}
        words = "You have worked with us for a while. Two minutes of your time help us to do better."
        self.survey: Survey = bulk(
            maker, [Survey(name=name, message=words, state=SurveyState.RUNNING, per_day=12, **facts)]
        )[0]
        self.wave: SurveyWave = bulk(
            maker,
            [SurveyWave(survey=self.survey, name="Wave 1", starts_on=self.first_day, state=SurveyWaveState.SENDING)],
        )[0]
        self.rows: list[SurveyInvitation] = []
        maker.tell("survey.started", self.survey, at, account_id=None, actor_id=company.marketer.person_id, kind=kind)

    def ask(self, contacts: list[Contact], *, answering: int, still_queued: float = 0.0) -> None:
        """Invite the contacts; a share of those who were written to has answered."""
        waiting = contacts[int(len(contacts) * (1 - still_queued)) :]
        sent = contacts[: len(contacts) - len(waiting)]
        self.rows = bulk(self.maker, [*(self._sent(one, answering) for one in sent), *map(self._queued, waiting)])
        self._reserve([row for row in self.rows if row.sent_at])
        self._answer([row for row in self.rows if row.state == InvitationState.ANSWERED])
        self._land()
        for account in {row.account_id: row.contact.account for row in self.rows if row.sent_at}.values():
            kept.settle(account)
        self._count()

    def end(self) -> None:
        """End the survey: who did not answer will not be counted on."""
        silent = SurveyInvitation.objects.filter(survey=self.survey, state=InvitationState.SENT)
        silent.update(state=InvitationState.EXPIRED)
        self.survey.state, self.survey.closes_on = SurveyState.CLOSED, self.first_day + dt.timedelta(days=30)
        self.survey.save()
        self.wave.state = SurveyWaveState.DONE
        self.wave.save()
        at = self.maker.moment(self.first_day + dt.timedelta(days=31))
        facts = {"kind": self.survey.kind, "sent": self.wave.sent, "answered": self.wave.answered}
        self.maker.tell("survey.closed", self.survey, at, account_id=None, actor_id=None, **facts)

    # ---------------------------------------------------------------- rows

    def _queued(self, contact: Contact) -> SurveyInvitation:
        return SurveyInvitation(survey=self.survey, wave=self.wave, contact=contact, account_id=contact.account_id)

    def _sent(self, contact: Contact, answering: int) -> SurveyInvitation:
        row = self._queued(contact)
        days = self.maker.chance.randrange(0, 4)
        row.sent_at = self.maker.moment(self.first_day + dt.timedelta(days=days))
        row.created_at, row.state = row.sent_at, InvitationState.SENT
        if self.maker.chance.randrange(100) >= answering:
            return row
        scores = NPS_SCORES if self.survey.kind == SurveyKind.NPS else CSAT_SCORES
        row.state, row.score = InvitationState.ANSWERED, Decimal(self.maker.weighted(scores))
        hours = self.maker.chance.randrange(1, 24 * (9 if self.survey.kind == SurveyKind.NPS else 1))
        row.answered_at = row.sent_at + dt.timedelta(hours=hours, minutes=self.maker.chance.randrange(60))
        return row

    def _reserve(self, rows: list[SurveyInvitation]) -> None:
        activity = ActivityType.objects.get(slug=policy.ACTIVITY)
        asks = [
            Ask(account_id=row.account_id, contact=row.contact, activity=activity, effort=activity.effort,
                state=AskState.SPENT, source_type="surveyinvitation", source_id=row.pk, created_at=row.sent_at,
                planned_on=row.sent_at.date(), ended_at=row.sent_at, reserved_by=self.company.marketer)
            for row in rows if row.sent_at
        ]  # fmt: skip
        for row, ask in zip(rows, bulk(self.maker, asks), strict=True):
            row.ask = ask
            self._tell("survey.sent", row, row.sent_at, self.company.marketer.person_id)

    def _answer(self, rows: list[SurveyInvitation]) -> None:
        answers = [
            FormAnswer(version=self.form, subject_type="surveyinvitation", subject_id=row.pk, revision=1,
                       person_id=row.contact.person_id, state=AnswerState.SUBMITTED, values=self._values(row),
                       created_at=row.answered_at or row.created_at, submitted_at=row.answered_at)
            for row in rows
        ]  # fmt: skip
        for row, answer in zip(rows, bulk(self.maker, answers), strict=True):
            row.answer = answer
            score = None if row.score is None else int(row.score)
            self._tell("survey.answered", row, row.answered_at, row.contact.person_id, score=score)
        SurveyInvitation.objects.bulk_update(self.rows, ["ask", "answer"], batch_size=1_000)

    def _values(self, row: SurveyInvitation) -> dict[str, Any]:
        score = int(row.score or 0)
        chance = self.maker.chance
        if self.survey.kind == SurveyKind.CSAT:
            wrong = {"wrong": chance.choice(REASONS["low"])} if score <= 2 else {}
            parts = chance.sample(("product", "people", "support", "speed"), chance.randrange(1, 4))
            return {"satisfied": str(score), "parts": parts, **wrong}
        band = "high" if score >= 9 else "middle" if score >= 7 else "low"
        values = {"score": str(score)}
        if chance.random() < 0.7:
            values["reason"] = chance.choice(REASONS[band])
        if band == "high":
            values["quotable"] = chance.choice(("yes", "yes", "no"))
        return values

    def _land(self) -> None:
        name = "nps" if self.survey.kind == SurveyKind.NPS else "csat"
        answered = [row for row in self.rows if row.answered_at]
        for row in answered:
            for thing in (row.contact, row.contact.account):
                setattr(thing, name, int(row.score or 0))
                setattr(thing, f"{name}_at", row.answered_at)
        fields = [name, f"{name}_at"]
        Contact.objects.bulk_update([row.contact for row in answered], fields, batch_size=1_000)
        Account.objects.bulk_update([row.contact.account for row in answered], fields, batch_size=1_000)

    def _count(self) -> None:
        self.wave.invited = len(self.rows)
        self.wave.sent = sum(row.sent_at is not None for row in self.rows)
        self.wave.answered = sum(row.answered_at is not None for row in self.rows)
        self.wave.save()

    def _tell(
        self, topic: str, row: SurveyInvitation, at: dt.datetime | None, actor_id: int | None, **facts: Any
    ) -> None:
        owner = row.contact.account.owner
        about = {"survey": row.survey_id, "kind": self.survey.kind, "contact": row.contact_id}
        owned = {"owner": owner.person_id if owner else None}
        if at is not None:
            self.maker.tell(topic, row, at, account_id=row.account_id, actor_id=actor_id, **about, **owned, **facts)
