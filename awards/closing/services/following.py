"""What an entry becomes once its contest is over: a draft story with a writer, outcomes of the customer.

Non-winners too: what they measured is as true. Nothing is drafted without the consent that was given with the entry.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from awards.closing import policy
from awards.closing.drafts import story_of
from awards.closing.enums import StoryState
from awards.closing.models import FollowUp, RecordedResult
from awards.closing.selectors.yields import agreed_to_story
from awards.contests.enums import AFTER_PUBLICATION, Part
from awards.contests.models import ContestMember
from awards.entries import selectors as entries
from awards.entries.enums import JUDGED
from awards.entries.models import ContestEntry, EntryMetric
from awards.entries.services.locks import lock_entry
from references.accounts import clock
from references.accounts.enums import Membership
from references.consents.enums import Scope
from references.content.services import draft_story
from references.models import Asset, Outcome
from references.profiles.enums import Direction
from references.profiles.services import record_outcome
from refprogram.governance.consequences.services import give_task
from refprogram.governance.models import Task
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit
from refprogram.notices.mails import absolute
from refprogram.people.models import User


@transaction.atomic
def follow(*, entry: ContestEntry, by: User | None = None) -> FollowUp | None:
    """Draft the story of a judged customer's entry, where they agreed to one, and give it to a writer.

    Where they did not, that is noted; asked again after they did, it is drafted then. Twice is once. None for entries
    that no reference comes of: of our own teams, or not judged.
    """
    row = lock_entry(entry.pk)
    if row.account is None or row.anchor or row.state not in JUDGED or row.contest.state not in AFTER_PUBLICATION:
        return None
    found = FollowUp.objects.select_for_update().filter(entry=row).first()
    if found is not None and found.state == StoryState.DRAFTED:
        return found
    before = found.state if found is not None else ""
    follow_up = found or FollowUp(entry=row)
    follow_up.state = _state_of(row)
    if follow_up.state == StoryState.DRAFTED:
        follow_up.writer = writer_for(row)
        follow_up.asset = _drafted(row, follow_up.writer)
        follow_up.task = _task(row, follow_up.asset, follow_up.writer)
    follow_up.save()
    if follow_up.state != before:
        payload = {"contest": row.contest_id, "state": follow_up.state, "asset": follow_up.asset_id}
        actor = by.person_id if by is not None else None
        emit("entry.followed", subject=row, account_id=row.account_id, actor_id=actor, payload=payload)
    return follow_up


def _state_of(entry: ContestEntry) -> StoryState:
    people = [entry.account, entry.contact]
    if any(one is not None and one.state == Membership.DO_NOT_CONTACT for one in people):
        return StoryState.LEFT_ALONE
    agreed = agreed_to_story().filter(entry=entry).exists()
    return StoryState.DRAFTED if agreed and entry.contact is not None else StoryState.NO_CONSENT


def writer_for(entry: ContestEntry) -> User | None:
    """Return who writes it: press and web of the contest in turn; without any, who runs it."""
    rows = ContestMember.objects.filter(contest=entry.contest_id, user__is_active=True).select_related("user__person")
    for part in (Part.PRESS, Part.MANAGER):
        found = list(rows.filter(part=part).order_by("pk"))
        if found:
            return found[entry.pk % len(found)].user
    return None


def _drafted(entry: ContestEntry, writer: User | None) -> Asset:
    said, specs = entries.said(entry)
    shown = any(row.get("publishable") for row in said["metrics"])
    scopes = [Scope.COMPANY, Scope.STORY, *([Scope.METRICS] if shown else [])]
    account = entry.account
    if account is None:
        raise DomainError(_("Only customers’ entries become stories."))
    return draft_story(
        account=account, contact=entry.contact, source=entry, title=entry.title or entry.code, actor=writer,
        body=story_of(said, specs), summary=entry.summary, scopes=scopes,
        disclosure=_("The customer entered %(contest)s with it.") % {"contest": entry.contest.name},
    )  # fmt: skip


def _task(entry: ContestEntry, asset: Asset, writer: User | None) -> Task | None:
    """Give the draft to its writer; nobody is left to give it to where all who ran the contest have gone."""
    if writer is None or entry.account is None:
        return None
    return give_task(
        assignee=writer,
        title=_("Finish the story of %(account)s") % {"account": entry.account.name},
        detail=_("Drafted from their entry to %(contest)s. They agreed to a story and read it before it goes out.")
        % {"contest": entry.contest.name},
        due_on=clock.today() + dt.timedelta(days=policy.now().story_days),
        label=asset.title,
        url=asset.get_absolute_url(),
    )


# ---------------------------------------------------------------- measured results


@transaction.atomic
def note_result(*, metric: EntryMetric, by: User) -> Outcome:
    """Note a measured result as an outcome of the customer; somebody else verifies it there. Twice is once.

    Only what the entrant marked as publishable, of whoever agreed to a story: they gave it for nothing else.
    """
    entry = lock_entry(metric.entry_id)
    row = EntryMetric.objects.get(pk=metric.pk)
    known = RecordedResult.objects.filter(metric=row).select_related("outcome").first()
    if known is not None:
        return known.outcome
    if not may_note(entry, row) or entry.account is None or row.before is None or row.after is None:
        raise DomainError(_("The customer did not give this result for anything but the contest."))
    outcome = record_outcome(
        account=entry.account, by=by, metric=row.what[:120], before=row.before, after=row.after,
        direction=Direction.UP if row.after > row.before else Direction.DOWN, unit=row.unit[:20],
        period=row.period[:60], contact=entry.contact if _works_there(entry) else None,
        evidence_url=absolute(entry.get_absolute_url()),
    )  # fmt: skip
    RecordedResult.objects.create(metric=row, outcome=outcome, by=by)
    payload = {"contest": entry.contest_id, "outcome": outcome.pk}
    emit("result.recorded", subject=entry, account_id=entry.account_id, actor_id=by.person_id, payload=payload)
    return outcome


def may_note(entry: ContestEntry, metric: EntryMetric) -> bool:
    """Whether a result may be noted: measured, publishable, of an entry whose customer agreed to a story."""
    return is_offered(metric) and entry.state in JUDGED and agreed_to_story().filter(entry=entry).exists()


def is_offered(metric: EntryMetric) -> bool:
    """Whether a result says how much something moved, and its entrant lets others read it."""
    measured = metric.before is not None and metric.after is not None and metric.before != metric.after
    return measured and metric.publishable


def results_left(metrics: Iterable[EntryMetric]) -> list[EntryMetric]:
    """Return the results that are not noted yet, of those that may be where the customer agreed to a story."""
    return [one for one in metrics if is_offered(one) and getattr(one, "recorded", None) is None]


def _works_there(entry: ContestEntry) -> bool:
    return entry.contact is not None and entry.contact.account_id == entry.account_id


@transaction.atomic
def note_results(*, entry: ContestEntry, by: User) -> list[Outcome]:
    """Note every measured result of an entry that may be noted and is not yet."""
    rows = EntryMetric.objects.filter(entry=entry).select_related("recorded").order_by("position", "pk")
    may = [row for row in results_left(rows) if may_note(entry, row)]
    if not may:
        raise DomainError(_("Nothing is left to note: results are noted, or were not given for it."))
    return [note_result(metric=row, by=by) for row in may]
