"""What every service of a contest's end needs: its rows, held."""

from django.utils.translation import gettext as _

from awards.closing.models import Closing
from awards.contests.enums import AFTER_PUBLICATION
from awards.contests.models import Contest
from awards.contests.services.rows import lock as lock_contest
from awards.models import WinnerKit
from refprogram.kernel.errors import DomainError


def lock_closing(contest: Contest) -> Closing:
    """Return how the contest is brought to its end, fresh and locked, begun if it was not. After the announcement."""
    row = lock_contest(contest)
    if row.state not in AFTER_PUBLICATION:
        raise DomainError(_("This waits until the winners are announced."))
    closing, _new = Closing.objects.select_for_update().get_or_create(contest=row)
    closing.contest = row
    return closing


def lock_kit(contest: Contest) -> WinnerKit:
    """Return the texts around the winners, locked; made if there are none yet. The caller holds the contest."""
    kit, _new = WinnerKit.objects.select_for_update().get_or_create(contest=contest)
    return kit
