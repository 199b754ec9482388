"""How long it is kept what was said about the program."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.feedback.models import FieldNote
from refprogram.kernel.retention import Policy
from refprogram.people.models import SlaClock


def _remove(rows: list[FieldNote]) -> None:
    """Remove them together with their clocks, which count nothing without them."""
    FieldNote.objects.filter(pk__in=[row.pk for row in rows]).delete()
    SlaClock.objects.filter(pk__in=[row.clock_id for row in rows if row.clock_id]).delete()


POLICIES = [
    Policy(
        "field_notes",
        _("What colleagues said about the program, and the answers"),
        730,
        _("Two years, to compare with the year before; what is older was about a program that is no more."),
        lambda before: FieldNote.objects.filter(created_at__lt=before),
        _remove,
    ),
]
