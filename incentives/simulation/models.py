"""Trials of rules on the past, with what came out."""

from django.db import models
from django.db.models import F, Q

from incentives.rulebook.models import Rule
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import Job, Noun
from refprogram.people.models import User


class Simulation(Noun):
    """One trial: these rules, as they read then, over this stretch of the stream. Done again it gives the same."""

    rule = models.ForeignKey(
        Rule, null=True, on_delete=models.SET_NULL, related_name="simulations", help_text="On whose page it was asked."
    )
    tried = models.JSONField(help_text='[{"rule": id, "version": n, "name": "…", "definition": {…}}, …]')
    first = models.DateField()
    last = models.DateField()
    upto = models.BigIntegerField(help_text="The last event of the stream that was read.")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    result = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="simulation_ends_after_begin")]
        indexes = [models.Index(fields=["-created_at"], name="simulation_by_day")]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"

    def get_absolute_url(self) -> str:
        """Return the page of what came out."""
        return row_url("incentives:simulation", self.public_id)
