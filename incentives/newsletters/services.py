"""Issues: drafted, changed, dropped, sent. Sending itself is in `sending.py`."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.newsletters import drafting
from incentives.newsletters.enums import ISSUE_MOVES, OUT, IssueState
from incentives.newsletters.models import Newsletter
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.queueing import enqueue
from refprogram.kernel.stale import refuse_stale
from refprogram.kernel.stream import emit
from refprogram.people.enums import Role
from refprogram.people.models import User

RUN: Final = "incentives.run_newsletters"
FIRST: Final = dt.timedelta(days=30)
LONGEST: Final = 20_000
READERS: Final = tuple(role.value for role in Role if role != Role.JUDGE)


class NamedInVain(DomainError):
    """The issue names somebody who does not agree to it any more."""

    code = "named-in-vain"


@transaction.atomic
def draft_issue(*, title: str, actor: User, roles: Iterable[str] = ()) -> Newsletter:
    """Draft an issue from what happened since the last one, or in the last 30 days."""
    _must(actor)
    now = timezone.now()
    last = Newsletter.objects.filter(state__in=OUT).order_by("-until").values_list("until", flat=True).first()
    since = last or now - FIRST
    facts = drafting.facts_since(since, now)
    row = Newsletter(
        title=" ".join(title.split()), body=drafting.body_of(facts), facts=facts, roles=_roles(roles), since=since,
        until=now, created_by=actor,
    )  # fmt: skip
    _check(row)
    row.save(force_insert=True)
    emit("newsletter.drafted", subject=row, actor_id=actor.person_id)
    return row


@transaction.atomic
def change_issue(*, issue: Newsletter, actor: User, revision: int | None = None, **facts: Any) -> Newsletter:
    """Change a draft: title, text, readers."""
    _must(actor)
    row = Newsletter.objects.select_for_update().get(pk=issue.pk)
    moves.check(row, IssueState.SENDING, moves=ISSUE_MOVES, noun=_("newsletter"))
    refuse_stale(row, revision, _("Somebody changed this newsletter while you wrote. Nothing was overwritten."), facts)
    row.title = " ".join(facts.get("title", row.title).split())
    row.body = facts.get("body", row.body)
    row.roles = _roles(facts.get("roles", row.roles))
    _check(row)
    row.revision += 1
    row.save(update_fields=["title", "body", "roles", "revision"])
    return row


@transaction.atomic
def send_issue(*, issue: Newsletter, actor: User, revision: int | None = None) -> Newsletter:
    """Send a draft to its readers; refused while it names somebody who does not agree to that any more.

    `revision` is that of the words that were read before: others are not sent.
    """
    _must(actor)
    row = Newsletter.objects.select_for_update().get(pk=issue.pk)
    moves.check(row, IssueState.SENDING, moves=ISSUE_MOVES, noun=_("newsletter"))
    refuse_stale(row, revision, _("The newsletter was changed since you read it. Nothing was sent: read it once more."))
    names = drafting.in_vain(row.facts, f"{row.title}\n{row.body}")
    if names:
        words = {"names": ", ".join(names)}
        raise NamedInVain(_("Named without their consent: %(names)s. Take that out first.") % words)
    row.sent_at, row.sent_by = timezone.now(), actor
    moves.move(row, IssueState.SENDING, moves=ISSUE_MOVES, noun=_("newsletter"), also=("sent_at", "sent_by"))
    emit("newsletter.sent", subject=row, actor_id=actor.person_id)
    enqueue("incentives.send_newsletters")
    return row


@transaction.atomic
def drop_issue(*, issue: Newsletter, actor: User) -> Newsletter:
    """Drop a draft."""
    _must(actor)
    row = Newsletter.objects.select_for_update().get(pk=issue.pk)
    moves.move(row, IssueState.DROPPED, moves=ISSUE_MOVES, noun=_("newsletter"))
    return row


def _must(actor: User) -> None:
    if not actor.has_perm(RUN):
        raise NotAllowed(_("Newsletters are made by who runs the program."))


def _roles(roles: Iterable[str]) -> list[str]:
    chosen = sorted(set(roles))
    if unknown := [role for role in chosen if role not in READERS]:
        _refuse("roles", _("No such role: %(role)s.") % {"role": unknown[0]})
    return chosen


def _check(row: Newsletter) -> None:
    if not row.title:
        _refuse("title", _("Give the newsletter a title."))
    if not row.body.strip() or len(row.body) > LONGEST:
        _refuse("body", _("Between one and %(n)d characters, please.") % {"n": LONGEST})


def _refuse(field: str, sentence: str) -> None:
    raise InvalidInput(sentence, errors={field: sentence})
