"""What a field can be, and how one field depends on another."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FieldType(TextChoices):
    """The kinds of fields that a form is built of; `section` is a heading that groups what follows it."""

    TEXT = "text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    CHOICE = "choice", _("Choice, one")
    CHOICES = "choices", _("Choice, several")
    NUMBER = "number", _("Number")
    METRIC = "metric", _("Before and after")
    DATE = "date", _("Date")
    FILE = "file", _("File")
    CONSENT = "consent", _("Consent")
    RATING = "rating", _("Rating")
    NPS = "nps", _("How likely to recommend (0 to 10)")
    SECTION = "section", _("Section heading")


class Test(TextChoices):
    """What a field waits for before it is shown."""

    IS = "is", _("is")
    IS_NOT = "is_not", _("is not")
    HAS = "has", _("includes")
    AT_LEAST = "at_least", _("is at least")
    AT_MOST = "at_most", _("is at most")
    FROM = "from", _("is on or after")
    UNTIL = "until", _("is on or before")
    ANSWERED = "answered", _("is answered")


class Edit(TextChoices):
    """What can be done to a draft's list of fields."""

    ADD = "add"
    CHANGE = "change"
    MOVE = "move"
    REMOVE = "remove"


FIGURES = (FieldType.NUMBER, FieldType.RATING, FieldType.NPS)
WITH_OPTIONS = (FieldType.CHOICE, FieldType.CHOICES)
# What a condition may hang on: the tests that make sense for its value.
TESTS: dict[str, tuple[Test, ...]] = {
    FieldType.CHOICE: (Test.IS, Test.IS_NOT, Test.ANSWERED),
    FieldType.CHOICES: (Test.HAS, Test.ANSWERED),
    FieldType.NUMBER: (Test.AT_LEAST, Test.AT_MOST, Test.ANSWERED),
    FieldType.RATING: (Test.IS, Test.AT_LEAST, Test.AT_MOST, Test.ANSWERED),
    FieldType.NPS: (Test.IS, Test.AT_LEAST, Test.AT_MOST, Test.ANSWERED),
    FieldType.CONSENT: (Test.ANSWERED,),
    FieldType.TEXT: (Test.ANSWERED,),
    FieldType.LONG_TEXT: (Test.ANSWERED,),
    FieldType.DATE: (Test.FROM, Test.UNTIL, Test.ANSWERED),
}
