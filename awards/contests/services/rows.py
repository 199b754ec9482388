"""What every service of a contest needs: its row, held; words, cleaned."""

from typing import Any

from django.utils.translation import gettext as _

from awards.contests.enums import ContestState
from awards.contests.models import Contest
from refprogram.kernel.errors import DomainError, InvalidInput

OVER = (ContestState.ARCHIVED, ContestState.CANCELLED)


def lock(contest: Contest) -> Contest:
    """Return the contest, fresh and locked: whoever changes it or what belongs to it holds its row."""
    rows = Contest.objects.select_for_update(of=("self",)).select_related("owner__person")
    return rows.get(pk=contest.pk)


def held(contest: Contest) -> Contest:
    """Return the contest locked, if anything of it may still be changed."""
    row = lock(contest)
    if row.state in OVER:
        raise DomainError(_("This contest is over: nothing of it is changed any more."))
    return row


def words(text: str, *, field: str, sentence: str, most: int = 120) -> str:
    """Return one line of words; raise InvalidInput with the sentence if there are none."""
    found = " ".join(text.split())[:most]
    if not found:
        raise refusal(field, sentence)
    return found


def refusal(field: str, sentence: Any) -> InvalidInput:
    """Return the refusal of one field."""
    return InvalidInput(str(sentence), errors={field: str(sentence)})
