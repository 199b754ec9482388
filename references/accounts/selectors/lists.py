"""Accounts, people, deals and asks as lists and pages need them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateField,
    F,
    FloatField,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from references.accounts import clock, policy
from references.accounts.enums import OPEN_STAGES, POOL, AskState, Availability, Membership, Tier
from references.accounts.kept import USES_CAP
from references.accounts.models import Account, ActivityType, Ask, Consent, Contact, Freeze, Opportunity, Product
from references.accounts.selectors.access import opportunities_visible_to, visible_to
from references.accounts.selectors.availability import standing_q, tired_at
from references.accounts.story import of_kind
from refprogram.kernel import timeline
from refprogram.kernel.models import Event
from refprogram.kernel.prepared import Given, Prepared, PreparedValues
from refprogram.kernel.templatetags.rp import number
from refprogram.people.models import Person, User
from refprogram.people.prepared import PreparedFor

COUNTED_TO = 1000
DEALS_SHOWN = 6
# What a row of the list reads; the rest of an account, its owner and region stays in the database.
ROW = (
    "public_id", "name", "city", "country", "industry", "tier", "state", "frozen", "paused_until", "rests_until",
    "open_asks", "readiness", "fatigue_key", "last_asked_at", "verified_at", "csm_id", "region__name",
    "owner__person__name",
)  # fmt: skip


class CappedCount(Subquery):
    """Counts rows up to a limit, so that the figure costs the same at any size; with None all of them."""

    template = "(SELECT count(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()

    def __init__(self, queryset: QuerySet[Any], limit: int | None = COUNTED_TO + 1) -> None:
        super().__init__(queryset.order_by().values("pk")[:limit], output_field=IntegerField())


def capped(figure: int) -> str:
    """Return a figure of `CappedCount` in words: above the limit it says "more than that"."""
    return number(figure) if figure <= COUNTED_TO else f"{number(COUNTED_TO)}+"


@dataclass(frozen=True)
class Facts:
    """How many accounts a colleague sees; a figure above `COUNTED_TO` means "more than that"."""

    accounts: int
    references: int
    free: int


def facts(user: User) -> Facts:
    """Return the three figures over the account list: one query, capped."""
    now = timezone.now()
    (counted,) = _FACTS(user, today=clock.today(now), tired=tired_at(now))
    return Facts(counted.all_seen, counted.in_pool, counted.free)  # type: ignore[attr-defined]


def _facts_of(viewer: User) -> QuerySet[User]:
    when = {"today": Given("today", DateField()), "tired": Given("tired", FloatField())}
    seen = visible_to(viewer)
    free = standing_q(Availability.AVAILABLE, **when) | standing_q(Availability.LIMITED, **when)
    return (
        User.objects.filter(pk=viewer.pk)
        .only("pk")
        .annotate(
            all_seen=CappedCount(seen),
            in_pool=CappedCount(seen.filter(state__in=POOL)),
            free=CappedCount(seen.filter(free)),
        )
    )


_FACTS = PreparedFor(_facts_of)


@dataclass(frozen=True)
class AlikeReferences:
    """How many references there are of an account's industry, of its region, and of both."""

    of_industry: int
    of_region: int
    of_both: int


def references_like(account: Account) -> AlikeReferences:
    """Return how many references are like this account: one query."""
    (counted,) = _ALIKE(account=account.pk)
    return AlikeReferences(counted.of_industry, counted.of_region, counted.of_both)  # type: ignore[attr-defined]


def _alike() -> QuerySet[Account]:
    references = Account.objects.filter(state__in=POOL)
    same_industry = references.filter(industry=OuterRef("industry")).exclude(industry="")
    return (
        Account.objects.filter(pk=Given("account", BigIntegerField()))
        .only("pk")
        .annotate(
            of_industry=CappedCount(same_industry, None),
            of_region=CappedCount(references.filter(region=OuterRef("region")), None),
            of_both=CappedCount(same_industry.filter(region=OuterRef("region")), None),
        )
    )


_ALIKE = Prepared(_alike)


def open_freezes() -> QuerySet[Freeze]:
    """Return the freezes that hold, oldest first."""
    return Freeze.objects.filter(lifted_at__isnull=True).order_by("starts_at")


# What a list shows of each account beside its own columns. Composed once: to put them together for each page costs more
# than to ask for them.
_ASKS_OF = Ask.objects.filter(account=OuterRef("pk"), activity__isnull=False, state__in=USES_CAP).order_by()
_FREEZE_OF = open_freezes().filter(account=OuterRef("pk"))
_PRODUCTS_OF = Product.objects.filter(accounts=OuterRef("pk")).values("name")
_TIER_RANK = Case(*(When(tier=tier, then=Value(rank)) for rank, tier in enumerate(Tier)), output_field=IntegerField())


