"""What time brings: invitations repeated and lapsed, drafts reminded of before their deadline. Safe to run twice."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from awards.contests.enums import ContestState
from awards.contests.models import Contest
from awards.contests.services import deadline_of
from awards.entries import letters, policy
from awards.entries.enums import ASKED_LATER, EntryState, InviteState
from awards.entries.models import ContestEntry, EntryInvite
from awards.entries.services.inviting import lapse
from awards.entries.services.locks import lock_invite
from awards.entries.wording import VOTE
from references.accounts.askable import why_not_written_to
from refprogram.people.models import Person

TAKING = (ContestState.OPEN, ContestState.CLOSED, ContestState.SCREENING)
OPEN_DRAFTS = (EntryState.DRAFT, EntryState.APPROVAL, EntryState.NEEDS_FIX)


def remind_invites(now: dt.datetime | None = None) -> int:
    """Ask once more, and once again, who has not answered an invitation; return how many were written to."""
    at, figures = now or timezone.now(), policy.now()
    waits = (figures.first_reminder, figures.second_reminder)
    due = Q()
    for sent, days in enumerate(waits):
        due |= Q(reminders=sent, invited_at__lte=at - dt.timedelta(days=days))
    rows = EntryInvite.objects.filter(due, state=InviteState.INVITED, contest__state=ContestState.OPEN)
    return sum(_remind(pk, at) for pk in rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, at: dt.datetime) -> int:
    row = lock_invite(pk)
    waits = (policy.now().first_reminder, policy.now().second_reminder)
    if row.state != InviteState.INVITED or row.invited_at is None or row.reminders >= len(waits):
        return 0
    if row.invited_at + dt.timedelta(days=waits[row.reminders]) > at:
        return 0
    row.reminders, row.reminded_at = row.reminders + 1, at
    row.save(update_fields=["reminders", "reminded_at"])
    if why_not_written_to(row.contact) is not None:
        return 0  # left alone now: the first mail stands
    letters.send_invitation(row)
    return 1


def lapse_invites(now: dt.datetime | None = None) -> int:
    """Let invitations go that nobody answered, and those of contests that take no entries any more."""
    at = now or timezone.now()
    silent = Q(state=InviteState.INVITED, invited_at__lte=at - dt.timedelta(days=policy.now().lapse_after))
    over = Q(state__in=(InviteState.PROPOSED, InviteState.INVITED)) & ~Q(
        contest__state__in=(ContestState.DRAFT, ContestState.ANNOUNCED, ContestState.OPEN)
    )
    rows = EntryInvite.objects.filter(silent | over).order_by("pk")
    return len([lapse(invite=row) for row in rows])


def remind_drafts(now: dt.datetime | None = None) -> int:
    """Remind who has begun an entry, and who looks after the customer: as its deadline comes near, or when it lies."""
    at = now or timezone.now()
    rows = ContestEntry.objects.filter(state__in=OPEN_DRAFTS, contest__state__in=TAKING, owner__isnull=False)
    rows = rows.select_related(
        "contest", "owner", "account__owner__person", "contact__person", "contact__account", "answer"
    )
    return sum(_remind_of(entry, at) for entry in rows.order_by("pk").iterator(chunk_size=500))


def ask_about_vote(contest: Contest) -> int:
    """Ask entrants who handed in before the public vote was decided on whether they may stand there; once each.

    Return how many were written to. Whoever may not be written to finds the question on their entry's page.
    """
    rows = ContestEntry.objects.filter(contest=contest, anchor=False, state__in=ASKED_LATER, account__isnull=False)
    rows = rows.exclude(consents__use=VOTE.name).order_by("pk")
    rows = rows.select_related("contest", "owner", "contact__person", "contact__account")
    asked = [entry for entry in rows if _may_write(entry)]
    return sum(letters.ask_about_vote(entry) for entry in asked)


def _remind_of(entry: ContestEntry, at: dt.datetime) -> int:
    deadline = deadline_of(entry.contest, None, entry)
    days = next((n for n in sorted(policy.DRAFT_DAYS) if deadline - at <= dt.timedelta(days=n)), None)
    if days is None:
        near = dt.timedelta(days=max(policy.DRAFT_DAYS) + policy.QUIET_DAYS)
        return _remind_idle(entry, at) if deadline - at > near else 0
    if deadline <= at or entry.created_at > deadline - dt.timedelta(days=days):
        return 0  # over, or begun after that day had passed
    told = 0
    if entry.owner is not None and _may_write(entry):
        told += letters.remind_draft(entry, entry.owner, days)
    keeper = _keeper(entry)
    if keeper is not None:
        told += letters.tell_keeper(entry, keeper, days)
    return told


def _remind_idle(entry: ContestEntry, at: dt.datetime) -> int:
    """Remind of a draft that nobody has touched for long, once until somebody writes on it again."""
    touched = entry.answer.updated_at if entry.answer is not None else entry.created_at
    days = (at - touched).days
    if entry.state != EntryState.DRAFT or days < policy.now().idle_days:
        return 0
    told = letters.remind_idle(entry, days, touched) if _may_write(entry) else 0
    keeper = _keeper(entry)
    if keeper is not None:
        told += letters.tell_keeper_idle(entry, keeper, days, touched)
    return told


def _may_write(entry: ContestEntry) -> bool:
    return entry.contact is None or why_not_written_to(entry.contact) is None


def _keeper(entry: ContestEntry) -> Person | None:
    owner = entry.account.owner if entry.account is not None else None
    return owner.person if owner is not None and owner.person_id != entry.owner_id else None
