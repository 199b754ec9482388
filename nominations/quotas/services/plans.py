"""Writing quotas. What people are measured by does not change unseen once it runs."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nominations.quotas.enums import QuotaState
from nominations.quotas.models import QuotaPlan
from nominations.quotas.services.rows import allowed, lock_plan, tell_plan
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.people.enums import Role
from refprogram.people.models import Region, Team, User

FIELDS = (
    "name", "owner", "starts_on", "ends_on", "wave", "roles", "target", "counts", "gap_weight", "new_hire_days",
    "grace_days", "rungs",
)  # fmt: skip
# What may still be changed while it runs: it only helps people.
KINDER = ("name", "grace_days", "new_hire_days", "rungs")


@transaction.atomic
def write(*, by: User, teams: Iterable[Team] = (), regions: Iterable[Region] = (), **facts: Any) -> QuotaPlan:
    """Plan a quota; it opens by itself on its first day."""
    _may_plan(by)
    plan = QuotaPlan(**_complete(QuotaPlan(), facts))
    plan.save(force_insert=True)
    plan.teams.set(teams)
    plan.regions.set(regions)
    tell_plan("quota.planned", plan, by)
    return plan


@transaction.atomic
def change(*, plan: QuotaPlan, by: User, teams: Any = None, regions: Any = None, **facts: Any) -> QuotaPlan:
    """Change a quota: all of it before it opens, later what helps people alone."""
    _may_plan(by)
    row = lock_plan(plan)
    wanted = _complete(row, facts)
    changed = sorted(name for name in facts if getattr(row, name) != wanted[name])
    if row.state not in {QuotaState.PLANNED, QuotaState.OPEN}:
        raise DomainError(_("It is over: its shares can be waived, one by one."))
    if row.state == QuotaState.OPEN and (set(changed) - set(KINDER) or _is_harder(row, wanted)):
        raise DomainError(_("It runs: only its name, grace, newcomers and fewer steps can change now."))
    for name in changed:
        setattr(row, name, wanted[name])
    row.save(update_fields=changed)
    if row.state == QuotaState.PLANNED:
        for chosen, rows in ((teams, row.teams), (regions, row.regions)):
            if chosen is not None:
                rows.set(chosen)
    if changed:
        tell_plan("quota.changed", row, by, fields=changed)
    return row


def _is_harder(row: QuotaPlan, wanted: dict[str, Any]) -> bool:
    return (
        not set(wanted["rungs"]) <= set(row.rungs)
        or wanted["grace_days"] < row.grace_days
        or wanted["new_hire_days"] < row.new_hire_days
    )


def _may_plan(by: User) -> None:
    allowed(by, "nominations.plan_quotas", None, _("Quotas are for the head of sales and administrators."))


def _complete(row: QuotaPlan, facts: dict[str, Any]) -> dict[str, Any]:
    unknown = facts.keys() - set(FIELDS)
    if unknown:
        message = f"a quota has no {sorted(unknown)}"
        raise TypeError(message)
    wanted = {name: facts[name] if name in facts else getattr(row, name, None) for name in FIELDS if name != "owner"}
    wanted["owner"] = facts.get("owner", row.owner if row.owner_id else None)
    wanted["name"] = str(wanted["name"] or "").strip()
    problems = _problems(row, wanted)
    if problems:
        raise InvalidInput(" ".join(problems.values()), errors=problems)
    return wanted


def _problems(row: QuotaPlan, wanted: dict[str, Any]) -> dict[str, str]:
    problems = {}
    if not wanted["name"]:
        problems["name"] = _("Give it a name.")
    elif QuotaPlan.objects.filter(name__iexact=wanted["name"]).exclude(pk=row.pk).exists():
        problems["name"] = _("There is a quota of this name.")
    if wanted["owner"] is None or wanted["owner"].role != Role.SALES_HEAD:
        problems["owner"] = _("A quota is the head of sales’s own.")
    if not wanted["roles"]:
        problems["roles"] = _("Choose whose people owe something.")
    if not wanted["starts_on"] or not wanted["ends_on"] or wanted["ends_on"] <= wanted["starts_on"]:
        problems["ends_on"] = _("It ends after it begins.")
    if not wanted["target"] or wanted["target"] <= 0:
        problems["target"] = _("It asks for something.")
    if wanted["gap_weight"] is not None and float(wanted["gap_weight"]) < 1:
        problems["gap_weight"] = _("One in a gap counts at least once.")
    return problems