def listed(user: User) -> QuerySet[Account]:
    """Return the accounts that the user may open, as the list sorts them."""
    return visible_to(user).alias(tier_rank=_TIER_RANK)


def with_list_facts(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Return accounts with what a list shows beside their own columns: asks of the year, products, first freeze."""
    asked = _ASKS_OF.filter(planned_on__gte=clock.today().replace(month=1, day=1))
    return accounts.only(*ROW).annotate(
        asked_this_year=Coalesce(Subquery(asked.values("account").annotate(n=Count("pk")).values("n")), 0),
        product_names=ArraySubquery(_PRODUCTS_OF),
        freeze_kind=Subquery(_FREEZE_OF.values("kind")[:1]),
        frozen_since=Subquery(_FREEZE_OF.values("starts_at")[:1]),
    )


def industries() -> list[str]:
    """Return the industries that accounts have, in order."""
    found = Account.objects.exclude(industry="").order_by("industry").values_list("industry", flat=True)
    return list(found.distinct())


def product_choices() -> list[tuple[str, str]]:
    """Return all products, for filters and forms."""
    return list(Product.objects.values_list("public_id", "name"))


def owner_choices() -> list[tuple[str, str]]:
    """Return the colleagues who own accounts, for the filter."""
    owners = User.objects.filter(pk__in=Account.objects.filter(owner__isnull=False).values("owner"))
    return list(owners.order_by("person__name").values_list("public_id", "person__name"))


def references_given(kinds: QuerySet[ActivityType]) -> QuerySet[ActivityType]:
    """Narrow to what is offered: not what was retired, nor a light ask (a survey), which is nothing to choose from."""
    return kinds.filter(effort__gt=policy.LIGHT_EFFORT, retired_at__isnull=True)


def offered_types() -> list[ActivityType]:
    """Return what customers may be asked for today, in catalogue order."""
    return [kind for kind in activity_types() if kind.retired_at is None]


def activity_types() -> list[ActivityType]:
    """Return what customers can do for the program, in catalogue order; what was retired too, for it has a name."""
    return _ACTIVITY_TYPES()


def contacts_of(account: Account) -> list[Contact]:
    """Return an account's people, those who take part first, with consent and asks counted. One query."""
    today = clock.today()
    return _CONTACTS(
        account=account.pk,
        today=today,
        quarter=today - policy.now().quarter + dt.timedelta(days=1),
        year=today.replace(month=1, day=1),
    )


def _contacts() -> QuerySet[Contact]:
    today = Given("today", DateField())
    consent = Consent.objects.filter(contact=OuterRef("pk"), revoked_at__isnull=True, expires_on__gte=today)
    consent = consent.exclude(activities=[])
    return (
        Contact.objects.filter(account=Given("account", BigIntegerField()), merged_into__isnull=True)
        .select_related("person")
        .annotate(
            consent_until=Subquery(_one(consent, Max("expires_on"))),
            asked_this_quarter=_asked_since(Given("quarter", DateField())),
            asked_this_year=_asked_since(Given("year", DateField())),
            rank=Case(
                When(left_company_at__isnull=False, then=Value(3)),
                When(state=Membership.ACTIVE, then=Value(0)),
                When(state=Membership.RECRUITING, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            ),
        )
        .order_by("rank", "person__name")
    )


def _asked_since(day: Given) -> Coalesce:
    asks = Ask.objects.filter(contact=OuterRef("pk"), activity__isnull=False, state__in=USES_CAP, planned_on__gte=day)
    return Coalesce(Subquery(_one(asks, Count("pk"))), 0)


def _one(rows: QuerySet[Any], what: Any) -> QuerySet[Any]:
    return rows.order_by().values("contact").annotate(one=what).values("one")


_CONTACTS = Prepared(_contacts)
_ACTIVITY_TYPES = Prepared(lambda: ActivityType.objects.filter(effort__gt=policy.LIGHT_EFFORT))


def _deals_for(viewer: User) -> QuerySet[Opportunity]:
    open_first = Case(When(stage__in=OPEN_STAGES, then=Value(0)), default=Value(1), output_field=IntegerField())
    deals = opportunities_visible_to(viewer).filter(account=Given("account", BigIntegerField()))
    joined = deals.select_related("product", "owner__person")
    return joined.order_by(open_first, F("closes_on").desc(nulls_last=True), "-pk")[:DEALS_SHOWN]


_DEALS = PreparedFor(_deals_for)


def opportunities_of(account: Account, user: User) -> list[Opportunity]:
    """Return an account's deals as far as the user may see them, open ones first, the nearest close on top."""
    found = _DEALS(user, account=account.pk)
    for deal in found:
        deal.account = account  # it is at hand: a deal's link asks for it
    return found


def asks_of_year(account: Account, *, at: dt.datetime | None = None) -> list[Ask]:
    """Return what was asked of an account in this year and what is planned, newest first; invitations left out."""
    year = clock.today(at or timezone.now()).replace(month=1, day=1)
    return list(
        Ask.objects.filter(account=account, activity__isnull=False, planned_on__gte=year)
        .exclude(state=AskState.RELEASED)
        .select_related("activity", "contact__person", "reserved_by__person")
        .order_by("-planned_on", "-pk")
    )


def consents_of(contact: Contact) -> list[Consent]:
    """Return every consent a contact ever gave, newest first."""
    consents = Consent.objects.filter(contact=contact).select_related("recorded_by__person")
    return list(consents.order_by("-given_at", "-pk"))


_PRODUCTS = PreparedValues(
    lambda: Product.objects.filter(accounts=Given("account", BigIntegerField())).order_by("name").values_list("name")
)


def products_of(account: Account) -> list[str]:
    """Return the names of the products that an account has."""
    return [name for (name,) in _PRODUCTS(account=account.pk)]


def events_of(account: Account) -> QuerySet[Event]:
    """Return what happened to an account and to those merged into it, newest first.

    Asks are left out: what they are for (a candidate, a nomination) tells the same story with the reason.
    """
    merged = Account.objects.filter(merged_into=account).values_list("pk", flat=True)
    return timeline.of_account([account.pk, *merged]).exclude(topic__startswith="ask.")


def timeline_of(account: Account, *, before: str = "", kind: str = "") -> tuple[list[Event], int | None]:
    """Return a page of what happened to an account, newest first, and where the next page begins."""
    events = events_of(account).filter(of_kind(kind))
    if before.isdecimal():
        events = events.filter(pk__lt=int(before))
    page = list(events[: timeline.PAGE + 1])
    return page[: timeline.PAGE], page[timeline.PAGE - 1].pk if len(page) > timeline.PAGE else None


def asks_of(contact: Contact, limit: int = 20) -> list[Ask]:
    """Return what a contact was asked for lately, newest first; invitations left out."""
    asks = Ask.objects.filter(contact=contact, activity__isnull=False).select_related("activity", "reserved_by__person")
    return list(asks.order_by("-planned_on", "-pk")[:limit])


def last_word(contact: Contact) -> str:
    """Return what the customer wrote with the last answer that had a word in it."""
    said = Ask.objects.filter(contact=contact).exclude(note="").order_by("-ended_at").values_list("note", flat=True)
    return said.first() or ""


# The account of this public id, if the viewer may open it, with all that its page and its permissions read.
DETAIL = PreparedFor(lambda viewer: detail_of(viewer).filter(public_id=Given("public_id", TextField())))


def detail_of(user: User) -> QuerySet[Account]:
    """Return the accounts that the user may open, with all that their page and its permissions read."""
    return visible_to(user).select_related(
        "region", "owner__person", "owner__team__manager", "csm__person", "sponsor__person", "parent"
    )


def kept_instead_of(key: str) -> int | None:
    """Return the account into which the one of this id (or id in the CRM) was merged; None if it was not."""
    merged = Account.objects.filter(Q(public_id=key) | Q(external_ref=key), merged_into__isnull=False)
    return merged.values_list("merged_into", flat=True).first()


def page_of_kept(user: Any, public_id: str) -> str:
    """Return the page of what stayed after a merge, as far as the user may see it; else empty."""
    kept = kept_instead_of(public_id)
    account = visible_to(user).filter(pk=kept).first() if kept is not None else None
    if account is not None:
        return account.get_absolute_url()
    contact = Contact.objects.filter(public_id=public_id).select_related("merged_into", "account__merged_into").first()
    if contact is None:
        return ""
    stays = contact.merged_into or contact
    seen = stays.pk != contact.pk and visible_to(user).filter(pk=stays.account_id).exists()
    return stays.get_absolute_url() if seen else ""


def any_account() -> QuerySet[Account]:
    """Return all accounts: only for pages behind a signed link, which says itself what it opens."""
    return Account.objects.select_related("owner__person", "csm__person", "region")


def invitations() -> QuerySet[Ask]:
    """Return invitations to the program with all that the customer's page reads; only behind a signed link."""
    asks = Ask.objects.filter(activity__isnull=True)
    return asks.select_related("contact__person", "account__owner__person", "reserved_by__person")


def person(person_id: int | None) -> Person | None:
    """Return the person that a signed link was made for."""
    return Person.objects.filter(pk=person_id).first() if person_id else None
