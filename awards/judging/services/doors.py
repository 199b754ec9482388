"""How judges come in: links by mail, short-lived, bound to one contest and one person, good until withdrawn."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.judging import letters, policy
from awards.judging.enums import EXPECTED
from awards.models import Judge
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import SignedLink
from refprogram.kernel.stream import emit
from refprogram.people.models import User

INVITATION: Final = "judge_invitation"
DOOR: Final = "judge_door"
AGAIN_AFTER: Final = dt.timedelta(minutes=5)  # who asks for a link twice in a minute gets one mail


def invitation_address(judge: Judge) -> str:
    """Return the address on which somebody says whether they judge; an earlier one stops working."""
    links.withdraw(subject=judge, purpose=INVITATION)
    days = policy.now().answer_days
    return links.issue(purpose=INVITATION, subject=judge, person_id=judge.person_id, days=days)


def door_address(judge: Judge) -> str:
    """Return a new address of the judging room. Earlier ones live on: they lie in earlier mails."""
    days = policy.now().link_days
    return links.issue(purpose=DOOR, subject=judge, person_id=judge.person_id, days=days)


@transaction.atomic
def mail_door(*, judge: Judge) -> bool:
    """Mail a judge a new link, at most one in five minutes; return whether one left."""
    judge = Judge.objects.select_for_update(of=("self",)).select_related("person", "contest").get(pk=judge.pk)
    if judge.state not in EXPECTED:
        return False
    since = timezone.now() - AGAIN_AFTER
    mine = SignedLink.objects.filter(purpose=DOOR, subject_type="judge", subject_id=judge.pk)
    if mine.filter(created_at__gte=since, revoked_at__isnull=True).exists():
        return False
    letters.door(judge, door_address(judge))
    return True


@transaction.atomic
def mail_doors_to(*, email: str) -> None:
    """Mail links to whoever has this address and judges now. Nobody learns whether anybody does."""
    rows = Judge.objects.filter(person__email__iexact=email.strip(), state__in=EXPECTED)
    for judge in rows.select_related("person", "contest").order_by("pk"):
        if judge.contest.published_at is None:
            mail_door(judge=judge)


@transaction.atomic
def enter(*, token: str) -> tuple[Judge, SignedLink]:
    """Use a link to come in. Raises LinkRefused for a withdrawn one, DomainError for who judges no longer."""
    link = links.use(token)
    judge = Judge.objects.select_for_update(of=("self",)).select_related("person", "contest").get(pk=link.subject_id)
    if judge.state not in EXPECTED:
        raise DomainError(_("You do not judge this contest, or no longer. Thank you for your time."))
    emit("judge.entered", subject=judge, actor_id=judge.person_id, payload={"contest": judge.contest_id, "way": "link"})
    return judge, link


def withdraw_links(judge: Judge) -> int:
    """Make every link of a judge useless, and with it every session that came by one."""
    return links.withdraw(subject=judge)


@transaction.atomic
def withdraw_links_by_hand(*, judge: Judge, by: User) -> int:
    """The manager shuts the door: a mail went to somebody else."""
    done = withdraw_links(judge)
    if done:
        payload = {"contest": judge.contest_id}
        emit("judge.link_withdrawn", subject=judge, actor_id=by.person_id, payload=payload)
    return done


def by_link(judge_id: int) -> Judge | None:
    """Return the judge that a link is about."""
    return Judge.objects.select_related("person", "contest", "invited_by__person").filter(pk=judge_id).first()
