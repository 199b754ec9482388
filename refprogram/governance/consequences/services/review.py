"""What the board does with proposals: a notice, or none, with the reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.consequences import terms
from refprogram.governance.consequences.enums import CaseState, Effect
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.governance.consequences.services.rows import allowed, check, lock_case, move, said, tell
from refprogram.governance.consequences.wording import reason_of
from refprogram.people import services as people
from refprogram.people.calendars.selectors import calendar_of
from refprogram.people.enums import Privilege
from refprogram.people.models import User


@transaction.atomic
def notify(*, case: ConsequenceCase, by: User) -> ConsequenceCase:
    """Send the notice. From now on it is settled when it takes effect and when it is over; an appeal stops it."""
    row = lock_case(case)
    _board(by, row)
    check(row, CaseState.NOTIFIED)
    now = timezone.now()
    days = terms.days_of(terms.of(row), calendar_of(row.user), now)
    row.notified_at, row.notified_by = now, by
    row.appeal_until, row.takes_effect_at, row.ends_at = days.appeal_until, days.takes_effect_at, days.ends_at
    set_effect(row, by)
    move(
        row, CaseState.NOTIFIED, "notified_at", "notified_by", "appeal_until", "takes_effect_at", "ends_at",
        "restriction",
    )  # fmt: skip
    tell("case.notified", row, by)
    return row


def set_effect(case: ConsequenceCase, by: User | None) -> None:
    """Write down what binds, from when until when. A restriction needs no clock to begin or end; see `ends.py`."""
    kept = terms.of(case)
    if kept.effect != Effect.RESTRICTION or case.takes_effect_at is None or case.ends_at is None:
        return
    case.restriction = people.schedule(
        user=case.user,
        privilege=Privilege(kept.privilege),
        reason=reason_of(case),
        starts_at=case.takes_effect_at,
        ends_at=case.ends_at,
        actor=by,
    )


@transaction.atomic
def dismiss(*, case: ConsequenceCase, by: User, reason: str) -> ConsequenceCase:
    """Do nothing about a proposal, with the reason for the record; the person never hears of it."""
    row = lock_case(case)
    _board(by, row)
    check(row, CaseState.DISMISSED)
    row.reason = said(reason, "reason", _("Say why, for the record."))
    row.decided_by = by
    move(row, CaseState.DISMISSED, "reason", "decided_by")
    tell("case.dismissed", row, by)
    return row


def _board(by: User, case: ConsequenceCase) -> None:
    allowed(by, "governance.review_case", case, _("The review board decides this, and nobody about themselves."))
