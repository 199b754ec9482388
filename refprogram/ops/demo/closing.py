"""What came of last year's contest: comments that wait for a moderator, stories with their writer, outcomes noted.

Letters of thanks are drafted and not sent, and feedback is not open: the tour does both. Nobody is written to before.
"""

import datetime as dt
from typing import Any, Final

from django.utils import timezone

from awards.closing.drafts import story_of
from awards.closing.enums import StoryState
from awards.closing.models import Feedback, FollowUp, RecordedResult
from awards.closing.selectors.feedback import counted_ballots
from awards.closing.selectors.yields import agreed_to_story
from awards.closing.services.following import results_left
from awards.entries import selectors as entries
from awards.entries.enums import EntryState
from awards.models import Contest, ContestEntry
from references.consents.enums import Scope
from references.content.enums import AssetState
from references.models import Asset, AssetNeed, AssetVersion, Outcome
from references.profiles import counting
from references.profiles.enums import Direction
from refprogram.governance.consequences.enums import TaskState
from refprogram.governance.models import Task
from refprogram.notices.mails import absolute
from refprogram.ops.demo import contesting
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk

S: Final = AssetState
# How far each story is, in the order of the entries; what is used has its task done.
STATES: Final = (S.APPROVED, S.DRAFT, S.APPROVED, S.CUSTOMER_REVIEW, S.APPROVED, S.DRAFT, S.INTERNAL_REVIEW, S.DRAFT)
OPEN: Final = (S.DRAFT,)
# Of the comments, these were read already: (which, passed on).
READ: Final = {0: True, 1: True, 2: False, 3: True, 5: True, 8: True, 9: True, 11: False}
SOFTER: Final = "Sound work. Show what is different from what others have done before."


def build(maker: Maker, company: Company) -> None:
    """Write it."""
    mine = maker.apart("closing")
    contest = contesting.found().past
    _comments(mine, company, contest)
    rows = ContestEntry.objects.filter(contest=contest, account__isnull=False, state=EntryState.CLOSED)
    agreed = set(agreed_to_story().filter(entry__contest=contest).values_list("entry", flat=True))
    for at, entry in enumerate(rows.select_related("account__region", "contact", "contest").order_by("pk")):
        _follow(mine, company, entry, at, agreed=entry.pk in agreed)
    mine.flush()
    counting.settle(list(rows.values_list("account", flat=True)))


def _comments(maker: Maker, company: Company, contest: Contest) -> None:
    ballots = counted_ballots().filter(assignment__round__contest=contest, assignment__place__entry__state="closed")
    made, at = [], contest.announce_at + dt.timedelta(days=6)
    for number, ballot in enumerate(ballots.select_related("assignment__place").order_by("pk")):
        row = Feedback(entry_id=ballot.assignment.place.entry_id, ballot=ballot, text=ballot.comment, created_at=at)
        if number in READ:
            row.passed_by, row.held_back = company.marketer, not READ[number]
            row.passed_at = at if READ[number] else None
        if number == 3:  # changed before it was passed on
            row.text = SOFTER
        made.append(row)
    bulk(maker, made)


def _follow(maker: Maker, company: Company, entry: ContestEntry, at: int, *, agreed: bool) -> None:
    """Write what became of one entry."""
    found = FollowUp(entry=entry, state=StoryState.DRAFTED if agreed else StoryState.NO_CONSENT)
    if agreed:
        found.writer, found.asset = company.marketer, _story(maker, company, entry, STATES[at % len(STATES)])
        (found.task,) = bulk(maker, [_task(company, entry, found.asset, at)])
        if at % 3 == 0:
            _results(maker, company, entry, verified=at % 2 == 0)
    bulk(maker, [found])
    maker.tell(
        "entry.followed", entry, entry.contest.announce_at, account_id=entry.account_id, actor_id=None,
        contest=entry.contest_id, state=found.state, asset=found.asset_id,
    )  # fmt: skip


def _story(maker: Maker, company: Company, entry: ContestEntry, state: AssetState) -> Asset:
    account: Any = entry.account
    said, specs = entries.said(entry)
    begun, me = entry.contest.announce_at + dt.timedelta(hours=1), company.marketer
    asset = Asset(
        title=entry.title, summary=entry.summary, account=account, owner=me, state=state, region=account.region,
        created_at=begun, disclosure=f"The customer entered the {entry.contest.name} with it.",
    )  # fmt: skip
    bulk(maker, [asset])
    AssetVersion.objects.create(asset=asset, number=1, body=story_of(said, specs), written_by=me, at=begun)
    AssetNeed.objects.bulk_create(
        AssetNeed(asset=asset, contact=entry.contact, scope=scope) for scope in (Scope.COMPANY, Scope.STORY)
    )
    maker.tell(
        "asset.opened", asset, begun, account_id=account.pk, actor_id=me.person_id, kind=asset.kind,
        source_type="contestentry", source_id=entry.pk,
    )  # fmt: skip
    return asset


def _task(company: Company, entry: ContestEntry, asset: Asset, at: int) -> Task:
    account: Any = entry.account
    done = asset.state not in OPEN
    return Task(
        assignee=company.marketer, title=f"Finish the story of {account.name}"[:160], label=asset.title,
        detail=f"Drafted from their entry to {entry.contest.name}.", url=asset.get_absolute_url(),
        due_on=timezone.localdate() + dt.timedelta(days=12 + at), created_at=entry.contest.announce_at,
        state=TaskState.DONE if done else TaskState.OPEN,
        finished_at=entry.contest.announce_at + dt.timedelta(days=20 + at) if done else None,
    )  # fmt: skip


def _results(maker: Maker, company: Company, entry: ContestEntry, *, verified: bool) -> None:
    """Note an entry's measured results as outcomes of the customer."""
    account: Any = entry.account
    at = entry.contest.announce_at + dt.timedelta(days=9)
    for metric in results_left(entry.metrics.all()):
        before, after = metric.before or 0, metric.after or 0
        outcome = Outcome(
            account=account, contact=entry.contact, metric=metric.what[:120], unit=metric.unit[:20], before=before,
            after=after, direction=Direction.UP if after > before else Direction.DOWN, period=metric.period[:60],
            evidence_url=absolute(entry.get_absolute_url()), recorded_by=company.marketer, created_at=at,
        )  # fmt: skip
        if verified:
            outcome.verified_by, outcome.verified_at = company.managers[0], at + dt.timedelta(days=2)
        bulk(maker, [outcome])
        RecordedResult.objects.create(metric=metric, outcome=outcome, by=company.marketer, at=at)
