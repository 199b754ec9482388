"""Prizes that were granted, feedback that entrants read, quotes and thanks around the winners."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.contests.models import Contest, Prize
from awards.entries.models import ContestEntry
from awards.judging.models import Ballot
from awards.results.models import Award
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel.models import Noun
from refprogram.people.models import User


class PrizeGrant(Noun):
    """One prize for one award. Its way lies in the common fulfilment; each replacement is another grant row's."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="grants")
    prize = models.ForeignKey(Prize, on_delete=models.PROTECT, related_name="grants")
    fulfilment = models.OneToOneField(
        Fulfilment, null=True, blank=True, on_delete=models.PROTECT, related_name="prize_grant"
    )
    cause = models.CharField(max_length=200, blank=True, help_text=_("For a donation: the cause the winner chose."))
    blocked = models.CharField(max_length=300, blank=True, help_text="Why it could not be given as it stands.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["award", "prize"], name="prize_granted_once")]

    def __str__(self) -> str:
        return f"{self.award_id}: {self.prize_id}"


class Feedback(Noun):
    """A judge's comment as the entrant reads it: passed or changed by a moderator, never with a name."""

    entry = models.ForeignKey(ContestEntry, on_delete=models.CASCADE, related_name="feedback")
    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, related_name="feedback")
    text = models.TextField()
    passed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    passed_at = models.DateTimeField(null=True, blank=True)
    held_back = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(condition=~Q(held_back=True, passed_at__isnull=False), name="feedback_one_decision")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}"


class WinnerKit(Noun):
    """What is written around the winners of a contest: drafts that people change before they are used. Markdown."""

    contest = models.OneToOneField(Contest, on_delete=models.CASCADE, related_name="kit")
    press_draft = models.TextField(blank=True)
    run_of_show = models.TextField(blank=True)
    thanks = models.TextField(blank=True, help_text="The letter that everybody who entered gets.")
    thanked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.contest_id}"
