"""States of what is made with customers, and of where it stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class AssetKind(TextChoices):
    """What is made."""

    CASE_STUDY = "case_study", _("Case study")
    QUOTE = "quote", _("Quote")
    VIDEO = "video", _("Video")
    LOGO = "logo", _("Logo")
    REVIEW = "review", _("Review")
    WEBINAR = "webinar", _("Webinar")
    QA = "qa", _("Recorded questions and answers")
    SLIDE = "slide", _("Slide")


class AssetState(TextChoices):
    """The way of a story (research 1.E "Production pipeline")."""

    IDEA = "idea", _("idea")
    BRIEF = "brief", _("brief")
    INTERVIEW = "interview", _("interview")
    DRAFT = "draft", _("draft")
    INTERNAL_REVIEW = "internal_review", _("our review")
    CUSTOMER_REVIEW = "customer_review", _("customer’s review")
    LEGAL = "legal", _("legal review")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    REFRESH_DUE = "refresh_due", _("refresh due")
    RETIRED = "retired", _("retired")


S = AssetState
ASSET_MOVES: Moves = {
    S.IDEA: {S.BRIEF, S.DRAFT, S.RETIRED},
    S.BRIEF: {S.INTERVIEW, S.DRAFT, S.RETIRED},
    S.INTERVIEW: {S.DRAFT, S.BRIEF, S.RETIRED},
    S.DRAFT: {S.INTERNAL_REVIEW, S.RETIRED},
    S.INTERNAL_REVIEW: {S.CUSTOMER_REVIEW, S.DRAFT, S.RETIRED},
    S.CUSTOMER_REVIEW: {S.LEGAL, S.APPROVED, S.DRAFT, S.RETIRED},
    S.LEGAL: {S.APPROVED, S.DRAFT, S.RETIRED},
    S.APPROVED: {S.PUBLISHED, S.DRAFT, S.RETIRED},
    S.PUBLISHED: {S.REFRESH_DUE, S.APPROVED, S.RETIRED},
    S.REFRESH_DUE: {S.DRAFT, S.PUBLISHED, S.RETIRED},
}
USABLE = (S.APPROVED, S.PUBLISHED, S.REFRESH_DUE)


class PartKind(TextChoices):
    """A part of an asset that can stand alone on a share page."""

    HEADLINE = "headline", _("Headline")
    TEXT = "text", _("Text")
    QUOTE = "quote", _("Quote")
    FIGURE = "figure", _("Figure")
    PICTURE = "picture", _("Picture")
    VIDEO = "video", _("Video")
    FILE = "file", _("Document")


class PlacementState(TextChoices):
    """Where an asset stands: live until it is taken down."""

    LIVE = "live", _("live")
    TAKEDOWN = "takedown", _("to be taken down")
    DOWN = "down", _("taken down")


PLACEMENT_MOVES: Moves = {
    PlacementState.LIVE: {PlacementState.TAKEDOWN, PlacementState.DOWN},
    PlacementState.TAKEDOWN: {PlacementState.DOWN, PlacementState.LIVE},
}


class ReviewAnswer(TextChoices):
    """What a customer says to a draft."""

    YES = "yes", _("may go out as it is")
    EDITED = "edited", _("with changes")
    NO = "no", _("must not go out")
