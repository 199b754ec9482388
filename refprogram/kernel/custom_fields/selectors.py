"""What can be read of the fields themselves. They are no secret: whoever sees a noun sees its fields."""

from django.db.models import QuerySet

from refprogram.kernel.custom_fields.definitions import nouns
from refprogram.kernel.models import CustomField


def all_fields() -> QuerySet[CustomField]:
    """Return every field, archived ones too, by noun and in order."""
    return CustomField.objects.filter(noun__in=list(nouns()))


def in_use() -> QuerySet[CustomField]:
    """Return the fields in use."""
    return all_fields().filter(archived_at__isnull=True)
