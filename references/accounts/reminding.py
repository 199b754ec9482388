"""Owners who have not said whether their customers are still happy: reminded, then their managers are told."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts import clock, policy, selectors
from references.accounts.enums import Membership
from references.accounts.models import Account, MembershipStep
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

NAMED = 15  # accounts that a mail names; the page has them all
DAY = dt.timedelta(days=1)

Late = dict[User, list[Account]]


@transaction.atomic
def remind() -> int:
    """Remind owners (twice) and tell their managers (once), a mail each however many accounts; return how many."""
    figures = policy.now()
    owners: Late = defaultdict(list)
    managers: Late = defaultdict(list)
    for account in _asked_since(figures.remind_owner, figures.remind_owner_again):
        answering = selectors.answers_for(account)
        if answering is not None:
            owners[answering].append(account)
    for account in _asked_since(figures.tell_manager):
        manager = _manager_of(account)
        if manager is not None:
            managers[manager].append(account)
    told = [_tell_owner(user, accounts) for user, accounts in _by_name(owners)]
    told += [_tell_manager(user, accounts) for user, accounts in _by_name(managers)]
    return sum(told)


def _by_name(late: Late) -> Iterable[tuple[User, list[Account]]]:
    return sorted(late.items(), key=lambda pair: pair[0].pk)


def _asked_since(*waits: dt.timedelta) -> list[Account]:
    """Return the references that nobody vouched for although somebody was asked so long ago (to the day)."""
    now = timezone.now()
    spans = [(now - wait - DAY, now - wait) for wait in sorted(set(waits))]
    steps = chain.from_iterable(
        MembershipStep.objects.filter(
            contact__isnull=True, state=Membership.REVIEW_DUE, ended_at__isnull=True, at__range=span
        ).values_list("account", flat=True)
        for span in spans
    )
    due = Account.objects.filter(pk__in=set(steps), state=Membership.REVIEW_DUE, frozen=False, merged_into=None)
    return list(due.select_related("owner__person", "owner__team__manager__person", "csm__person").order_by("name"))


def _manager_of(account: Account) -> User | None:
    team = account.owner.team if account.owner is not None else None
    manager = team.manager if team is not None else None
    return manager if manager is not None and manager.is_active and manager.pk != account.owner_id else None


def _tell_owner(user: User, accounts: list[Account]) -> bool:
    n = len(accounts)
    subject = ngettext(
        "%(n)d customer still waits for your word", "%(n)d customers still wait for your word", n
    ) % {"n": n}  # fmt: skip
    return _tell(user, accounts, subject, "owner", _("Answer for all in one go"))


def _tell_manager(user: User, accounts: list[Account]) -> bool:
    n = len(accounts)
    subject = ngettext(
        "%(n)d customer of your team waits for a word", "%(n)d customers of your team wait for a word", n
    ) % {"n": n}  # fmt: skip
    return _tell(user, accounts, subject, "manager", _("See which, or answer for them"))


def _tell(user: User, accounts: list[Account], subject: str, whom: str, label: str) -> bool:
    """Tell once a day, however often the round runs."""
    kind, path = "references.still_true", reverse("references:attest")
    day = clock.today()
    told = tell(
        person=user.person,
        kind=kind,
        key=f"attest:{whom}:{day.isoformat()}",
        text=subject,
        url=path,
        letter=Letter(
            subject=subject,
            template="references/attest",
            context={
                "accounts": [(one.name, one.owner.name if one.owner else "") for one in accounts[:NAMED]],
                "more": max(0, len(accounts) - NAMED),
                "grace": policy.now().verify_grace.days,
                "action_label": label,
                "action_url": f"{settings.BASE_URL}{path}",
            },
        ),
    )
    return told is not None
