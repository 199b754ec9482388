"""Fields that a company adds to a main noun, and their values in typed, indexed columns."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left

from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.enums import CustomType
from refprogram.kernel.models.base import Noun


class CustomField(Noun):
    """One added field of one noun (a name in settings.CUSTOM_FIELD_NOUNS). Its key and type never change."""

    noun = models.CharField(max_length=40)
    key = models.SlugField(max_length=40, help_text="Column name in files and in the API.")
    label = models.CharField(max_length=80)
    type = models.CharField(max_length=10, choices=CustomType.choices)
    choices = models.JSONField(default=list, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    help = models.CharField(max_length=200, blank=True)
    required = models.BooleanField(default=False)
    searchable = models.BooleanField(default=False)
    filterable = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["noun", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["noun", "key"], name="custom_field_key_once"),
            models.CheckConstraint(condition=Q(type__in=CustomType.values), name="custom_field_type_known"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Return the page on which the field is changed."""
        return row_url("kernel:custom-field", self.public_id)


@keep_edits(with_added=True, indexed=("object_id",))
class CustomValue(models.Model):
    """One field's value on one row, in the one column that fits its type (choices and yes/no are text)."""

    field = models.ForeignKey(CustomField, on_delete=models.CASCADE, related_name="values")
    object_id = models.BigIntegerField()
    text = models.TextField(null=True)  # noqa: DJ001 - NULL says that another column holds the value
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["field", "object_id"], name="custom_value_once"),
            models.CheckConstraint(
                condition=Q(text__isnull=False, number__isnull=True, day__isnull=True)
                | Q(text__isnull=True, number__isnull=False, day__isnull=True)
                | Q(text__isnull=True, number__isnull=True, day__isnull=False),
                name="custom_value_is_one",
            ),
        ]
        indexes = [
            models.Index(
                fields=["field", "number", "object_id"], name="custom_by_number", condition=Q(number__isnull=False)
            ),
            models.Index(fields=["field", "day", "object_id"], name="custom_by_day", condition=Q(day__isnull=False)),
            models.Index(models.F("field"), Left("text", 100), models.F("object_id"), name="custom_by_text"),
            GinIndex(OpClass("text", "gin_trgm_ops"), name="custom_text_trgm"),
        ]

    def __str__(self) -> str:
        return f"{self.field_id}: {self.object_id}"
