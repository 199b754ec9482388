"""An appeal: made in time, it stops the effect until somebody who did not send the notice has answered it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.consequences import terms
from refprogram.governance.consequences.enums import CaseState
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.governance.consequences.policy import APPEAL_ANSWER_DAYS, APPEAL_CLOCK
from refprogram.governance.consequences.services.ends import waived
from refprogram.governance.consequences.services.review import set_effect
from refprogram.governance.consequences.services.rows import allowed, check, lock_case, move, said, tell
from refprogram.kernel.errors import DomainError
from refprogram.people import services as people
from refprogram.people.calendars.clocks import start_clock, stop_clock
from refprogram.people.calendars.selectors import calendar_of
from refprogram.people.models import User


@transaction.atomic
def appeal(*, case: ConsequenceCase, by: User, text: str) -> ConsequenceCase:
    """Say why it should not be so, once and in time. Nothing takes effect before the answer."""
    row = lock_case(case)
    allowed(by, "governance.appeal_case", row, _("Only %(name)s can appeal.") % {"name": row.user.name})
    check(row, CaseState.APPEALED)
    now = timezone.now()
    if row.appealed_at is not None:
        raise DomainError(_("Your appeal was answered already."))
    if row.appeal_until is None or now >= row.appeal_until:
        raise DomainError(_("The time to appeal is over. You can still ask for it to be waived."))
    row.appeal, row.appealed_at = said(text, "text", _("Say why it should not be so.")), now
    if row.restriction is not None:
        people.call_off(restriction=row.restriction, actor=by)
    move(row, CaseState.APPEALED, "appeal", "appealed_at")
    start_clock(kind=APPEAL_CLOCK, subject=row, calendar=calendar_of(row.policy.owner), days=APPEAL_ANSWER_DAYS, at=now)
    tell("case.appealed", row, by)
    return row


@transaction.atomic
def answer_appeal(*, case: ConsequenceCase, by: User, grant: bool, text: str) -> ConsequenceCase:
    """Answer an appeal: granted, it is waived; turned down, it takes effect on its day, or now if that has passed."""
    row = lock_case(case)
    words = _("The policy’s owner or an administrator answers this, and nobody who sent the notice.")
    allowed(by, "governance.answer_appeal", row, words)
    check(row, CaseState.NOTIFIED)
    if row.state != CaseState.APPEALED:
        raise DomainError(_("There is no appeal to answer."))
    now = timezone.now()
    row.appeal_answer = said(text, "text", _("Give your reasons: the person reads them."))
    row.answered_by, row.answered_at = by, now
    row.save(update_fields=["appeal_answer", "answered_by", "answered_at"])
    if grant:
        return waived(row, by, row.appeal_answer)
    stop_clock(kind=APPEAL_CLOCK, subject=row, at=now)
    if row.takes_effect_at is not None and row.takes_effect_at < now:
        row.takes_effect_at = now
        row.ends_at = terms.end_of(terms.of(row), calendar_of(row.user), now)
    set_effect(row, by)
    move(row, CaseState.NOTIFIED, "takes_effect_at", "ends_at", "restriction")
    tell("case.upheld", row, by)
    return row
