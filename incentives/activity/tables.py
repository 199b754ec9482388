"""The lists of this room: weeks, proofs, months of use, presentations."""

from typing import Final

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from incentives.activity.enums import PresentationState, ProofState, RewardState
from incentives.activity.models import AdoptionMonth, WeekReward
from incentives.quality.words import month_words
from refprogram.kernel import tables

REWARDS: Final = {
    RewardState.WAITING: tables.Pill(_("Waits for proof"), "wait"),
    RewardState.PAID: tables.Pill(_("Paid"), "ok"),
    RewardState.NOTHING: tables.Pill(_("Came to nothing"), "rest"),
}
PROOFS: Final = {
    ProofState.ASKED: tables.Pill(_("Asked for"), "wait"),
    ProofState.GIVEN: tables.Pill(_("To be judged"), "info"),
    ProofState.ACCEPTED: tables.Pill(_("Accepted"), "ok"),
    ProofState.REFUSED: tables.Pill(_("Refused"), "stop"),
    ProofState.LAPSED: tables.Pill(_("Never given"), "rest"),
}
PRESENTATIONS: Final = {
    PresentationState.DRAFTED: tables.Pill(_("To be asked for"), "wait"),
    PresentationState.ASKED: tables.Pill(_("Asked for"), "info"),
    PresentationState.AGAIN: tables.Pill(_("Once more"), "wait"),
    PresentationState.PASSED: tables.Pill(_("Passed"), "ok"),
    PresentationState.CALLED_OFF: tables.Pill(_("Called off"), "rest"),
}


def month_of(row: AdoptionMonth) -> str:
    """Return "March 2026"."""
    return month_words(row.month)


def what_of(row: WeekReward) -> str:
    """Return "demo × 7, proposal × 2"."""
    return ", ".join(f"{what} × {times}" for what, times, _weight, _points in row.lines)


def days_of(row: AdoptionMonth) -> str:
    """Return "18 of 20"."""
    return _t("%(used)d of %(due)d") % {"used": row.used, "due": row.due}


class WeekTable(tables.Table):
    """One colleague's week."""

    name = tables.NameColumn(
        _("Who"), "user.person.name", small="user.team.name", avatar="person", order_by="user__person__name",
        related=("user__person", "user__team"), csv="user__person__name",
    )  # fmt: skip
    week = tables.DateColumn(_("Week of"), "week", order_by="week", desc_first=True, phone="wide")
    what = tables.TextColumn(_("What"), what_of, phone="wide", csv="lines")
    points = tables.NumberColumn(_("Points"), "points", order_by="points", desc_first=True, phone="end")
    state = tables.PillColumn(_("State"), "state", words=REWARDS, order_by="state", phone="wide")


class ProofTable(tables.Table):
    """One activity that is to be proved."""

    name = tables.NameColumn(
        _("Who"), "reward.user.person.name", small="activity.detail", avatar="person",
        order_by="reward__user__person__name", related=("reward__user__person", "activity"),
        csv="reward__user__person__name",
    )  # fmt: skip
    done = tables.DateColumn(_("Done"), "activity.occurred_at", order_by="activity__occurred_at", phone="wide")
    state = tables.PillColumn(_("State"), "state", words=PROOFS, order_by="state", phone="end")
    due = tables.DateColumn(_("Until"), "due_on", order_by="due_on", phone="wide")
    judge = tables.OwnerColumn(_("Judged by"), "judged_by.person.name", order_by="judged_by__person__name")


class AdoptionTable(tables.Table):
    """One colleague's month of use."""

    name = tables.NameColumn(
        _("Who"), "user.person.name", url=None, small="user.team.name", avatar="person",
        order_by="user__person__name", related=("user__person", "user__team"), csv="user__person__name",
    )  # fmt: skip
    month = tables.TextColumn(_("Month"), month_of, order_by="month", desc_first=True, csv="month", phone="wide")
    percent = tables.NumberColumn(_("Percent"), "percent", order_by="percent", desc_first=True, phone="end")
    days = tables.TextColumn(_("Working days"), days_of, csv="used", phone="wide", named=True)
    points = tables.NumberColumn(_("Points"), "points", order_by="points", desc_first=True)


class PresentationTable(tables.Table):
    """One presentation."""

    topic = tables.NameColumn(_("About"), "topic", small="user.person.name", avatar="", order_by="topic", csv="topic",
                              related=("user__person",))  # fmt: skip
    who = tables.OwnerColumn(_("Who"), "user.person.name", order_by="user__person__name")
    state = tables.PillColumn(_("State"), "state", words=PRESENTATIONS, order_by="state", phone="end")
    held = tables.DateColumn(_("On"), "held_on", order_by="held_on", desc_first=True, phone="wide")
    by = tables.OwnerColumn(_("Asked by"), "executive.person.name", order_by="executive__person__name")
