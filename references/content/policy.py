"""Numbers of this room that are policy rather than code. Source: research, section 1.E and section 5."""

import datetime as dt
from typing import Final

from references.content.enums import AssetKind

# What a published story is looked at again after: product, people and figures have moved on by then.
REFRESH_AFTER: Final = dt.timedelta(days=365)

# How long a customer has to read a draft.
REVIEW_LINK_DAYS: Final = 60

# What has to come down comes down within so many days.
TAKEDOWN_DAYS: Final = 5

# A share page ends by itself; nothing is shared for ever.
BOARD_DAYS: Final = 30
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

# Consent health (section 5): a published asset is well if its consent holds for longer than this.
HEALTHY_FOR: Final = dt.timedelta(days=60)

# The library shows so many at a time, and counts its facets among at most so many.
LIBRARY_PAGE: Final = 24
FACETED: Final = 2_000

# Looks of one tab at one section within this time are one look.
ONE_LOOK: Final = dt.timedelta(hours=4)
