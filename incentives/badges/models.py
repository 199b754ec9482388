"""Badges, and who was given them."""

from django.db import models
from django.db.models import Q

from incentives.badges.enums import Often, Picture, Tone
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Event, Noun
from refprogram.people.models import Person, User


@keep_edits(leave_out=("created_by",))
class Badge(Noun):
    """Something that can be won. `slug` is its name for other rooms and never changes; `a_month` bounds its givings."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60, unique=True)
    words = models.CharField(max_length=200, help_text="What it is given for, as everybody reads it.")
    picture = models.CharField(max_length=10, choices=Picture.choices, default=Picture.STAR)
    tone = models.CharField(max_length=6, choices=Tone.choices, default=Tone.PLAIN)
    often = models.CharField(max_length=8, choices=Often.choices, default=Often.ONCE)
    a_month = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: as many as are won.")
    by_hand = models.BooleanField(default=True, help_text="Whether people give it too, not rules alone.")
    retired_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(often__in=Often.values), name="badge_often_known"),
            models.CheckConstraint(condition=Q(picture__in=Picture.values), name="badge_picture_known"),
            models.CheckConstraint(condition=Q(tone__in=Tone.values), name="badge_tone_known"),
            models.CheckConstraint(condition=Q(a_month__isnull=True) | Q(a_month__gt=0), name="badge_limit_above_none"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the badge."""
        return row_url("incentives:badge", self.public_id)


class BadgeGrant(Noun):
    """A badge that somebody has, or had: by a rule and an event, or given by a colleague with their words.

    `key` makes twice once. `slot` is what the person can have but once: "once", a month ("2026-11"), or nothing.
    """

    key = models.CharField(max_length=200, unique=True)
    badge = models.ForeignKey(Badge, on_delete=models.PROTECT, related_name="grants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="badge_grants")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey("incentives.Rule", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rule_version = models.PositiveIntegerField(null=True, blank=True)
    giver = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=300, blank=True, help_text="What the giver said.")
    occurred_at = models.DateTimeField()
    month = models.DateField(help_text="The first day of the month it counts for.")
    slot = models.CharField(max_length=7, null=True, blank=True)  # noqa: DJ001 - NULL: as often as it is won
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    revoke_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["badge", "person", "slot"], name="badge_slot_once", condition=Q(revoked_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoke_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoke_reason="")),
                name="badge_taken_back_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-occurred_at"], name="badges_of_person"),
            models.Index(fields=["badge", "month"], name="badges_of_month"),
        ]

    def __str__(self) -> str:
        return f"{self.badge_id} of {self.person_id}"

    def get_absolute_url(self) -> str:
        """Return the page of the badge, where it stands among the others."""
        return row_url("incentives:badge", self.badge.public_id)
