"""A contest and what belongs to its concept."""

import datetime as dt
import zoneinfo

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.contests.enums import Audience, CategoryKind, ContestState, Part, PrizeKind, SponsorTier, Step, VotesFor
from references.models import Account, Product
from refprogram.kernel.addresses import row_url
from refprogram.kernel.edit_history.keeping import keep_edits
from refprogram.kernel.models import FormDesign, MoneyField, Noun, StoredFile
from refprogram.people.models import Person, Region, User


@keep_edits(leave_out=("announced_at", "published_at"))
class Contest(Noun):
    """One contest of one year. Whether its windows are open is derived from the clock, never stored.

    `slug` is its address: `/contests/<slug>/` for us, `/awards/<slug>/` for everybody.
    """

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    series = models.CharField(max_length=80, help_text=_("The award that comes back every year."))
    year = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.CUSTOMERS)
    state = models.CharField(max_length=12, choices=ContestState.choices, default=ContestState.DRAFT)
    # What the public reads. Markdown.
    tagline = models.CharField(max_length=200, blank=True)
    overview = models.TextField(blank=True)
    process = models.TextField(blank=True)
    payoff = models.TextField(blank=True, help_text=_("What entrants gain, win or not."))
    rules_text = models.TextField(blank=True)
    rules_version = models.PositiveSmallIntegerField(default=1)
    # When. Instants in UTC; `zone` is the one they are meant in.
    zone = models.CharField(max_length=60, default="UTC")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    grace_minutes = models.PositiveSmallIntegerField(default=15)
    announce_at = models.DateTimeField()
    event_name = models.CharField(max_length=120, blank=True)
    event_place = models.CharField(max_length=120, blank=True)
    event_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # How.
    form = models.ForeignKey(FormDesign, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nominator_credit = models.BooleanField(default=True, help_text=_("Colleagues are credited for entries they bring."))
    one_award_each = models.BooleanField(default=True, help_text=_("Nobody wins in two categories."))
    cool_off_years = models.PositiveSmallIntegerField(
        default=1, help_text=_("A winner does not win the same category again for so many years.")
    )
    judging_mail = models.EmailField(blank=True, help_text=_("Where judges’ answers to our mails go."))
    people_choice = models.BooleanField(default=False)
    votes_for = models.CharField(max_length=10, choices=VotesFor.choices, default=VotesFor.ALL)
    votes_open_at = models.DateTimeField(null=True, blank=True)
    votes_close_at = models.DateTimeField(null=True, blank=True)
    votes_beside_blind = models.CharField(
        max_length=300, blank=True, help_text=_("Why the vote names entrants while judges still read without names.")
    )
    cost = MoneyField(null=True, blank=True, help_text=_("What it cost all in all, for the cost per reference."))
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="contest_once_a_year"),
            models.CheckConstraint(condition=Q(state__in=ContestState.values), name="contest_state_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="contest_audience_known"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at"), closes_at__lt=F("announce_at")), name="contest_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the contest for colleagues."""
        return row_url("awards:contest", self.slug)

    @property
    def tz(self) -> zoneinfo.ZoneInfo:
        """The zone its dates are meant in."""
        return zoneinfo.ZoneInfo(self.zone)

    @property
    def last_moment(self) -> dt.datetime:
        """Until when an entry is taken: the deadline and its grace."""
        return self.closes_at + dt.timedelta(minutes=self.grace_minutes)


class ContestMember(models.Model):
    """A colleague's part in one contest. One person may hold several."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contest", "user", "part"], name="contest_part_once")]

    def __str__(self) -> str:
        return f"{self.contest_id}: {self.user_id} {self.part}"


class PlanItem(Noun):
    """One thing to do before, at or after the event; generated backwards from it, then owned and changed by people."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="plan")
    step = models.CharField(max_length=10, choices=Step.choices)
    key = models.CharField(max_length=40, blank=True, help_text="The template's line; empty: added by hand.")
    name = models.CharField(max_length=160)
    due_on = models.DateField()
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "key"], condition=~Q(key=""), name="plan_line_once"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="plan_step_known"),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_at__isnull=True), name="plan_item_due")]

    def __str__(self) -> str:
        return self.name


class NameIdea(Noun):
    """A name for the award, thrown in while the concept is made; colleagues vote."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="name_ideas")
    name = models.CharField(max_length=120)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    voters = models.ManyToManyField(User, related_name="+", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contest", "name"], name="name_idea_once")]

    def __str__(self) -> str:
        return self.name


@keep_edits()
class Category(Noun):
    """What entries compete in, with its own eligibility and number of winners."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="categories")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=12, choices=CategoryKind.choices, default=CategoryKind.OTHER)
    description = models.TextField(blank=True)
    eligibility = models.TextField(blank=True, help_text=_("Who may enter, in words that entrants read."))
    # What the kind points to, where we know it: detected eligibility, gap cells, conflicts of region.
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    industry = models.CharField(max_length=80, blank=True)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    precedence = models.PositiveSmallIntegerField(default=1, help_text=_("Who wins two categories takes the lower."))
    max_winners = models.PositiveSmallIntegerField(default=1)
    min_entries = models.PositiveSmallIntegerField(default=1, help_text=_("Fewer entries: no award."))
    min_score = models.DecimalField(max_digits=5, decimal_places=2, default=0, help_text=_("Below: no award."))
    closes_at = models.DateTimeField(null=True, blank=True, help_text=_("Its own deadline; empty: the contest’s."))

    class Meta:
        ordering = ["contest", "precedence", "id"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(fields=["contest", "slug"], name="category_slug_once"),
            models.CheckConstraint(condition=Q(kind__in=CategoryKind.values), name="category_kind_known"),
            models.CheckConstraint(condition=Q(max_winners__gt=0), name="category_has_winners"),
        ]

    def __str__(self) -> str:
        return self.name


class Prize(Noun):
    """What a place is given: of its category, without one of every category; people’s choice has prizes of its own."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="prizes")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.CASCADE, related_name="prizes")
    place = models.PositiveSmallIntegerField(default=1)
    people_choice = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, choices=PrizeKind.choices)
    item = models.CharField(max_length=200)
    value = MoneyField()
    tax_note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["contest", "category", "place", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PrizeKind.values), name="prize_kind_known"),
            models.CheckConstraint(condition=Q(value__gte=0, place__gt=0), name="prize_sound"),
        ]

    def __str__(self) -> str:
        return self.item


class Sponsor(Noun):
    """Who carries the contest with us. A sponsor's people never judge their own customers (`account`)."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="sponsors")
    name = models.CharField(max_length=120)
    tier = models.CharField(max_length=8, choices=SponsorTier.choices, default=SponsorTier.PARTNER)
    url = models.URLField(blank=True)
    logo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="sponsors")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    takes_leads = models.BooleanField(default=False, help_text=_("Only of entrants who agree to it."))

    class Meta:
        ordering = ["contest", "id"]
        constraints = [models.UniqueConstraint(fields=["contest", "name"], name="sponsor_once")]

    def __str__(self) -> str:
        return self.name


class Question(Noun):
    """Asked by the field or by an entrant, answered once, and then seen by all."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=500)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    public = models.BooleanField(default=True, help_text=_("Stands among the questions of the public site."))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["contest", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="question_answered_when",
            )
        ]

    def __str__(self) -> str:
        return self.text
