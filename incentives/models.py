"""Rules, and the append-only double-entry ledger they post to."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from incentives.enums import Book, RuleState
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import Event, Noun, new_public_id
from refprogram.kernel.models.base import PUBLIC_ID_LENGTH
from refprogram.people.models import Person, Region, Team, User

BALANCED = """
SELECT sum(amount) INTO total FROM incentives_posting WHERE entry_id = NEW.entry_id;
IF total <> 0 THEN
    RAISE EXCEPTION 'entry % does not balance: %', NEW.entry_id, total;
END IF;
RETURN NEW;
"""


@keep_edits(leave_out=("version",))
class Rule(Noun):
    """When `topic` happens, `beneficiary` gets points; at most `cap_per_quarter` each.

    It pays for what happened while it was on.
    """

    name = models.CharField(max_length=120)
    topic = models.CharField(max_length=64)
    beneficiary = models.CharField(max_length=40, help_text="Payload field that holds the person's id.")
    points = models.PositiveIntegerField()
    cap_per_quarter = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=RuleState.choices, default=RuleState.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    live_since = models.DateTimeField(null=True, blank=True, help_text="Empty: it came with the program.")
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RuleState.values), name="rule_state_known"),
            models.CheckConstraint(condition=Q(points__gt=0), name="rule_gives_points"),
            models.UniqueConstraint(fields=["name"], name="rule_name_once"),
        ]
        indexes = [models.Index(fields=["topic"], name="rule_listens", condition=~Q(state=RuleState.DRAFT))]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the rule."""
        return row_url("incentives:rule", self.public_id)


class Entry(models.Model):
    """One booking: why, and by which event and rule version. Its postings sum to zero. `key` makes twice once."""

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    key = models.CharField(max_length=120, unique=True)
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(Rule, null=True, on_delete=models.PROTECT, related_name="entries")
    rule_version = models.PositiveSmallIntegerField(null=True)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    memo = models.CharField(max_length=200)
    # When it counts, and for which team and region: the event's moment, and the person's place as it was then.
    occurred_at = models.DateTimeField(default=timezone.now)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "entries"
        triggers = [pgtrigger.Protect(name="entry_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.memo

    def get_absolute_url(self) -> str:
        """Return the page of the entry."""
        return row_url("incentives:entry", self.public_id)


class Posting(models.Model):
    """One side of an entry: so many points into (plus) or out of (minus) one person's book; ISSUED has no person."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    book = models.CharField(max_length=10, choices=Book.choices)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    amount = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="posting_not_zero"),
            models.CheckConstraint(
                condition=Q(book=Book.ISSUED, person__isnull=True) | (~Q(book=Book.ISSUED) & Q(person__isnull=False)),
                name="posting_person_fits_book",
            ),
        ]
        indexes = [models.Index(fields=["person", "book", "-id"], name="posting_statement")]
        triggers = [
            pgtrigger.Protect(name="posting_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="posting_balanced",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func=BALANCED,
                declare=[("total", "bigint")],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.amount:+d}"

    def get_absolute_url(self) -> str:
        """Return the page of the entry that it is a side of."""
        return self.entry.get_absolute_url()


class Balance(Noun):
    """The kept sum of one person's postings in one book; never below zero. Proved by `manage.py verify`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    book = models.CharField(max_length=10, choices=Book.choices)
    amount = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "book"], name="balance_one_per_book"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="balance_not_overdrawn"),
        ]
        indexes = [models.Index(F("amount").desc(), "book", name="balance_ranked")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.book} {self.amount}"
