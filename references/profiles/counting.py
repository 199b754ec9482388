"""What readiness is counted from, read for many accounts at once, and kept in `Account.readiness`."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from references.accounts import clock
from references.accounts.enums import AskState
from references.accounts.models import Account, Ask, Consent, Contact
from references.profiles import policy, readiness
from references.profiles.models import Outcome
from references.profiles.readiness import Facts
from refprogram.kernel.jobs import Progress
from refprogram.kernel.models import Job
from refprogram.kernel.program_settings import services as program_settings

CHUNK: Final = 1000
# What a whole profile says: a blank one of these is a question that somebody will be asked in front of a prospect.
TEXTS: Final = ("industry", "country", "competitor")
KEYS: Final = ("region_id", "owner_id", "csm_id")
VALUES: Final = ("employees", "renews_on")
OF: Final = len(TEXTS) + len(KEYS) + len(VALUES) + 3  # and products, use cases, a contact whose part is known
COLUMNS: Final = ("nps", "nps_at", "csat", "csat_at", "sponsor_id", "use_cases", *TEXTS, *KEYS, *VALUES, "readiness")


def facts_of(accounts: QuerySet[Account]) -> dict[int, tuple[int | None, Facts]]:
    """Return what is kept and what is known of each of these accounts. One query, whatever their number."""
    return {row["pk"]: (row["readiness"], _facts(row)) for row in _rows(accounts)}


def _rows(accounts: QuerySet[Account]) -> Any:
    today = clock.today()
    asks = Ask.objects.filter(account=OuterRef("pk"), activity__isnull=False).order_by().values("account")
    held = asks.filter(state=AskState.SPENT)
    declined = asks.filter(state=AskState.DECLINED)
    consents = Consent.objects.filter(
        contact__account=OuterRef("pk"), contact__left_company_at=None, revoked_at=None, expires_on__gte=today
    )
    outcomes = Outcome.objects.filter(account=OuterRef("pk"), verified_at__isnull=False).order_by()
    people = Contact.objects.filter(account=OuterRef("pk"), left_company_at=None).exclude(persona="")
    return accounts.annotate(
        held=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0),
        declined=Coalesce(Subquery(declined.annotate(n=Count("pk")).values("n")), 0),
        last_on=Subquery(held.annotate(last=Max("planned_on")).values("last")),
        consent_until=Subquery(
            consents.order_by().values("contact__account").annotate(last=Max("expires_on")).values("last")
        ),
        verified=Subquery(outcomes.values("account").annotate(last=Max("verified_at")).values("last")),
        has_products=Exists(Account.products.through.objects.filter(account=OuterRef("pk"))),
        has_persona=Exists(people),
    ).values(
        "pk", *COLUMNS, "held", "declined", "last_on", "consent_until", "verified", "has_products", "has_persona"
    )  # fmt: skip


def _day(at: dt.datetime | None) -> dt.date | None:
    return None if at is None else clock.today(at)


def _facts(row: dict[str, Any]) -> Facts:
    known = [
        *(bool(row[name]) for name in (*TEXTS, "use_cases", "has_products", "has_persona")),
        *(row[name] is not None for name in (*KEYS, *VALUES)),
    ]
    return Facts(
        nps=row["nps"],
        nps_on=_day(row["nps_at"]),
        csat=row["csat"],
        csat_on=_day(row["csat_at"]),
        verified_on=_day(row["verified"]),
        sponsor=row["sponsor_id"] is not None,
        held=row["held"],
        declined=row["declined"],
        last_on=row["last_on"],
        consent_until=row["consent_until"],
        known=sum(known),
        of=OF,
    )


def explained(account: Account) -> list[readiness.Component]:
    """Return every part of an account's readiness as it is now. One query."""
    found = facts_of(Account.objects.filter(pk=account.pk))
    return readiness.components(found[account.pk][1], policy.now(), clock.today())


@transaction.atomic
def settle(account_ids: Collection[int], figures: policy.Figures | None = None) -> int:
    """Count the readiness of these accounts anew and keep it; return how many changed."""
    by, today = figures or policy.now(), clock.today()
    locked = Account.objects.filter(pk__in=account_ids).order_by("pk").select_for_update()
    list(locked.values_list("pk", flat=True))  # who changes a cause meanwhile waits, and counts after
    changed = []
    for pk, (kept, facts) in facts_of(Account.objects.filter(pk__in=account_ids)).items():
        score = readiness.total(readiness.components(facts, by, today))
        if score != kept:
            changed.append(Account(pk=pk, readiness=score))
    Account.objects.bulk_update(changed, ["readiness"], batch_size=CHUNK)
    return len(changed)


def _unwatched(_done: int, _total: int, _message: str) -> None:
    """Nobody looks on."""


def count_all(figures: policy.Figures | None = None, progress: Progress = _unwatched) -> int:
    """Count every account's readiness, a thousand at a time."""
    ids = list(Account.objects.filter(merged_into__isnull=True).order_by("pk").values_list("pk", flat=True))
    changed = 0
    for start in range(0, len(ids), CHUNK):
        changed += settle(ids[start : start + CHUNK], figures)
        progress(min(start + CHUNK, len(ids)), len(ids), "")
    return changed


@transaction.atomic
def recount(job: Job, progress: Progress) -> dict[str, Any]:
    """Count by new figures, then let the figures be in force: all or nothing."""
    figures = program_settings.candidate(job)
    changed = count_all(figures, progress)
    program_settings.put(job=job)
    return {"accounts": changed}
