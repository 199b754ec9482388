"""What people did in the CRM: one row and one event each."""

from django.db import models

from refprogram.kernel.models.base import PUBLIC_ID_LENGTH, new_public_id
from refprogram.people.enums import WorkKind
from refprogram.people.models.person import Person


class WorkActivity(models.Model):
    """One thing a person did, as the CRM told it. `source` and `external_ref` make twice once."""

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    source = models.CharField(max_length=40, help_text="Which system told it.")
    external_ref = models.CharField(max_length=120, help_text="Its id there.")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="work")
    kind = models.CharField(max_length=20, choices=WorkKind.choices)
    detail = models.CharField(max_length=40, blank=True, help_text="Which activity or asset: demo, proposal, template.")
    occurred_at = models.DateTimeField()
    event_id = models.BigIntegerField(help_text="Its row in the stream.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "work activity"
        constraints = [models.UniqueConstraint(fields=["source", "external_ref"], name="work_activity_once")]
        indexes = [
            models.Index(fields=["person", "-occurred_at"], name="work_of_person"),
            models.Index(fields=["-occurred_at", "-id"], name="work_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
