"""Rules that draft nominations from good news, and open links by which others nominate."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominations.campaigns.models import Campaign
from nominations.signals.enums import LinkFor, Signal
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Noun, SignedLink
from refprogram.people.models import User


@keep_edits()
class SignalRule(Noun):
    """When `signal` reaches `least` (a score, or days since), a nomination is drafted for the account's owner."""

    signal = models.CharField(max_length=10, choices=Signal.choices, unique=True)
    least = models.PositiveSmallIntegerField(default=0, help_text=_("Lowest score, or days that must have passed."))
    quiet_days = models.PositiveSmallIntegerField(
        default=90, help_text=_("Not within so many days of the last draft for the same customer.")
    )
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(signal__in=Signal.values), name="signal_known")]

    def __str__(self) -> str:
        return self.get_signal_display()


class NominationLink(Noun):
    """A form on paper or in a mail: whoever has the link may nominate; `holder` is credited with what comes in."""

    label = models.CharField(max_length=120)
    holder = models.ForeignKey(User, on_delete=models.CASCADE, related_name="nomination_links")
    made_for = models.CharField(max_length=10, choices=LinkFor.choices, default=LinkFor.CUSTOMER)
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    link = models.OneToOneField(SignedLink, null=True, on_delete=models.SET_NULL, related_name="+")
    brought = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(made_for__in=LinkFor.values), name="link_for_known")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Return the page of the link."""
        return row_url("nominations:link", self.public_id)
