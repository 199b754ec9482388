"""What was asked of the program, where the charter has it, what it costs, what it would displace, who takes it over."""

from django.db import models
from django.db.models import Q

from refprogram.governance.charter.models import ScopeLine
from refprogram.governance.plotting.enums import Place, PlotState
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import MoneyField, Noun
from refprogram.people.models import User


# What was plotted stays as it was; what is kept are the words and days of the decision about it.
@keep_edits(
    leave_out=(
        "subject_type", "subject_id", "url", "place", "line", "line_name", "kind", "count", "hours", "month",
        "available", "needed", "displaced", "state", "plotted_by", "decided_by", "decided_at", "settled_at",
    )
)  # fmt: skip
class PlottedRequest(Noun):
    """One thing that was asked. Its line, cost and what it displaces are kept as they were when it was plotted."""

    text = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=120, blank=True, help_text="Who asks, in a word or two.")
    subject_type = models.CharField(max_length=32, blank=True)
    subject_id = models.BigIntegerField(null=True)
    url = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=10, choices=Place.choices)
    line = models.ForeignKey(ScopeLine, null=True, on_delete=models.SET_NULL, related_name="+")
    line_name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField(default=1)
    hours = models.DecimalField(max_digits=9, decimal_places=2)
    month = models.DateField()
    available = models.DecimalField(max_digits=9, decimal_places=2)
    needed = models.DecimalField(max_digits=9, decimal_places=2, help_text="Asked of the month before this came.")
    displaced = models.JSONField(default=list, help_text="What falls off, the latest first: name, hours, address.")
    value = MoneyField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=PlotState.choices, default=PlotState.PLOTTED)
    because = models.TextField(blank=True)
    redirect_to = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)
    plotted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlotState.values), name="plot_state_known"),
            models.CheckConstraint(condition=Q(hours__gt=0, count__gt=0), name="plot_costs_something"),
            models.CheckConstraint(condition=Q(month__day=1), name="plot_month_begins"),
            models.CheckConstraint(
                condition=~Q(state=PlotState.REDIRECTED) | Q(due_on__isnull=False), name="plot_redirect_has_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="plot_by_state"),
            models.Index(fields=["redirect_to", "due_on"], name="plot_waits", condition=Q(state="redirected")),
            models.Index(fields=["-decided_at"], name="plot_decided"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Return the page of what was asked."""
        return row_url("governance:plotted", self.public_id)
