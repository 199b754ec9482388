"""Numbers of this room that are policy rather than code: defaults here, changed on `/settings/program/`.

Source: research/features-references-incentives.md, section 1.E and section 5.
"""

import datetime as dt
from typing import Final

from django.utils.translation import gettext_lazy as _

from references.content.enums import AssetKind
from refprogram.kernel.program_settings.current import current
from refprogram.kernel.program_settings.figures import figure, policy

# How long a customer has to read a draft.
REVIEW_LINK_DAYS: Final = 60
BOARD_LONGEST: Final = 365
BOARD_ITEMS: Final = 20

# Kinds that legal reads before they go out, whatever the activity catalogue says of them.
LEGAL_KINDS: Final = frozenset({AssetKind.CASE_STUDY, AssetKind.VIDEO})

# Which activity of the catalogue makes which kind: its approvals hold for the kind.
ACTIVITY_OF: Final = {
    AssetKind.CASE_STUDY: "case-study",
    AssetKind.QUOTE: "quote",
    AssetKind.VIDEO: "video",
    AssetKind.LOGO: "logo",
    AssetKind.REVIEW: "review",
    AssetKind.WEBINAR: "webinar",
}

# The library shows so many at a time, and counts its facets among at most so many.
LIBRARY_PAGE: Final = 24
FACETED: Final = 2_000


@policy("references.content", _("Stories and share pages"))
class Figures:
    """The figures of this room."""

    refresh_after: dt.timedelta = figure(
        dt.timedelta(days=365), _("A published story is looked at again after"), least=30, most=1825,
        influences=_("When it counts as “refresh due”."),
    )  # fmt: skip
    takedown_days: int = figure(
        5, _("What has to come down comes down within"), least=0, most=90, unit=_("days"),
        influences=_("The due date of the task, and what counts as late."),
    )  # fmt: skip
    board_days: int = figure(30, _("A share page can be read for"), least=1, most=BOARD_LONGEST, unit=_("days"))
    healthy_for: dt.timedelta = figure(
        dt.timedelta(days=60), _("Consent is well if it holds for longer than"), least=1, most=365,
        influences=_("The figure “consent health”."),
    )  # fmt: skip
    one_look: int = figure(
        4, _("Looks of one tab within so many hours are one look"), least=1, most=24, unit=_("hours")
    )


def now() -> Figures:
    """Return the figures as they are."""
    return current(Figures)
