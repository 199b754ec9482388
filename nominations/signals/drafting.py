"""Good news drafts a nomination: for whom, and when it does not."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations import picking, policy
from nominations.enums import NominationChannel, NominationState
from nominations.models import Nomination, SignalRule
from nominations.services.steps import tell_stream
from nominations.signals.enums import Signal
from nominations.signals.selectors import rule_of
from references.models import Account
from refprogram.kernel.errors import InvalidInput
from refprogram.people.models import User
from refprogram.people.selectors import who_answers_for

N = NominationState
CHANNELS = {Signal.RECOVERED: NominationChannel.SUPPORT}


@transaction.atomic
def draft(
    *, signal: Signal, account: Account, source: tuple[str, int], why: str, colleague: User | None = None
) -> Nomination | None:
    """Draft a nomination of this account for whoever answers for it; return it, or None where there is to be none.

    Not where the rule is off, the customer is frozen, was asked or drafted lately, or cannot be nominated; and once per
    `source` (what the news came from), whatever became of that draft.
    """
    rule = rule_of(signal)
    account = Account.objects.select_for_update().get(pk=account.pk)
    nominator = colleague or _whose(account)
    if nominator is None or not nominator.is_active or not nominator.has_perm("nominations.nominate"):
        return None
    if not rule.live or not _is_good_moment(account, rule):
        return None
    nomination = Nomination(
        nominator=nominator,
        account=account,
        why="",
        reason=why,
        state=N.DRAFT,
        channel=CHANNELS.get(signal, NominationChannel.SIGNAL),
        source_type=source[0],
        source_id=source[1],
    )
    try:
        with transaction.atomic():
            nomination.save(force_insert=True)
    except IntegrityError:  # drafted from this very news already
        return None
    tell_stream("nomination.drafted", nomination, None, signal=signal.value)
    return nomination


def _whose(account: Account) -> User | None:
    owner = account.owner or account.csm
    return who_answers_for(owner) if owner is not None else None


def _is_good_moment(account: Account, rule: SignalRule) -> bool:
    now = timezone.now()
    if account.frozen or account.merged_into_id is not None or not picking.is_free(account):
        return False
    if account.last_asked_at is not None and now - account.last_asked_at < policy.now().asked_lately:
        return False
    since = now - dt.timedelta(days=rule.quiet_days)
    drafted = Nomination.objects.filter(account=account, state_since__gt=since).exclude(source_type="")
    waiting = Nomination.objects.filter(account=account, state=N.DRAFT)
    return not drafted.exists() and not waiting.exists()


@transaction.atomic
def set_rule(*, signal: str, least: int, quiet_days: int, live: bool) -> SignalRule:
    """Change when a signal drafts a nomination."""
    most = {Signal.NPS: 10, Signal.CSAT: 5}.get(Signal(signal), 730)
    if not 0 <= least <= most:
        message = _("From 0 to %(most)d.") % {"most": most}
        raise InvalidInput(message, errors={"least": message})
    rule = SignalRule.objects.select_for_update().filter(signal=signal).first() or SignalRule(signal=signal)
    rule.least, rule.quiet_days, rule.live = least, quiet_days, live
    rule.save()
    return rule
