"""How cases, policies and tasks are listed."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from refprogram.governance.consequences import metrics, terms
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy
from refprogram.governance.consequences.states import LIVE, TASKS, pill_of
from refprogram.governance.consequences.wording import goal_of, measure_of
from refprogram.kernel import tables
from refprogram.kernel.templatetags import rp


def _figure(case: ConsequenceCase) -> str:
    return f"{metrics.label_of(terms.of(case).metric)}: {rp.number(case.value)} ({goal_of(case)})"


def _period(case: ConsequenceCase) -> str:
    words = {"first": rp.day_short(case.period_starts_on), "last": rp.day_short(case.period_ends_on)}
    return _t("%(first)s to %(last)s") % words


def _effect(case: ConsequenceCase) -> str:
    return terms.of(case).words(own=False)


class CaseTable(tables.Table):
    """One line per case: whom, what for, the figure, how it stands, from when until when."""

    person = tables.NameColumn(
        _("Person"), "user.person.name", small="policy.name", order_by="user__person__name", avatar="person"
    )
    figure = tables.TextColumn(_("Figure"), _figure, csv=_figure, phone="wide", order_by="value")
    period = tables.TextColumn(_("Period"), _period, csv=_period, order_by="period_starts_on", nowrap=True)
    state = tables.PillColumn(_("State"), pill_of, order_by="state", phone="end", csv="state")
    starts = tables.DateColumn(_("Takes effect"), "takes_effect_at", order_by="takes_effect_at", nulls_last=True)
    ends = tables.DateColumn(_("Ends"), "ends_at", order_by="ends_at", nulls_last=True)
    asked = tables.AgoColumn(_("Proposed"), "created_at", order_by="id", desc_first=True)


class ReviewTable(tables.Table):
    """One line per proposal: whom, what for, the figure among how many, and what would follow."""

    person = tables.NameColumn(
        _("Person"), "user.person.name", small="policy.name", order_by="user__person__name", avatar="person"
    )
    team = tables.TextColumn(_("Team"), "user.team.name", order_by="user__team__name")
    figure = tables.TextColumn(_("Figure"), _figure, csv=_figure, phone="wide", order_by="value")
    cohort = tables.NumberColumn(_("Compared"), "cohort", order_by="cohort")
    period = tables.TextColumn(_("Period"), _period, csv=_period, order_by="period_starts_on", nowrap=True)
    effect = tables.TextColumn(_("What follows"), _effect, csv=_effect, muted=True, phone="wide")
    asked = tables.AgoColumn(_("Proposed"), "created_at", order_by="id", desc_first=True)


def _measure(policy: ConsequencePolicy) -> str:
    return measure_of(policy)


class PolicyTable(tables.Table):
    """One line per policy: what is measured, whether it is on, who answers for it."""

    name = tables.NameColumn(_("Policy"), "name", small=_measure, order_by="name", csv="name")
    live = tables.PillColumn(_("State"), "live", words=LIVE, order_by="live", phone="end")
    period = tables.TextColumn(_("Looked at"), "get_period_display", csv="period", order_by="period", phone="wide")
    effect = tables.TextColumn(_("What follows"), "get_effect_display", csv="effect", order_by="effect", muted=True)
    under_way = tables.NumberColumn(_("Under way"), "under_way", order_by="under_way", desc_first=True)
    owner = tables.OwnerColumn(_("Owner"), "owner.person.name", order_by="owner__person__name")


class TaskTable(tables.Table):
    """One line per task: what, for whom, until when."""

    title = tables.NameColumn(_("Task"), "title", small="label", order_by="title", csv="title")
    assignee = tables.OwnerColumn(_("For"), "assignee.person.name", order_by="assignee__person__name")
    state = tables.PillColumn(_("State"), "state", words=TASKS, order_by="state", phone="end")
    due = tables.DateColumn(_("Due"), "due_on", order_by="due_on", nulls_last=True, phone="wide")
    giver = tables.TextColumn(_("Given by"), "given_by.person.name", order_by="given_by__person__name", nothing="–")
    given = tables.AgoColumn(_("Given"), "created_at", order_by="id", desc_first=True)
