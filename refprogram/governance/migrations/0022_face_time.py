"""Hours of executives, talks in them, guests, and what those said."""

from django.contrib.postgres.operations import BtreeGistExtension
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import refprogram.kernel.models.base
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0021_sponsors"),
        ("people", "0006_calendar_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="FaceTimeSlot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=refprogram.kernel.models.base.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("roadmap", "where the product goes"),
                                ("strategy", "their plans and ours"),
                                ("operations", "how we run it"),
                                ("partnership", "what we could do together"),
                                ("career", "careers and mentoring"),
                                ("thanks", "thanks, and getting to know each other"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                    ),
                ),
                (
                    "circles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("customer", "customers"), ("winner", "winners"), ("mentor", "mentors")],
                            max_length=10,
                        ),
                        size=None,
                    ),
                ),
                (
                    "manner",
                    models.CharField(
                        choices=[("call", "call"), ("site", "on site"), ("meal", "over a meal")],
                        default="call",
                        max_length=5,
                    ),
                ),
                ("place", models.CharField(blank=True, help_text="A place, or the address of a call.", max_length=300)),
                ("note", models.CharField(blank=True, help_text="What whoever asks should know.", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("free", "free"),
                            ("taken", "taken"),
                            ("used", "used"),
                            ("withdrawn", "withdrawn"),
                            ("lapsed", "not used"),
                        ],
                        default="free",
                        max_length=10,
                    ),
                ),
                (
                    "executive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="face_time",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="FaceTimeTalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=refprogram.kernel.models.base.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("roadmap", "where the product goes"),
                            ("strategy", "their plans and ours"),
                            ("operations", "how we run it"),
                            ("partnership", "what we could do together"),
                            ("career", "careers and mentoring"),
                            ("thanks", "thanks, and getting to know each other"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "circle",
                    models.CharField(
                        choices=[("customer", "customers"), ("winner", "winners"), ("mentor", "mentors")], max_length=10
                    ),
                ),
                ("subject_type", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("account_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "label",
                    models.CharField(
                        help_text="Whom it is for, as they were called when it was asked for.", max_length=200
                    ),
                ),
                ("url", models.CharField(blank=True, max_length=300)),
                ("reason", models.TextField(help_text="Why an hour of an executive is well spent here.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("approval", "waits for approval"),
                            ("requested", "executive is asked"),
                            ("booked", "booked"),
                            ("held", "held"),
                            ("closed", "closed"),
                            ("declined", "declined"),
                            ("cancelled", "called off"),
                            ("no_show", "they did not come"),
                            ("lapsed", "no answer"),
                        ],
                        default="requested",
                        max_length=10,
                    ),
                ),
                ("answer_by", models.DateTimeField(help_text="Who has not agreed by then has not agreed.")),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by_side",
                    models.CharField(
                        blank=True,
                        choices=[("us", "we did"), ("executive", "the executive did"), ("guest", "they did")],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, help_text="Why it was declined or called off.", max_length=300)),
                ("outcome", models.TextField(blank=True)),
                ("next_steps", models.TextField(blank=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="governance.approval",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="governance.facetimeslot"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="FaceTimeGuest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=refprogram.kernel.models.base.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("open", "has not answered"),
                            ("yes", "comes"),
                            ("no", "does not come"),
                            ("other", "proposes another time"),
                        ],
                        default="open",
                        max_length=5,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "proposed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="governance.facetimeslot",
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="governance.facetimetalk"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="FaceTimeTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=refprogram.kernel.models.base.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("starts_on", models.DateField(help_text="First day of the quarter from which on it holds.")),
                ("hours", models.DecimalField(decimal_places=1, max_digits=5)),
                (
                    "most_a_week",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ]
                    ),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(60)]),
                ),
                (
                    "executive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["executive", "starts_on"],
            },
        ),
        migrations.CreateModel(
            name="FaceTimeFeedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=refprogram.kernel.models.base.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("given", "to decide on"),
                            ("decided", "to answer"),
                            ("answered", "answered"),
                            ("silent", "said nothing"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("gained", models.TextField(blank=True, help_text="What they took with them.")),
                ("wish", models.TextField(blank=True, help_text="What we should do now.")),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, help_text="Until when the next step is due.", null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("done", "done already"), ("planned", "planned"), ("no", "no, because")],
                        max_length=8,
                    ),
                ),
                (
                    "because",
                    models.TextField(blank=True, help_text="What is done, or why not: in words that the guest reads."),
                ),
                ("do_by", models.DateField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reply", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "guest",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="governance.facetimeguest",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("given", "decided"))),
                        fields=["due_at"],
                        name="facetime_feedback_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__isnull", True), ("score__range", (1, 5)), _connector="OR"),
                        name="facetime_score",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="facetimeslot",
            index=models.Index(fields=["starts_at"], name="facetime_by_time"),
        ),
        migrations.AddIndex(
            model_name="facetimeslot",
            index=models.Index(fields=["executive", "starts_at"], name="facetime_of_executive"),
        ),
        migrations.AddConstraint(
            model_name="facetimeslot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ends_at__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("starts_at"), "+", models.Value(datetime.timedelta(seconds=900))
                        ),
                    ),
                    (
                        "ends_at__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("starts_at"), "+", models.Value(datetime.timedelta(seconds=7200))
                        ),
                    ),
                ),
                name="facetime_slot_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="facetimeslot",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state__in", ("free", "taken", "used"))),
                expressions=[
                    (models.F("executive"), "="),
                    (
                        models.Func(
                            models.F("starts_at"),
                            models.F("ends_at"),
                            models.Value("[)"),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="facetime_one_place_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="facetimetalk",
            index=models.Index(fields=["account_id"], name="facetime_of_account"),
        ),
        migrations.AddIndex(
            model_name="facetimetalk",
            index=models.Index(fields=["subject_type", "subject_id"], name="facetime_of_subject"),
        ),
        migrations.AddIndex(
            model_name="facetimetalk",
            index=models.Index(
                condition=models.Q(("state__in", ("approval", "requested", "booked"))),
                fields=["state"],
                name="facetime_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="facetimetalk",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("approval", "requested", "booked", "held", "closed", "no_show"))),
                fields=("slot",),
                name="facetime_slot_taken_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="facetimeguest",
            constraint=models.UniqueConstraint(fields=("talk", "person"), name="facetime_guest_once"),
        ),
        migrations.AddConstraint(
            model_name="facetimeterms",
            constraint=models.UniqueConstraint(fields=("executive", "starts_on"), name="facetime_terms_once"),
        ),
    ]
