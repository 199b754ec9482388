"""Closed standings."""

from django.db import models

from refprogram.kernel.models import Noun


class StandingsSnapshot(Noun):
    """A ranking as its period ended: frozen, and the same when it is counted again from the stream up to `last_event`.

    `lines`, best first: key, rank, enrolled, approved, submitted, first_act, points; of teams and regions also name,
    sub, members. People are named when it is read, so that who was erased is named nowhere.
    """

    by = models.CharField(max_length=10)
    period = models.CharField(max_length=8)
    starts_on = models.DateField()
    league = models.CharField(max_length=30, blank=True)
    last_event = models.BigIntegerField(help_text="Id of the last event of the stream that was counted.")
    weights = models.JSONField(default=dict, help_text="What each step was worth on that day.")
    of = models.PositiveIntegerField(default=0, help_text="How many could have been ranked.")
    lines = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "period", "starts_on", "league"], name="standings_closed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.period} {self.starts_on}"
