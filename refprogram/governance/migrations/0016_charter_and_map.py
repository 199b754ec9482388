"""The charter with its versions, and the map on which requests are plotted; who approves a charter: the executives."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import refprogram.kernel.models.base
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from refprogram.kernel.models.base import new_public_id


def seed(apps, _schema_editor):
    chain = apps.get_model("governance", "Chain").objects.create(
        kind="charter",
        purpose="A charter holds when those agree who back the program with people and money.",
        public_id=new_public_id(),
    )
    version = apps.get_model("governance", "ChainVersion").objects.create(
        chain=chain, number=1, public_id=new_public_id()
    )
    apps.get_model("governance", "ChainStep").objects.create(
        version=version, position=1, approver="role", role="executive", hours=40, escalate_role="admin"
    )
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0015_demand_in_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="approval",
            name="kind",
            field=models.CharField(
                choices=[
                    ("field_incentive", "field incentive"),
                    ("customer_benefit", "customer benefit"),
                    ("executive_time", "executive time"),
                    ("spending", "spending"),
                    ("money", "money"),
                    ("legal", "legal matter"),
                    ("process", "process change"),
                    ("it_change", "IT change"),
                    ("exception", "exception from a restriction"),
                    ("reference_ask", "asking a customer"),
                    ("nomination", "strategic nomination"),
                    ("reward", "reward from the catalogue"),
                    ("charter", "the program’s charter"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="chain",
            name="kind",
            field=models.CharField(
                choices=[
                    ("field_incentive", "field incentive"),
                    ("customer_benefit", "customer benefit"),
                    ("executive_time", "executive time"),
                    ("spending", "spending"),
                    ("money", "money"),
                    ("legal", "legal matter"),
                    ("process", "process change"),
                    ("it_change", "IT change"),
                    ("exception", "exception from a restriction"),
                    ("reference_ask", "asking a customer"),
                    ("nomination", "strategic nomination"),
                    ("reward", "reward from the catalogue"),
                    ("charter", "the program’s charter"),
                ],
                max_length=20,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="chainedit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("field_incentive", "field incentive"),
                    ("customer_benefit", "customer benefit"),
                    ("executive_time", "executive time"),
                    ("spending", "spending"),
                    ("money", "money"),
                    ("legal", "legal matter"),
                    ("process", "process change"),
                    ("it_change", "IT change"),
                    ("exception", "exception from a restriction"),
                    ("reference_ask", "asking a customer"),
                    ("nomination", "strategic nomination"),
                    ("reward", "reward from the catalogue"),
                    ("charter", "the program’s charter"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="CharterLink",
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
                ("label", models.CharField(max_length=120)),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="CharterVersion",
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
                ("number", models.PositiveSmallIntegerField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("consult", "being read by colleagues"),
                            ("approved", "approved"),
                            ("published", "published"),
                            ("superseded", "superseded"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("mission", models.TextField(blank=True)),
                ("short_strategy", models.TextField(blank=True)),
                ("long_strategy", models.TextField(blank=True)),
                ("starts_on", models.DateField(help_text="First day of the month in which its plan begins.")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "asked_revision",
                    models.PositiveIntegerField(help_text="The one that approvers were asked about.", null=True),
                ),
                ("consult_until", models.DateField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="CharterQuestion",
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
                ("text", models.CharField(max_length=200)),
                ("right", models.CharField(max_length=160)),
                (
                    "wrong",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=160), size=None),
                ),
                ("sentence", models.CharField(max_length=300)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="governance.charterversion",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CharterOpinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("text", models.TextField(blank=True)),
                ("said_at", models.DateTimeField(null=True)),
                ("revision", models.PositiveIntegerField(help_text="Which words they had read.", null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinions",
                        to="governance.charterversion",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "first",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BooleanField(), help_text="Which questions they had right at once.", size=None
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=1)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acknowledgements",
                        to="governance.charterversion",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
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
                ("month", models.DateField()),
                ("name", models.CharField(max_length=160)),
                ("done_on", models.DateField(blank=True, null=True)),
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan", to="governance.charterversion"
                    ),
                ),
            ],
            options={
                "ordering": ["month", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RoadMark",
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
                    "horizon",
                    models.CharField(choices=[("short", "short strategy"), ("long", "long strategy")], max_length=5),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("driver", "driver"), ("milestone", "milestone")], default="milestone", max_length=10
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("month", models.DateField(blank=True, null=True)),
                ("reached_on", models.DateField(blank=True, null=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="governance.charterversion",
                    ),
                ),
            ],
            options={
                "ordering": ["horizon", models.OrderBy(models.F("month"), nulls_first=True), "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ScopeLine",
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
                ("inside", models.BooleanField(default=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        blank=True, help_text="The kind of work as demand is counted by it.", max_length=60
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        help_text="What requests of it say.",
                        size=None,
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(decimal_places=2, help_text="Working hours for one of it.", max_digits=6),
                ),
                (
                    "because",
                    models.TextField(blank=True, help_text="Why it is not ours, or under which condition it is."),
                ),
                (
                    "redirect_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="governance.charterversion",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlottedRequest",
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
                ("text", models.CharField(max_length=300)),
                ("asked_by", models.CharField(blank=True, help_text="Who asks, in a word or two.", max_length=120)),
                ("subject_type", models.CharField(blank=True, max_length=32)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("url", models.CharField(blank=True, max_length=200)),
                (
                    "place",
                    models.CharField(
                        choices=[("inside", "in scope"), ("outside", "out of scope"), ("off", "not in the charter")],
                        max_length=10,
                    ),
                ),
                ("line_name", models.CharField(blank=True, max_length=120)),
                ("kind", models.CharField(blank=True, max_length=60)),
                ("count", models.PositiveIntegerField(default=1)),
                ("hours", models.DecimalField(decimal_places=2, max_digits=9)),
                ("month", models.DateField()),
                ("available", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "needed",
                    models.DecimalField(
                        decimal_places=2, help_text="Asked of the month before this came.", max_digits=9
                    ),
                ),
                (
                    "displaced",
                    models.JSONField(default=list, help_text="What falls off, the latest first: name, hours, address."),
                ),
                ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("plotted", "to decide"),
                            ("taken", "taken on"),
                            ("redirected", "passed on"),
                            ("declined", "said no to"),
                            ("settled", "answered elsewhere"),
                        ],
                        default="plotted",
                        max_length=10,
                    ),
                ),
                ("because", models.TextField(blank=True)),
                ("due_on", models.DateField(null=True)),
                ("outcome", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plotted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "redirect_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="governance.scopeline",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CharterOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to="governance.charterlink",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("link"), models.OrderBy(models.F("at"), descending=True), name="charter_opening_newest"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="charterversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "consult", "approved", "published", "superseded"])),
                name="charter_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="charterversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__day", 1)), name="charter_plan_starts_with_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="charterversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")), fields=("state",), name="charter_one_is_published"
            ),
        ),
        migrations.AddIndex(
            model_name="charteropinion",
            index=models.Index(
                condition=models.Q(("said_at__isnull", True)), fields=["user"], name="charter_opinion_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="charteropinion",
            constraint=models.UniqueConstraint(fields=("version", "user"), name="charter_opinion_once"),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.UniqueConstraint(fields=("version", "user"), name="charter_acknowledged_once"),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.CheckConstraint(condition=models.Q(("month__day", 1)), name="plan_step_month_begins"),
        ),
        migrations.AddConstraint(
            model_name="roadmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "driver"), ("month__isnull", True)),
                    models.Q(("kind", "milestone"), ("month__day", 1), ("month__isnull", False)),
                    _connector="OR",
                ),
                name="road_milestones_have_a_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="scopeline",
            constraint=models.UniqueConstraint(fields=("version", "name"), name="scope_line_once"),
        ),
        migrations.AddConstraint(
            model_name="scopeline",
            constraint=models.CheckConstraint(condition=models.Q(("hours__gt", 0)), name="scope_line_takes_time"),
        ),
        migrations.AddIndex(
            model_name="plottedrequest",
            index=models.Index(fields=["state", "-id"], name="plot_by_state"),
        ),
        migrations.AddIndex(
            model_name="plottedrequest",
            index=models.Index(
                condition=models.Q(("state", "redirected")), fields=["redirect_to", "due_on"], name="plot_waits"
            ),
        ),
        migrations.AddIndex(
            model_name="plottedrequest",
            index=models.Index(fields=["-decided_at"], name="plot_decided"),
        ),
        migrations.AddConstraint(
            model_name="plottedrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["plotted", "taken", "redirected", "declined", "settled"])),
                name="plot_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="plottedrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__gt", 0), ("hours__gt", 0)), name="plot_costs_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="plottedrequest",
            constraint=models.CheckConstraint(condition=models.Q(("month__day", 1)), name="plot_month_begins"),
        ),
        migrations.AddConstraint(
            model_name="plottedrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "redirected"), _negated=True), ("due_on__isnull", False), _connector="OR"
                ),
                name="plot_redirect_has_a_day",
            ),
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
