"""News that no event tells, looked for every night: deals won, renewals past, customers that are live for a while."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, Min, OuterRef, QuerySet
from django.utils.translation import gettext as _

from nominations.models import Nomination
from nominations.signals import drafting, selectors
from nominations.signals.enums import Signal
from references.accounts import clock
from references.accounts.enums import Stage
from references.models import Account, Opportunity
from refprogram.kernel.templatetags import rp

LOOK_BACK = dt.timedelta(days=14)  # a night that did not run is caught up; older news is no news
AT_ONCE = 500


def look() -> int:
    """Draft what there is to draft; return how many. Twice a night is once."""
    made = [
        drafting.draft(signal=signal, account=account, source=source, why=why)
        for signal, account, source, why in (*_won(), *_renewed(), *_live())
    ]
    return sum(one is not None for one in made)


News = Iterable[tuple[Signal, Account, tuple[str, int], str]]


def _days(signal: Signal) -> tuple[dt.date, dt.date]:
    last = clock.today() - dt.timedelta(days=selectors.rule_of(signal).least)
    return last - LOOK_BACK, last


def _new(rows: QuerySet, kind: str, key: str) -> QuerySet:
    known = Nomination.objects.filter(source_type=kind, source_id=OuterRef(key))
    return rows.filter(~Exists(known))


def _won() -> News:
    rows = Opportunity.objects.filter(
        stage=Stage.WON, closes_on__range=_days(Signal.WON), account__frozen=False, account__merged_into__isnull=True
    )
    for deal in _new(rows, "opportunity", "pk").select_related("account").order_by("closes_on", "pk")[:AT_ONCE]:
        why = _("A deal was won on %(day)s.") % {"day": rp.day(deal.closes_on)}
        yield Signal.WON, deal.account, ("opportunity", deal.pk), why


def _renewed() -> News:
    rows = Account.objects.filter(renews_on__range=_days(Signal.RENEWAL), frozen=False, merged_into__isnull=True)
    for account in rows.order_by("renews_on", "pk")[:AT_ONCE]:
        day = account.renews_on or clock.today()
        source = ("renewal", account.pk * 100_000_000 + int(day.strftime("%Y%m%d")))
        yield Signal.RENEWAL, account, source, _("They renewed on %(day)s.") % {"day": rp.day(day)}


def _live() -> News:
    """Yield who is live for so long; where nobody said since when, whose first deal was won so long ago."""
    current = Account.objects.filter(frozen=False, merged_into__isnull=True)
    known = current.filter(live_since__range=_days(Signal.GO_LIVE))
    for account in _new(known, "go_live", "pk").order_by("live_since", "pk")[:AT_ONCE]:
        why = _("They are live since %(day)s.") % {"day": rp.day(account.live_since)}
        yield Signal.GO_LIVE, account, ("go_live", account.pk), why
    first = (
        Opportunity.objects.filter(account=OuterRef("pk"), stage=Stage.WON)
        .values("account")
        .annotate(first=Min("closes_on"))
        .values("first")
    )
    rows = current.filter(live_since__isnull=True, opportunities__closes_on__range=_days(Signal.GO_LIVE))
    rows = rows.annotate(first=first).filter(first__range=_days(Signal.GO_LIVE)).distinct()
    for account in _new(rows, "go_live", "pk").order_by("pk")[:AT_ONCE]:
        why = _("Their first deal was won on %(day)s: they should be live by now.") % {"day": rp.day(account.first)}
        yield Signal.GO_LIVE, account, ("go_live", account.pk), why
