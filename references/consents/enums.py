"""What a consent can cover. Audiences are ordered: who may be shown to the public may be shown to everybody."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class Scope(TextChoices):
    """One part of a customer that others may be shown."""

    COMPANY = "company", _("Company name")
    LOGO = "logo", _("Logo")
    NAME = "name", _("Person’s name")
    TITLE = "title", _("Person’s title")
    PHOTO = "photo", _("Photo")
    QUOTE = "quote", _("Words in quotation marks")
    STORY = "story", _("Story")
    VIDEO = "video", _("Voice and picture")
    METRICS = "metrics", _("Figures")


class Channel(TextChoices):
    """Where it is shown. A term without a channel holds for each."""

    WEBSITE = "website", _("Website")
    SHARE = "share", _("Share page for one deal")
    DECK = "deck", _("Slides and proposals")
    SOCIAL = "social", _("Social media")
    PRINT = "print", _("Print and advertising")
    PRESS = "press", _("Press")
    EVENT = "event", _("Events")
    RFP = "rfp", _("Tenders")
    ANALYST = "analyst", _("Analysts")


class UseAudience(IntegerChoices):
    """To whom. The higher one includes the lower ones."""

    INTERNAL = 1, _("Colleagues only")
    PROSPECTS = 2, _("Named prospects")
    CUSTOMERS = 3, _("Customers and prospects")
    PUBLIC = 4, _("Everybody")


class ReleaseState(TextChoices):
    """A customer was asked by link what may be shown of them."""

    ASKED = "asked", _("asked")
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


RELEASE_MOVES: Moves = {
    ReleaseState.ASKED: {ReleaseState.AGREED, ReleaseState.DECLINED, ReleaseState.WITHDRAWN},
}
