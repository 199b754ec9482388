"""Who is thanked, what is decided of a comment, and what became of an entry."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Circle(TextChoices):
    """Whom the letter of thanks goes to. Who belongs to several is written to once, as the first of these."""

    ENTRANTS = "entrants", _("entrants")
    JUDGES = "judges", _("judges")
    HELPERS = "helpers", _("who helped")
    NOMINATORS = "nominators", _("who brought entries")


class StoryState(TextChoices):
    """What became of a customer’s entry once the contest was over."""

    DRAFTED = "drafted", _("story drafted")
    NO_CONSENT = "no_consent", _("no consent to a story")
    LEFT_ALONE = "left_alone", _("customer is left alone")


class Band(TextChoices):
    """Where an entry stood among those of its category: never a rank, and never a band that holds one entry alone."""

    TENTH = "tenth", _("in the best tenth")
    QUARTER = "quarter", _("in the best quarter")
    UPPER = "upper", _("in the upper half")
    LOWER = "lower", _("in the lower half")
