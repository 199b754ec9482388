"""Pay: months, accruals, escalators, SPIFFs, disputes, and the file for payroll."""

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import refprogram.kernel.models.base
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0007_postings_weighed_as_they_come"),
        ("kernel", "0006_program_settings"),
        ("people", "0006_calendar_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Escalator",
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
                ("tiers", models.JSONField()),
                ("most_a_month", models.DecimalField(decimal_places=2, max_digits=14)),
                ("starts_on", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("live", "on"), ("stopped", "off")], default="draft", max_length=7
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Accrual",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=refprogram.kernel.models.base.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rule", "by a rule"),
                            ("spiff", "SPIFF prize"),
                            ("escalator", "escalator"),
                            ("reversal", "taken back"),
                            ("hand", "corrected by hand"),
                        ],
                        max_length=9,
                    ),
                ),
                ("earned_in", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("escalates", models.BooleanField(default=False)),
                ("memo", models.CharField(max_length=200)),
                ("rule_version", models.PositiveSmallIntegerField(null=True)),
                (
                    "score",
                    models.PositiveSmallIntegerField(help_text="The score that the escalator went by.", null=True),
                ),
                ("occurred_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.event"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="accruals", to="people.person"
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="incentives.accrual",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accruals",
                        to="incentives.rule",
                    ),
                ),
                (
                    "escalator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accruals",
                        to="incentives.escalator",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EscalatorEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("tiers", models.JSONField()),
                ("most_a_month", models.DecimalField(decimal_places=2, max_digits=14)),
                ("starts_on", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("live", "on"), ("stopped", "off")], default="draft", max_length=7
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incentives.escalator",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of escalator",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PayDispute",
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
                ("earned_in", models.DateField(help_text="The month it is about.")),
                ("words", models.TextField()),
                (
                    "wanted",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="What it should be, as they see it.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("upheld", "the amount stands"),
                            ("corrected", "corrected"),
                            ("withdrawn", "taken back"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("due_on", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accrual",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="incentives.accrual",
                    ),
                ),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pay_disputes", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PayPeriod",
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
                ("starts_on", models.DateField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("closing", "waits for the second person"), ("closed", "closed")],
                        default="open",
                        max_length=7,
                    ),
                ),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on"],
            },
        ),
        migrations.CreateModel(
            name="PayLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=refprogram.kernel.models.base.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                (
                    "payee",
                    models.EmailField(
                        blank=True,
                        help_text="By which payroll knows them; as it was when the month closed.",
                        max_length=254,
                    ),
                ),
                ("rules", models.DecimalField(decimal_places=2, max_digits=14)),
                ("spiffs", models.DecimalField(decimal_places=2, max_digits=14)),
                ("escalator", models.DecimalField(decimal_places=2, max_digits=14)),
                ("corrections", models.DecimalField(decimal_places=2, max_digits=14)),
                ("total", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        help_text="Data quality of the month, as it was frozen.", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pay_lines", to="people.person"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="incentives.payperiod"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PayExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.TextField()),
                ("manifest", models.TextField()),
                ("signature", models.CharField(help_text="Ed25519 over the manifest, base64.", max_length=128)),
                ("public_key", models.CharField(help_text="Base64.", max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "period",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="export", to="incentives.payperiod"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="accrual",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="accruals", to="incentives.payperiod"
            ),
        ),
        migrations.CreateModel(
            name="Spiff",
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
                ("name", models.CharField(max_length=120)),
                (
                    "metric",
                    models.CharField(
                        choices=[
                            ("contacts", "most contacts added"),
                            ("templates", "most templates used"),
                            ("dashboard", "best dashboard, by vote"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("field", "sales and support"), ("sales", "sales"), ("support", "customer support")],
                        default="field",
                        max_length=7,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("votes_until", models.DateField(blank=True, null=True)),
                ("prizes", models.JSONField()),
                ("least", models.PositiveIntegerField(default=1)),
                ("proof", models.CharField(help_text="What winners are asked to show.", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("live", "on"),
                            ("proof", "waits for proof"),
                            ("settled", "settled"),
                            ("cancelled", "called off"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("live_since", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, help_text="Why it was called off.", max_length=300)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on", "-id"],
            },
        ),
        migrations.AddField(
            model_name="accrual",
            name="spiff",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="accruals", to="incentives.spiff"
            ),
        ),
        migrations.CreateModel(
            name="SpiffEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                (
                    "metric",
                    models.CharField(
                        choices=[
                            ("contacts", "most contacts added"),
                            ("templates", "most templates used"),
                            ("dashboard", "best dashboard, by vote"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("field", "sales and support"), ("sales", "sales"), ("support", "customer support")],
                        default="field",
                        max_length=7,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("votes_until", models.DateField(blank=True, null=True)),
                ("prizes", models.JSONField()),
                ("least", models.PositiveIntegerField(default=1)),
                ("proof", models.CharField(help_text="What winners are asked to show.", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("live", "on"),
                            ("proof", "waits for proof"),
                            ("settled", "settled"),
                            ("cancelled", "called off"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("live_since", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, help_text="Why it was called off.", max_length=300)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incentives.spiff",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of spiff",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SpiffEntry",
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
                ("title", models.CharField(blank=True, help_text="Of a dashboard that is voted on.", max_length=120)),
                ("address", models.URLField(blank=True, help_text="Where it is looked at.", max_length=500)),
                ("figure", models.PositiveIntegerField(default=0)),
                ("place", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("prize", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=14)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in", "takes part"),
                            ("asked", "proof asked"),
                            ("shown", "proof handed in"),
                            ("proved", "proved"),
                            ("refused", "proof not accepted"),
                            ("lapsed", "no proof in time"),
                        ],
                        default="in",
                        max_length=7,
                    ),
                ),
                ("shown", models.TextField(blank=True, help_text="What they showed as proof.")),
                ("prove_until", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, help_text="Why the proof was not accepted.", max_length=300)),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="spiff_entries", to="people.person"
                    ),
                ),
                (
                    "spiff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="incentives.spiff"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SpiffVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="incentives.spiffentry"
                    ),
                ),
                (
                    "spiff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="incentives.spiff"
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="escalator",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "live", "stopped"])), name="escalator_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="escalator",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_a_month__gt", 0)), name="escalator_adds_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="escalator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__day", 1), models.Q(("until__isnull", True), ("until__day", 1), _connector="OR")
                ),
                name="escalator_by_months",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="escalator",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_escalatoredit" ("approved_at", "approved_by_id", "id", "most_a_month", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "tiers", "until", "written_by_id") SELECT old_values."approved_at", old_values."approved_by_id", old_values."id", old_values."most_a_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."starts_on", old_values."state", old_values."tiers", old_values."until", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."approved_at" IS DISTINCT FROM (new_values."approved_at") OR old_values."approved_by_id" IS DISTINCT FROM (new_values."approved_by_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."most_a_month" IS DISTINCT FROM (new_values."most_a_month") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."tiers" IS DISTINCT FROM (new_values."tiers") OR old_values."until" IS DISTINCT FROM (new_values."until") OR old_values."written_by_id" IS DISTINCT FROM (new_values."written_by_id")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d05d14615a6a0db1f7bb473ab9bc3329a447ed78",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_9f2f1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="incentives_escalator",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="escalator",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_escalatoredit" ("approved_at", "approved_by_id", "id", "most_a_month", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "tiers", "until", "written_by_id") SELECT old_values."approved_at", old_values."approved_by_id", old_values."id", old_values."most_a_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."starts_on", old_values."state", old_values."tiers", old_values."until", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2ff28de9346df67c5693e3126590901755ce606d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_5b6f9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="incentives_escalator",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="paydispute",
            index=models.Index(fields=["state", "due_on"], name="pay_dispute_due"),
        ),
        migrations.AddConstraint(
            model_name="paydispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "upheld", "corrected", "withdrawn"])),
                name="pay_dispute_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paydispute",
            constraint=models.CheckConstraint(condition=models.Q(("earned_in__day", 1)), name="pay_dispute_of_a_month"),
        ),
        migrations.AddConstraint(
            model_name="paydispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accrual__isnull", False), ("state", "open")),
                fields=("accrual",),
                name="pay_dispute_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="payperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "closing", "closed"])), name="pay_period_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="payperiod",
            constraint=models.CheckConstraint(condition=models.Q(("starts_on__day", 1)), name="pay_period_is_a_month"),
        ),
        migrations.AddConstraint(
            model_name="payperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(
                        ("closed_by__isnull", False),
                        ("proposed_by__isnull", False),
                        models.Q(("closed_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="pay_closed_by_two",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="pay_period_stays_closed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'closed')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="38fadc629801b64b9d0ea1c1d89ea0ec2c95fd87",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_pay_period_stays_closed_bbcb6",
                    table="incentives_payperiod",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="payline",
            constraint=models.UniqueConstraint(fields=("period", "person"), name="pay_line_once"),
        ),
        migrations.AddConstraint(
            model_name="payline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("rules"), "+", models.F("spiffs")
                                ),
                                "+",
                                models.F("escalator"),
                            ),
                            "+",
                            models.F("corrections"),
                        ),
                    )
                ),
                name="pay_line_adds_up",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payline",
            trigger=pgtrigger.compiler.Trigger(
                name="pay_line_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b0faa370ebb0b85d9a192edf59221ebc47189a1c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_pay_line_append_only_898f2",
                    table="incentives_payline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payline",
            trigger=pgtrigger.compiler.Trigger(
                name="pay_line_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                    hash="e8995d7965ddfd75142f1b4014e93358362bc10b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_pay_line_not_emptied_e0d53",
                    table="incentives_payline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payexport",
            trigger=pgtrigger.compiler.Trigger(
                name="pay_export_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1a517dba8de57d129f47e9656308dc9048e399b0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_pay_export_append_only_dca11",
                    table="incentives_payexport",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payexport",
            trigger=pgtrigger.compiler.Trigger(
                name="pay_export_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                    hash="12d5ba427a4e2584b72e812e7aebd9760f2f4667",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_pay_export_not_emptied_498bd",
                    table="incentives_payexport",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="spiff",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "live", "proof", "settled", "cancelled"])),
                name="spiff_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="spiff",
            constraint=models.CheckConstraint(
                condition=models.Q(("metric__in", ["contacts", "templates", "dashboard"])), name="spiff_metric_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="spiff",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="spiff_has_a_window"
            ),
        ),
        migrations.AddConstraint(
            model_name="spiff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("metric", "dashboard"), ("votes_until__gte", models.F("ends_on"))),
                    models.Q(models.Q(("metric", "dashboard"), _negated=True), ("votes_until__isnull", True)),
                    _connector="OR",
                ),
                name="spiff_votes_on_dashboards",
            ),
        ),
        migrations.AddConstraint(
            model_name="spiff",
            constraint=models.UniqueConstraint(fields=("name",), name="spiff_name_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spiff",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_spiffedit" ("approved_by_id", "audience", "ends_on", "id", "least", "live_since", "metric", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prizes", "proof", "reason", "settled_at", "starts_on", "state", "votes_until", "written_by_id") SELECT old_values."approved_by_id", old_values."audience", old_values."ends_on", old_values."id", old_values."least", old_values."live_since", old_values."metric", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."prizes", old_values."proof", old_values."reason", old_values."settled_at", old_values."starts_on", old_values."state", old_values."votes_until", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."approved_by_id" IS DISTINCT FROM (new_values."approved_by_id") OR old_values."audience" IS DISTINCT FROM (new_values."audience") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."least" IS DISTINCT FROM (new_values."least") OR old_values."live_since" IS DISTINCT FROM (new_values."live_since") OR old_values."metric" IS DISTINCT FROM (new_values."metric") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."prizes" IS DISTINCT FROM (new_values."prizes") OR old_values."proof" IS DISTINCT FROM (new_values."proof") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."settled_at" IS DISTINCT FROM (new_values."settled_at") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."votes_until" IS DISTINCT FROM (new_values."votes_until") OR old_values."written_by_id" IS DISTINCT FROM (new_values."written_by_id")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ac7215c36bbc138c820a415780673ab6b6b03844",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_cb5ce",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="incentives_spiff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="spiff",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_spiffedit" ("approved_by_id", "audience", "ends_on", "id", "least", "live_since", "metric", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prizes", "proof", "reason", "settled_at", "starts_on", "state", "votes_until", "written_by_id") SELECT old_values."approved_by_id", old_values."audience", old_values."ends_on", old_values."id", old_values."least", old_values."live_since", old_values."metric", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."prizes", old_values."proof", old_values."reason", old_values."settled_at", old_values."starts_on", old_values."state", old_values."votes_until", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4cab23dbec0d42dbfaa9fa1b2f9b1d83c2934e5c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_45223",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="incentives_spiff",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="accrual",
            index=models.Index(fields=["period", "person"], name="accrual_of_month"),
        ),
        migrations.AddIndex(
            model_name="accrual",
            index=models.Index(fields=["person", "-id"], name="accrual_of_person"),
        ),
        migrations.AddConstraint(
            model_name="accrual",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", Decimal("0")), _negated=True), name="accrual_not_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="accrual",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["rule", "spiff", "escalator", "reversal", "hand"])),
                name="accrual_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="accrual",
            constraint=models.CheckConstraint(condition=models.Q(("earned_in__day", 1)), name="accrual_of_a_month"),
        ),
        migrations.AddConstraint(
            model_name="accrual",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reversal"), ("reverses__isnull", False)),
                    models.Q(models.Q(("kind", "reversal"), _negated=True), ("reverses__isnull", True)),
                    _connector="OR",
                ),
                name="accrual_reverses_one",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accrual",
            trigger=pgtrigger.compiler.Trigger(
                name="accrual_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6d8b2874d05d8122e4b0a693a633b791b1901afb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_accrual_append_only_6c3f9",
                    table="incentives_accrual",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accrual",
            trigger=pgtrigger.compiler.Trigger(
                name="accrual_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                    hash="7cd1290b417d571a090e7f4dfa87f0f05516711a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_accrual_not_emptied_c2b40",
                    table="incentives_accrual",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accrual",
            trigger=pgtrigger.compiler.Trigger(
                name="accrual_into_open_month",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nPERFORM FROM incentives_payperiod WHERE id IN (SELECT period_id FROM brought) ORDER BY id FOR SHARE;\nIF EXISTS (\n    SELECT FROM brought JOIN incentives_payperiod p ON p.id = brought.period_id WHERE p.state <> 'open'\n) THEN\n    RAISE EXCEPTION 'this month of pay is closed'\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'pay_period_open';\nEND IF;\nRETURN NULL;\n",
                    hash="cdfe3e8f6354d1deffda4afe48164f94f37834e9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_accrual_into_open_month_87941",
                    referencing="REFERENCING NEW TABLE AS brought ",
                    table="incentives_accrual",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="spiffentry",
            constraint=models.UniqueConstraint(fields=("spiff", "person"), name="spiff_entry_once"),
        ),
        migrations.AddConstraint(
            model_name="spiffentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["in", "asked", "shown", "proved", "refused", "lapsed"])),
                name="spiff_entry_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="spiffvote",
            constraint=models.UniqueConstraint(fields=("spiff", "voter"), name="spiff_vote_once"),
        ),
    ]
