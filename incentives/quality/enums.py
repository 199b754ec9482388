"""What records are looked at, what can be wrong with them, and what became of a demerit."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RecordType(TextChoices):
    """What is looked at; the values are the models' names."""

    ACCOUNT = "account", _("Account")
    CONTACT = "contact", _("Contact")
    OPPORTUNITY = "opportunity", _("Deal")


class FaultKind(TextChoices):
    """How something is wrong; each kind costs its own demerits."""

    MISSING = "missing", _("Missing")
    INVALID = "invalid", _("Not right")
    STALE = "stale", _("Out of date")
    DUPLICATE = "duplicate", _("Twice")


class Attribute(TextChoices):
    """What of a record is looked at."""

    INDUSTRY = "industry", _("industry")
    REGION = "region", _("region")
    CITY = "city", _("city")
    SIZE = "size", _("number of employees")
    OWNER = "owner", _("owner")
    REACHABLE = "reachable", _("a person with an address")
    CONFIRMED = "confirmed", _("confirmed lately")
    TWIN = "twin", _("only one of it")
    EMAIL = "email", _("address")
    TITLE = "title", _("job title")
    PHONE = "phone", _("phone number")
    SENIORITY = "seniority", _("seniority")
    ACCOUNT = "account", _("customer")
    PRODUCT = "product", _("product")
    AMOUNT = "amount", _("amount")
    CLOSES = "closes", _("day of closing")
    MOVED = "moved", _("touched lately")


class LineState(TextChoices):
    """What became of one demerit."""

    COUNTS = "counts", _("counts")
    RUNNING = "running", _("counts, and is given back if it is mended in time")
    REFUNDED = "refunded", _("given back")
    EXCUSED = "excused", _("excused")
