"""By what people are recognised: defaults here, changed on `/settings/program/`."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy
from refprogram.people.enums import Role

_LEVELS = _("Levels")
_THANKS = _("Thanks")
_LETTERS = _("Letters")
_WALL = _("Who could use a hand")
OWNERS = (Role.SALES_HEAD, Role.EXECUTIVE, Role.MARKETER)


@policy("incentives.recognition", _("Recognition"))
class Figures:
    """The figures of this room."""

    volume: tuple[int, ...] = figure(
        (1, 3, 8, 15), _("References brought in, for each level"), least=1, most=1000, group=_LEVELS,
        influences=_("Nominations that were enrolled in this quarter and the three before."),
    )  # fmt: skip
    quality: tuple[int, ...] = figure(
        (40, 55, 70, 85), _("Good nominations in percent, for each level"), least=1, most=100, group=_LEVELS,
        influences=_("Approved nominations of those submitted, in this quarter and the three before."),
    )  # fmt: skip
    quality_least: int = figure(
        4, _("Nominations before their quality is counted"), least=1, most=100, group=_LEVELS,
        influences=_("One good nomination alone says little."),
    )  # fmt: skip
    gaps: tuple[int, ...] = figure(
        (1, 2, 4, 8), _("Gaps closed, for each level"), least=1, most=1000, group=_LEVELS,
        influences=_("Enrolled nominations in a gap of the coverage, in this quarter and the three before."),
    )  # fmt: skip
    help: tuple[int, ...] = figure(
        (1, 4, 10, 20), _("Thanks received, for each level"), least=1, most=1000, group=_LEVELS,
        influences=_("Thanks that count, in this quarter and the three before."),
    )  # fmt: skip
    thanks_a_week: int = figure(
        3, _("Thanks that one colleague can give a week"), least=1, most=50, group=_THANKS,
        influences=_("Each colleague once a week at most."),
    )  # fmt: skip
    ring_days: int = figure(
        14, _("Days in which thanks that come back do not count"), least=0, most=90, group=_THANKS,
        influences=_("Directly, or by one colleague in between. They are given all the same."),
    )  # fmt: skip
    letters_a_quarter: int = figure(
        6, _("Letters that each executive sends a quarter"), least=0, most=100, group=_LETTERS,
        influences=_("In the last month of a quarter who is behind has it on the desk."),
    )  # fmt: skip
    show_needs_help: bool = figure(
        False, _("Colleagues see who could use a hand"), group=_WALL,
        influences=_("Names without figures: who brought in least last quarter. Somebody answers for it."),
    )  # fmt: skip
    needs_help_least: int = figure(
        8, _("Colleagues there must be, so that anybody is shown"), least=8, most=1000, group=_WALL,
    )  # fmt: skip
    needs_help_owner: str = figure(
        Role.SALES_HEAD.value, _("Who answers for this page"), choices=[(one.value, one.label) for one in OWNERS],
        group=_WALL,
    )  # fmt: skip


def now() -> Figures:
    """Return the figures as they are now."""
    return current(Figures)
