"""Quotas as pages show them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.models import Nomination
from nominations.quotas import selectors
from nominations.quotas.enums import Counts, QuotaState, Rung
from nominations.quotas.lines import words_of
from nominations.quotas.models import QuotaPlan, QuotaShare
from nominations.quotas.services.ladder import METRIC
from nominations.quotas.tables import STATES, rung_of, standing
from nominations.selectors import visible_to as nominations_visible_to
from refprogram.governance.consequences.models import ConsequencePolicy
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.models import User

Q = QuotaState
Facts = list[tuple[str, Any]]


def pill(plan: QuotaPlan) -> Pill:
    """Return how a quota stands."""
    return STATES[Q(plan.state)]


def own(share: QuotaShare) -> dict[str, Any]:
    """Return one share in words and figures."""
    return {
        "share": share,
        "url": selectors.share_url(share),
        "words": words_of(share),
        "pill": standing(share),
        "counted": float(share.counted),
        "target": float(share.target),
    }


def plan_facts(plan: QuotaPlan) -> Facts:
    """Return what a quota asks for."""
    whom = [str(Role(role).label) for role in plan.roles]
    where = [*(team.name for team in plan.teams.all()), *(region.name for region in plan.regions.all())]
    steps = [str(Rung(rung).label) for rung in Rung.values if rung in plan.rungs]
    return [
        (_("Each owes"), rp.plain(plan.target)),
        (_("A nomination counts"), Counts(plan.counts).label),
        (_("One in a gap of the coverage counts"), rp.plain(plan.gap_weight)),
        (_("Time"), f"{rp.day(plan.starts_on)} – {rp.day(plan.ends_on)}"),
        (_("Follows the wave"), plan.wave.name if plan.wave else _("no")),
        (_("For"), ", ".join(whom)),
        (_("Where"), ", ".join(where) or _("everywhere")),
        (_("Days of grace"), plan.grace_days),
        (
            _("Newcomers owe nothing for"),
            _days(plan.new_hire_days),
        ),
        (_("What follows for who is behind"), ", ".join(steps) or _("nothing")),
        (_("Owner"), plan.owner.name),
    ]


def _days(n: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


def tiles_of(plan: QuotaPlan, seen: QuerySet[QuotaShare]) -> list[dict[str, Any]]:
    """Return how many of the people whom the reader sees owe something, and how far they are; each leads to its rows.

    None before the quota opens.
    """
    rows = seen.filter(plan=plan, target__gt=0).values_list("reached_at", "waived_at")
    people = len(rows)
    done = sum(reached is not None for reached, _waived in rows)
    waived = sum(at is not None and reached is None for reached, at in rows)
    lacking = {Q.OPEN: _("Not there yet"), Q.GRACE: _("Behind")}.get(Q(plan.state), _("Did not reach it"))
    url = f"{reverse('nominations:quotas')}?plan={plan.public_id}"
    tiles: list[dict[str, Any]] = [
        {"name": _("Reached"), "value": rp.number(done), "target": _("of %(n)d people") % {"n": people}, "url": url},
        {"name": lacking, "value": rp.number(people - done - waived), "url": f"{url}&behind=yes"},
        {"name": _("Waived"), "value": rp.number(waived), "target": _("asked for no more")},
    ]
    tiles[0]["share"] = done / people if people else 0
    for tile in tiles[:2]:
        tile["rows"] = _("See the shares")
    return tiles if people else []


def lacks_policy(plan: QuotaPlan) -> bool:
    """Whether restrictions are wanted and no policy of consequences is switched on for them."""
    wanted = Rung.RESTRICTED in plan.rungs
    return wanted and not ConsequencePolicy.objects.filter(metric=METRIC, live=True).exists()


def share_facts(share: QuotaShare) -> Facts:
    """Return why somebody owes so much."""
    plan = share.plan
    facts: Facts = [
        (_("Until"), rp.day(share.ends_on)),
        (_("For the whole time"), rp.plain(plan.target)),
        (_("Working days in it"), share.working_days),
        (_("Of these away or too new"), share.days_off),
        (_("So it is"), rp.plain(share.target)),
        (_("Last step taken"), rung_of(share) or _("none")),
    ]
    if share.waived_at is not None:
        facts.append((_("Waived"), f"{share.waived_by.name if share.waived_by else ''}: {share.waive_reason}"))
    if share.appealed_at is not None:
        facts.append((_("Objection"), share.appeal))
    if share.appeal_answer:
        facts.append((_("Answer"), share.appeal_answer))
    return facts


def count_lines(share: QuotaShare, reader: User) -> list[tuple[str, str, str, str]]:
    """Return what was counted: day, customer, its page (for who may open it), how much."""
    counts = selectors.counts_of(share)
    ids = [count.nomination_id for count in counts]
    rows = Nomination.objects.filter(pk__in=ids).select_related("account")
    found = {row.pk: row for row in rows}
    seen = set(nominations_visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))
    return [
        (
            rp.day(count.at),
            found[count.nomination_id].account.name if count.nomination_id in seen else _("a customer"),
            found[count.nomination_id].get_absolute_url() if count.nomination_id in seen else "",
            rp.plain(count.value),
        )
        for count in counts
        if count.nomination_id in found
    ]
