"""Sending issues: each colleague gets a copy once, whatever dies in between; and opening them.

Who gets it is written down first; then lots of copies are told and marked. A lot that was told and not marked is told
again to nobody: its key is known (`tell_many`).
"""

from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.newsletters import blocks
from incentives.newsletters.enums import ISSUE_MOVES, IssueState
from incentives.newsletters.models import Newsletter, NewsletterCopy
from incentives.newsletters.notice_kinds import NEWSLETTER
from refprogram.kernel import links, moves
from refprogram.kernel.stream import Subject
from refprogram.notices.mails import Letter, as_reader
from refprogram.notices.many import Link, Telling, tell_many
from refprogram.people.enums import Role
from refprogram.people.models import User

PURPOSE: Final = "newsletter"
TEMPLATE: Final = "incentives/newsletter"
LOT: Final = 250


def send_all() -> int:
    """Send what is to be sent; return how many copies left. Safe twice and side by side."""
    waiting = Newsletter.objects.filter(state=IssueState.SENDING).order_by("sent_at", "pk").values_list("pk", flat=True)
    sent = 0
    for key in waiting:
        while (step := send_lot(key)) is not None:
            sent += step
    return sent


@transaction.atomic
def send_lot(key: int) -> int | None:
    """Send some copies; None when there are none left, or another worker is at it."""
    issue = _held(key)
    if issue is None:
        return None
    _address(issue)
    copies = list(issue.copies.filter(told_at__isnull=True).select_related("person").order_by("pk")[:LOT])
    if not copies:
        moves.move(issue, IssueState.SENT, moves=ISSUE_MOVES, noun=_("newsletter"))
        return None
    shown = blocks.read(issue.body)
    tell_many(kind=NEWSLETTER, tellings=[_telling(issue, copy, shown) for copy in copies])
    NewsletterCopy.objects.filter(pk__in=[copy.pk for copy in copies]).update(told_at=timezone.now())
    Newsletter.objects.filter(pk=issue.pk).update(told=F("told") + len(copies))
    return len(copies)


def _held(key: int) -> Newsletter | None:
    rows = Newsletter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("sent_by__person")
    return rows.filter(pk=key, state=IssueState.SENDING).first()


def _address(issue: Newsletter) -> None:
    """Write down who gets it, once: who is here as it is sent."""
    if issue.copies.exists():
        return
    readers = User.objects.filter(is_active=True).exclude(role=Role.JUDGE)
    if issue.roles:
        readers = readers.filter(role__in=issue.roles)
    people = readers.order_by("pk").values_list("person", flat=True)
    NewsletterCopy.objects.bulk_create([NewsletterCopy(newsletter=issue, person_id=pk) for pk in people])


def _telling(issue: Newsletter, copy: NewsletterCopy, shown: list[blocks.Block]) -> Telling:
    link = Link(PURPOSE, Subject("newslettercopy", copy.pk), links.new_token())

    def letter() -> Letter:
        with as_reader(copy.person):
            label = _("Read it on the web")
        context = {"blocks": shown, "action_label": label, "action_url": link.address}
        reply_to = issue.sent_by.address if issue.sent_by is not None else ""
        return Letter(issue.title, TEMPLATE, context, reply_to=reply_to)

    return Telling(copy.person, f"newsletter:{issue.pk}", issue.title, issue.get_absolute_url(), letter, link)


@transaction.atomic
def opened(*, newsletter_id: int, person_id: int) -> None:
    """Note that somebody opened their copy: the first time counts."""
    copy = NewsletterCopy.objects.filter(newsletter=newsletter_id, person=person_id, told_at__isnull=False)
    if copy.filter(opened_at__isnull=True).update(opened_at=timezone.now()):
        Newsletter.objects.filter(pk=newsletter_id).update(opened=F("opened") + 1)
