"""The dictionary, part five: stories, what they bring and cost, and how long they may stand."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.dashboards.metrics import places
from refprogram.dashboards.metrics.dictionary import DOWN, Example, Group, Metric, Unit
from refprogram.dashboards.metrics.formulas import ratio, share

OWNER: Final = _("Reference manager")
PAGES: Final = _("Share pages, the deals they were made for")
TERMS: Final = _("Stories, what their customers agreed to and until when")

METRICS: Final = (
    Metric(
        "content_yield", _("Content yield"), Group.CONTENT,
        _("Won deals in which a share page was looked at / deals with a share page. It says where stories were, not "
          "what they caused."),
        PAGES, OWNER, Unit.PERCENT, lambda world: world.content.brought, share(("won",), ("shared",)),
        Example({"won": 3, "shared": 12}, Decimal(25), _("3 of 12 deals: 25 %.")), places.share_pages, past=False,
    ),
    Metric(
        "cost_per_used", _("Cost of a used story"), Group.CONTENT,
        _("What was promised and spent for stories / stories that stand somewhere or were shared."),
        _("The books of the funds, stories"), OWNER, Unit.MONEY, lambda world: world.content.made,
        ratio("cost", "used"),
        Example({"cost": "36000.00", "used": 12}, Decimal(3000), _("$36,000 for 12 stories: $3,000.")),
        places.stories, better=DOWN, past=False,
    ),
    Metric(
        "consent_health", _("Consent health"), Group.CONTENT,
        _("Published stories whose every consent holds for more than 60 days (program settings) / published stories."),
        TERMS, OWNER, Unit.PERCENT, lambda world: world.content.consent, share(("healthy",), ("published",)),
        Example({"healthy": 45, "published": 60}, Decimal(75), _("45 of 60: 75 %.")), places.published, past=False,
    ),
)  # fmt: skip
