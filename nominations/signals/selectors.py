"""Reading signal rules and open links."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from nominations.models import NominationLink, SignalRule
from nominations.signals.defaults import LEAST, QUIET_DAYS
from nominations.signals.enums import Signal
from refprogram.kernel.labels import Label
from refprogram.people.models import User


def rule_of(signal: str) -> SignalRule:
    """Return the rule of a signal: as it was set, or as it is before anybody changed it."""
    return SignalRule.objects.filter(signal=signal).first() or untouched(signal)


def untouched(signal: str) -> SignalRule:
    """Return the rule of a signal that nobody has changed; it is in no row yet."""
    return SignalRule(signal=signal, least=LEAST[Signal(signal)], quiet_days=QUIET_DAYS)


def every_rule() -> list[SignalRule]:
    """Return all rules, in their order. One statement."""
    kept = {rule.signal: rule for rule in SignalRule.objects.all()}
    return [kept.get(signal.value) or untouched(signal) for signal in Signal]


def rules_visible_to(user: User) -> QuerySet[SignalRule]:
    """Return the rules that somebody has changed, for who may change them."""
    return SignalRule.objects.all() if user.has_perm("nominations.set_signals") else SignalRule.objects.none()


def links_visible_to(user: User) -> QuerySet[NominationLink]:
    """Return the open links that this colleague may see: their own; who runs the program, all."""
    rows = NominationLink.objects.select_related("holder__person", "campaign", "link")
    if user.has_perm("nominations.set_signals"):
        return rows
    return rows.filter(holder=user.pk) if user.has_perm("nominations.links") else rows.none()


def link_by_id(pk: int) -> NominationLink:
    """Return an open link, for whoever opened it."""
    return NominationLink.objects.select_related("campaign").get(pk=pk)


def link_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return how open links are called in a sentence; with a page for who may open them."""
    seen = set(links_visible_to(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))
    rows = NominationLink.objects.filter(pk__in=list(ids))
    return {row.pk: Label(row.label, row.get_absolute_url() if row.pk in seen else "") for row in rows}
