"""How much work lies on each entry in a category, in a narrow row each, kept by the database."""

from django.db import models
from django.db.models import Q


class PlaceWork(models.Model):
    """One entry in one category (a `CategoryEntry`): what of it is judged, and how much of that is held and scored.

    Kept by triggers of entries, their places and assignments, in the transaction of the row that changed, by the view
    `awards_placework_said`; `manage.py verify` compares the two. Nobody writes here by hand. Calibration texts have no
    row: they are counted nowhere.
    """

    place_id = models.BigIntegerField(primary_key=True)
    contest_id = models.BigIntegerField()
    category_id = models.BigIntegerField()
    round_number = models.SmallIntegerField()
    stands = models.BooleanField()  # not withdrawn
    eligible = models.BooleanField()
    judged = models.BooleanField()  # eligible, and in the round of its number
    held = models.SmallIntegerField(default=0)  # in that round: pieces of work that judges hold
    scored = models.SmallIntegerField(default=0)  # of them
    given = models.SmallIntegerField(default=0)  # in all rounds: shown to judges, and not given back or taken away
    done = models.SmallIntegerField(default=0)  # of them: scored

    class Meta:
        indexes = [
            models.Index(fields=["contest_id", "category_id"], name="placework_of_contest"),
            models.Index(
                fields=["contest_id", "round_number", "category_id", "held", "scored", "place_id"],
                name="placework_shortest",
                condition=Q(judged=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id}: {self.scored} of {self.held}"
