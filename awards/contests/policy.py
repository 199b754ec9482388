"""By what contests are planned and reminded of: defaults here, changed on `/settings/program/`."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

PLAN, CLOCK, FIELD, PUBLIC = _("The plan"), _("The clock"), _("The field"), _("The public")


@policy("awards.contests", _("Contests"))
class Figures:
    """The figures of this room. Days ahead count backwards from the award event."""

    team_ahead: int = figure(
        330, _("The team comes together before the event"), least=60, most=730, unit=_("days"), group=PLAN,
        influences=_("The first day of a new contest’s plan; a nearer event squeezes every step."),
    )  # fmt: skip
    opens_ahead: int = figure(
        225, _("Entries open before the event"), least=30, most=600, unit=_("days"), group=PLAN,
        influences=_("The entry window that a new contest begins with."),
    )  # fmt: skip
    closes_ahead: int = figure(
        105, _("Entries close before the event"), least=14, most=500, unit=_("days"), group=PLAN,
        influences=_("The entry window that a new contest begins with."),
    )  # fmt: skip
    least_ahead: int = figure(
        183, _("Warn when entries open less than so long before the event"), least=0, most=600, unit=_("days"),
        group=PLAN, influences=_("Customers need months to measure, write and get leave to publish."),
    )  # fmt: skip
    grace_minutes: int = figure(
        15, _("Grace after the deadline"), least=0, most=1440, unit=_("minutes"), group=CLOCK,
        influences=_("New contests take entries so long after the moment that is printed."),
    )  # fmt: skip
    remind_before: int = figure(
        3, _("Owners of a plan item are reminded before its day"), least=0, most=60, unit=_("days"), group=PLAN,
        influences=_("When a line of the plan comes on somebody’s desk and into their mail."),
    )  # fmt: skip
    fulfilment_days: int = figure(
        180, _("A contest is put away after its winners were announced"), least=14, most=1095, unit=_("days"),
        group=CLOCK, influences=_("Earlier if nothing else; never while a prize is on its way."),
    )  # fmt: skip
    field_first: int = figure(
        60, _("First reminder of account owners before the deadline"), least=1, most=365, unit=_("days"), group=FIELD,
        influences=_("Who owns customers that could enter is told whom to speak to."),
    )  # fmt: skip
    field_second: int = figure(
        30, _("Second reminder of account owners"), least=1, most=365, unit=_("days"), group=FIELD,
        influences=_("As above."),
    )  # fmt: skip
    field_last: int = figure(
        14, _("Last reminder of account owners"), least=1, most=365, unit=_("days"), group=FIELD,
        influences=_("As above."),
    )  # fmt: skip
    questions_per_hour: int = figure(
        5, _("Questions of the public from one network in an hour"), least=1, most=1000, group=PUBLIC,
        influences=_("Who asks more often waits. A whole company may come from one address."),
    )  # fmt: skip
    questions_waiting: int = figure(
        200, _("Questions of the public that may wait for an answer"), least=1, most=10_000, group=PUBLIC,
        influences=_("With more of them waiting in one contest nobody asks another."),
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
