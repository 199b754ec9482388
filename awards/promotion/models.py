"""What is written around the winners of a contest, and the words that winners lend."""

from django.db import models
from django.db.models import Q

from awards.contests.models import Contest
from awards.results.models import Award
from refprogram.kernel.models import Noun
from refprogram.people.models import Person, User


class WinnerKit(Noun):
    """What is written around the winners of a contest: drafts that people change before they are used. Markdown."""

    contest = models.OneToOneField(Contest, on_delete=models.CASCADE, related_name="kit")
    press_draft = models.TextField(blank=True)
    run_of_show = models.TextField(blank=True)
    thanks = models.TextField(blank=True, help_text="The letter that everybody who entered gets.")
    thanked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.contest_id}"


class WinnerQuote(Noun):
    """What a winner says about it. Written by them, or proposed by us; shown only as they released it, to the letter.

    A changed text is a new one: nobody has released it yet.
    """

    award = models.OneToOneField(Award, on_delete=models.CASCADE, related_name="quote")
    text = models.CharField(max_length=280)
    proposed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    released_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="winner_quote_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}"
