"""Nominations beyond the street: one nominated twice, one joined, one asked again, drafts, first acts, open links."""

import datetime as dt

from django.utils import timezone

from nominations.enums import NominationChannel, NominationState, OwnerAnswer
from nominations.models import Nomination, NominationCredit, NominationLink
from nominations.signals.enums import LinkFor, Signal
from nominations.signals.links import PURPOSE, token_of
from references.models import Account
from refprogram.kernel import links
from refprogram.ops.demo import words
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.ops.demo.nominating import credit
from refprogram.people.models import User

N = NominationState
FIRST_KEEPS = 65
DRAFTS = (
    (Signal.NPS, "They answered a survey with 10."),
    (Signal.RENEWAL, "They renewed last week."),
)
LINKS = (("User conference, badge", LinkFor.CUSTOMER), ("Partner newsletter", LinkFor.PARTNER))


def build(maker: Maker, company: Company) -> None:
    """Write them. What a small company has not is left out."""
    mine = maker.apart("nominations")
    waiting = list(Nomination.objects.filter(state=N.SCREENING).select_related("account").order_by("pk")[:3])
    other = company.reps[1]
    for first, step in zip(waiting, (_second, _joined, _asked_again), strict=False):
        step(mine, company, first, other if first.nominator_id != other.pk else company.reps[0])
    _drafts(mine, company.reps[0])
    _first_acts(mine)
    _links(mine, company)


def _twin(maker: Maker, first: Nomination, nominator: User, **more: object) -> Nomination:
    at = min(first.submitted_at + dt.timedelta(days=1), timezone.now())
    facts: dict[str, object] = {
        "nominator": nominator, "team": nominator.team, "account": first.account, "why": words.WHYS[0],
        "region": nominator.team.region if nominator.team else None, "submitted_at": at, "created_at": at,
        "state_since": at, "vouched_at": at, **more,
    }  # fmt: skip
    row = bulk(maker, [Nomination(**facts)])[0]
    credit([row])
    me = nominator.person_id
    maker.tell(
        "nomination.submitted", row, at, account_id=row.account_id, actor_id=me, nominator=me, team=row.team_id,
        region=row.region_id, industry=first.account.industry,
    )  # fmt: skip
    return row


def _second(maker: Maker, company: Company, first: Nomination, nominator: User) -> None:
    _twin(maker, first, nominator, state=N.SUBMITTED, second_to=first)


def _joined(maker: Maker, company: Company, first: Nomination, nominator: User) -> None:
    reason = f"{first.nominator.name} nominated the same customer; the two were joined."
    row = _twin(maker, first, nominator, state=N.MERGED, merged_into=first, reason=reason)
    NominationCredit.objects.filter(nomination=first).update(percent=FIRST_KEEPS)
    share = NominationCredit(
        nomination=first, user=nominator, team=row.team, region=row.region, percent=100 - FIRST_KEEPS,
        since=row.submitted_at,
    )  # fmt: skip
    share.save(force_insert=True)
    maker.tell(
        "nomination.merged", row, row.state_since, account_id=row.account_id, actor_id=company.marketer.person_id,
        nominator=nominator.person_id, first=first.nominator.person_id, into=first.pk, percent=share.percent,
    )  # fmt: skip


def _asked_again(maker: Maker, company: Company, first: Nomination, nominator: User) -> None:
    """Its word is older than a month: the owner, or else its nominator, was asked this morning."""
    asked = first.account.owner or first.nominator
    at = maker.moment(maker.day_ago(1, 1))
    long_ago = at - dt.timedelta(days=34)
    Nomination.objects.filter(pk=first.pk).update(
        state=N.RECHECK, state_since=at, submitted_at=long_ago, vouched_at=long_ago, owner_asked=asked,
        owner_answer=OwnerAnswer.PENDING, owner_answered_at=None,
    )  # fmt: skip
    maker.tell(
        "nomination.recheck_due", first, at, account_id=first.account_id, actor_id=None,
        nominator=first.nominator.person_id, asked=asked.person_id,
    )  # fmt: skip


def _drafts(maker: Maker, rep: User) -> None:
    free = Account.objects.filter(owner=rep, frozen=False, state="identified", merged_into=None, nominations=None)
    at = maker.moment(maker.day_ago(2, 1))
    for place, (account, (signal, why)) in enumerate(zip(free.order_by("pk")[: len(DRAFTS)], DRAFTS, strict=False)):
        row = Nomination(
            nominator=rep, account=account, why="", reason=why, state=N.DRAFT, channel=NominationChannel.SIGNAL,
            source_type="demo", source_id=place, submitted_at=at, created_at=at, state_since=at,
        )  # fmt: skip
        bulk(maker, [row])
        maker.tell(
            "nomination.drafted", row, at, account_id=account.pk, actor_id=None, nominator=rep.person_id,
            signal=signal.value,
        )  # fmt: skip


def _first_acts(maker: Maker) -> None:
    """Who takes part and has done something for us since: the last step of their nomination."""
    rows = Nomination.objects.filter(state=N.ENROLLED, account__activities_done__gt=0).select_related("account")
    for row in rows.order_by("pk"):
        at = min((row.enrolled_at or row.state_since) + dt.timedelta(days=20), timezone.now())
        Nomination.objects.filter(pk=row.pk).update(state=N.FIRST_ACT, first_act_at=at, state_since=at)
        maker.tell(
            "nomination.first_act", row, at, account_id=row.account_id, actor_id=None,
            nominator=row.nominator.person_id, team=row.team_id, region=row.region_id,
            industry=row.account.industry,
        )  # fmt: skip


def _links(maker: Maker, company: Company) -> None:
    for (label, made_for), holder in zip(LINKS, (company.marketer, company.reps[0]), strict=True):
        row = bulk(maker, [NominationLink(label=label, holder=holder, made_for=made_for)])[0]
        links.issue(purpose=PURPOSE, subject=row, person_id=None, token=token_of(row))
        row.link = links.find(token_of(row))
        row.save(update_fields=["link"])
