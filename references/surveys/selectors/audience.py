"""Whom a wave would reach: the filters, and for everybody left out the one reason that weighs most. Two queries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references.accounts import clock
from references.accounts import policy as account_policy
from references.accounts.enums import OPEN_ASKS, POOL, Membership
from references.accounts.kept import USES_CAP, with_shared_cap
from references.accounts.models import Ask, Contact
from references.surveys import policy
from references.surveys.models import Survey, SurveyInvitation
from references.surveys.notice_kinds import SURVEY
from refprogram.notices.enums import Channel
from refprogram.notices.models import Preference

LEFT_ALONE = (Membership.DO_NOT_CONTACT, Membership.DECLINED)
BANDS = {
    "promoters": Q(nps__gte=9),
    "passives": Q(nps__range=(7, 8)),
    "detractors": Q(nps__lte=6),
    "unasked": Q(nps__isnull=True),
}
PATHS = {
    "industry": "account__industry",
    "region": "account__region__public_id",
    "tier": "account__tier",
    "contacts": "public_id",
}
REASONS = {
    "invited": _("invited by this survey already"),
    "do_not_contact": _("not to be contacted, or wants no surveys"),
    "no_address": _("no e-mail address"),
    "frozen": _("account frozen"),
    "resting": _("resting, or paused by the customer"),
    "asked_lately": _("asked lately"),
}


@dataclass(frozen=True)
class Reach:
    """How many a wave would reach, and how many not, by reason."""

    total: int
    eligible: int
    excluded: list[tuple[str, Any, int]]


def contacts_of(audience: Mapping[str, Any]) -> QuerySet[Contact]:
    """Return the contacts that the filters name: people still there, of accounts that are their own."""
    contacts = Contact.objects.filter(left_company_at__isnull=True, account__merged_into__isnull=True)
    contacts = contacts.filter(person__erased_at__isnull=True)
    if audience.get("who") == "members":
        contacts = contacts.filter(state=Membership.ACTIVE, account__state__in=POOL)
    for name, path in PATHS.items():
        if audience.get(name):
            contacts = contacts.filter(**{f"{path}__in": audience[name]})
    band = BANDS.get(str(audience.get("band", "")))
    return contacts.filter(band) if band is not None else contacts


def with_reason(survey: Survey, contacts: QuerySet[Contact], today: dt.date | None = None) -> QuerySet[Any]:
    """Add `reason`: why the contact cannot be asked now; empty for who can."""
    day = today or clock.today()
    mine = SurveyInvitation.objects.filter(contact=OuterRef("pk"))
    asks = Ask.objects.filter(contact=OuterRef("pk"), activity__isnull=False)
    counted = asks.filter(state__in=USES_CAP, planned_on__gt=day - account_policy.now().quarter)
    refused = Preference.objects.filter(person=OuterRef("person"), kind=SURVEY).exclude(channel=Channel.NOW)
    in_quarter = counted.order_by().values("contact").annotate(n=Count("pk")).values("n")
    # Nobody's own number: the lowest of ours and of the programs in which they are. Least() passes over what is null.
    shared = Least(F("shared_cap"), Value(account_policy.now().asks_per_quarter))
    return (
        with_shared_cap(contacts)
        .annotate(
            asked_in_quarter=Coalesce(Subquery(in_quarter, output_field=IntegerField()), 0),
            cap=Coalesce(F("cap_per_quarter"), shared),
        )
        .annotate(
            reason=Case(
                When(Exists(mine.filter(survey=survey)), then=Value("invited")),
                When(
                    Q(state__in=LEFT_ALONE) | Q(account__state__in=LEFT_ALONE) | Exists(refused),
                    then=Value("do_not_contact"),
                ),
                When(person__email="", then=Value("no_address")),
                When(account__frozen=True, then=Value("frozen")),
                When(
                    Q(paused_until__gt=day) | Q(account__paused_until__gt=day) | Q(account__rests_until__gt=day),
                    then=Value("resting"),
                ),
                When(
                    Exists(mine.filter(sent_at__gt=timezone.now() - policy.now().quiet))
                    | Exists(Ask.objects.filter(contact=OuterRef("pk"), state__in=OPEN_ASKS))
                    | Q(asked_in_quarter__gte=F("cap")),
                    then=Value("asked_lately"),
                ),
                default=Value(""),
                output_field=CharField(),
            )
        )
    )


def reach_of(survey: Survey, audience: Mapping[str, Any]) -> Reach:
    """Count whom a wave of this survey would reach today."""
    rows = with_reason(survey, contacts_of(audience)).order_by().values("reason").annotate(n=Count("pk"))
    counts = {row["reason"]: row["n"] for row in rows}
    excluded = [(key, words, counts[key]) for key, words in REASONS.items() if counts.get(key)]
    return Reach(sum(counts.values()), counts.get("", 0), excluded)
