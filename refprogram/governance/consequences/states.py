"""How cases, policies and tasks look, and how a case stands at a moment: by its times, not by when a clock last ran."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from refprogram.governance.consequences.enums import CaseState, TaskState
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy
from refprogram.kernel.tables import Pill

S = CaseState
CASES: Final = {
    S.PROPOSED: Pill(_("To review"), "wait"),
    S.NOTIFIED: Pill(_("Notice sent"), "info"),
    S.APPEALED: Pill(_("Appeal open"), "wait"),
    S.IN_FORCE: Pill(_("In force"), "stop"),
    S.SERVED: Pill(_("Over"), "rest"),
    S.WAIVED: Pill(_("Waived"), "ok"),
    S.DISMISSED: Pill(_("Dismissed"), "rest"),
}
TASKS: Final = {
    TaskState.OPEN: Pill(_("To do"), "wait"),
    TaskState.DONE: Pill(_("Done"), "ok"),
    TaskState.CANCELLED: Pill(_("Called off"), "rest"),
}
LIVE: Final = {True: Pill(_("Switched on"), "ok"), False: Pill(_("Switched off"), "rest")}
_BEHIND: Final = {S.PROPOSED: 0, S.NOTIFIED: 1, S.APPEALED: 1, S.IN_FORCE: 2, S.SERVED: 4}


def standing(case: ConsequenceCase, at: dt.datetime | None = None) -> CaseState:
    """Return how a case stands: a notice whose day has come is in force, one that is over is over."""
    now, state = at or timezone.now(), CaseState(case.state)
    if state == S.NOTIFIED and case.takes_effect_at is not None and case.takes_effect_at <= now:
        state = S.IN_FORCE
    if state == S.IN_FORCE and case.ends_at is not None and case.ends_at <= now:
        state = S.SERVED
    return state


def appeal_open(case: ConsequenceCase, at: dt.datetime | None = None) -> bool:
    """Whether an appeal would still be in time, and is the first."""
    return case.appealed_at is None and case.appeal_until is not None and (at or timezone.now()) < case.appeal_until


def pill_of(case: ConsequenceCase) -> Pill:
    """Return the pill of how it stands now."""
    return CASES[standing(case)]


def live_pill(policy: ConsequencePolicy) -> Pill:
    """Return whether a policy names anybody."""
    return LIVE[policy.live]


def steps(case: ConsequenceCase) -> list[dict[str, str]]:
    """Return the way of a case, as components/stepper.html draws it; empty where it ended early."""
    behind = _BEHIND.get(standing(case))
    if behind is None:
        return []
    words = (_t("Proposed"), _t("Notice"), _t("In force"), _t("Over"))
    return [
        {"text": text, "state": "done" if place < behind else "now" if place == behind else ""}
        for place, text in enumerate(words)
    ]
