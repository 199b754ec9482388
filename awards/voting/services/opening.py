"""A vote that names entrants while judges still read without names: it waits for them, unless somebody says why not."""

from django.db import transaction
from django.utils.translation import gettext as _

from awards.contests.models import Contest
from awards.contests.services.rows import lock as lock_contest
from awards.contests.services.rows import refusal
from refprogram.kernel.stream import emit
from refprogram.people.models import User


@transaction.atomic
def open_beside_blind(*, contest: Contest, reason: str, by: User) -> Contest:
    """Let the vote open on its day although judges read without names then; who decides on winners reads the reason."""
    row = lock_contest(contest)
    said = " ".join(reason.split())[:300]
    if not said:
        raise refusal("reason", _("Say why: the certifiers and the chair read it."))
    return _put(row, said, by)


@transaction.atomic
def wait_for_judges(*, contest: Contest, by: User) -> Contest:
    """Let the vote wait again until nobody judges without names any more; votes that were cast stand."""
    return _put(lock_contest(contest), "", by)


def _put(row: Contest, reason: str, by: User) -> Contest:
    if row.votes_beside_blind == reason:
        return row
    row.votes_beside_blind = reason
    row.save(update_fields=["votes_beside_blind"])
    topic = "votes.beside_blind" if reason else "votes.wait_for_judges"
    emit(topic, subject=row, actor_id=by.person_id, payload={"reason": reason} if reason else {})
    return row
