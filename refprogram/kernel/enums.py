"""States and periods of the kernel."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    """A job's life: it ends done or failed, and a failed job changed nothing."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Period(TextChoices):
    """The calendars that figures are kept by."""

    WEEK = "week", _("week")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    YEAR = "year", _("year")


class FileState(TextChoices):
    """Whether an uploaded file may be handed out."""

    QUARANTINED = "quarantined", _("being checked")
    CLEAN = "clean", _("ready")
    REFUSED = "refused", _("refused")


class AnswerState(TextChoices):
    """A form's answer: a draft until its person sends it."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("sent")


class CustomType(TextChoices):
    """What an added field holds."""

    TEXT = "text", _("text")
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    CHOICE = "choice", _("choice")
    YES_NO = "yes_no", _("yes or no")
