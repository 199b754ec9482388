"""The mail with the link that confirms a vote: it leaves at once, and the address with it.

Voters are no persons of ours. Their address lies in the row of the vote until the mail has gone, and then nowhere.
"""

import datetime as dt
import logging
from smtplib import SMTPException

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from awards.voting import letters, policy
from awards.voting.enums import STANDING_VOTES, VoteState
from awards.voting.models import PublicVote
from refprogram.kernel import links
from refprogram.notices.strangers import never_arrives

log = logging.getLogger(__name__)

BATCH = 200
PURPOSE = "vote"


def send_links(*, limit: int = BATCH) -> int:
    """Send up to `limit` links, oldest first; return how many left. What the mail server refuses for now waits."""
    _give_up()
    if not _waiting().exists():
        return 0
    server: BaseEmailBackend = get_connection()
    try:
        server.open()
    except (OSError, SMTPException) as error:
        log.warning("mail server does not answer, votes wait: %s", error)
        return 0
    try:
        tried: set[int] = set()
        sent = 0
        while len(tried) < limit:
            found = _send_next(server, tried)
            if found is None:
                break
            sent += found
        return sent
    finally:
        server.close()


def _waiting() -> QuerySet[PublicVote]:
    return PublicVote.objects.filter(~Q(to=""), state=VoteState.UNVERIFIED)


def _give_up() -> None:
    """Forget the addresses of links that would come too late."""
    before = timezone.now() - dt.timedelta(hours=policy.now().confirm_hours)
    PublicVote.objects.filter(~Q(to=""), cast_at__lt=before).update(to="")


def _send_next(server: BaseEmailBackend, tried: set[int]) -> int | None:
    """Send one link; return 1, 0 where it was not taken, None where nothing is left. One mail, one transaction."""
    with transaction.atomic():
        rows = _waiting().exclude(pk__in=tried).select_for_update(skip_locked=True, of=("self",))
        vote = rows.select_related("contest", "entry__account").order_by("cast_at", "pk").first()
        if vote is None:
            return None
        tried.add(vote.pk)
        try:
            with transaction.atomic():
                _write(vote, server)
        except (OSError, SMTPException, ValueError) as error:
            log.warning("link of vote %s was not taken: %s", vote.public_id, type(error).__name__)
            if never_arrives(error):
                _forget_address(vote)
            return 0
        return 1


def _write(vote: PublicVote, server: BaseEmailBackend) -> None:
    mine = PublicVote.objects.filter(contest=vote.contest_id, voter_hash=vote.voter_hash, state__in=STANDING_VOTES)
    if mine.exists():
        letters.voted_already(vote, server).send()
        vote.delete()
        return
    url = links.issue(purpose=PURPOSE, subject=vote, person_id=None)
    letters.confirm(vote, url, server).send()
    _forget_address(vote)


def _forget_address(vote: PublicVote) -> None:
    vote.to = ""
    vote.save(update_fields=["to"])
