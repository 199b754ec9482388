"""What people in the directory know."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Knows(TextChoices):
    """What a colleague is good for, seen from the program."""

    SALES = "sales", _("sales star")
    ENGINEERING = "engineering", _("engineer")
    OPERATIONS = "operations", _("operations")
