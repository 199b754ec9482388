"""Pilots: what is tried with a few first, by what it is judged, what sales said, what its people wrote down."""

import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import refprogram.kernel.models.base
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0019_edits_of_charter_and_map"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pilot",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("rule", "rule"),
                            ("wave", "wave"),
                            ("message", "message of a campaign"),
                            ("feature", "feature"),
                        ],
                        max_length=8,
                    ),
                ),
                ("thing", models.CharField(max_length=40)),
                ("label", models.CharField(help_text="How it was called when it was chosen.", max_length=200)),
                ("touches_customers", models.BooleanField(default=False)),
                ("hypothesis", models.TextField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("consulting", "sales is asked"),
                            ("ready", "ready"),
                            ("running", "running"),
                            ("ended", "to decide"),
                            ("rolled_out", "rolled out to all"),
                            ("repeated", "changed and tried again"),
                            ("stopped", "stopped"),
                            ("cancelled", "called off"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("begun_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("because", models.TextField(blank=True, help_text="Why it was decided so.")),
                ("decided_at", models.DateTimeField(null=True)),
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
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="repeated_by",
                        to="governance.pilot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PilotConsult",
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
                ("version", models.PositiveSmallIntegerField()),
                ("question", models.TextField(blank=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("yes", "yes"), ("yes_if", "yes, if"), ("no", "no")], max_length=8
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("condition", models.CharField(blank=True, max_length=300)),
                ("by_mail", models.BooleanField(default=False)),
                ("answered_at", models.DateTimeField(null=True)),
                ("met_at", models.DateTimeField(help_text="When the condition was met.", null=True)),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "met_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consults", to="governance.pilot"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PilotCriterion",
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
                ("how", models.CharField(blank=True, help_text="How it is measured.", max_length=200)),
                ("target", models.CharField(blank=True, max_length=80)),
                ("seen", models.CharField(blank=True, max_length=300)),
                ("met", models.BooleanField(null=True)),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="governance.pilot"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PilotEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rule", "rule"),
                            ("wave", "wave"),
                            ("message", "message of a campaign"),
                            ("feature", "feature"),
                        ],
                        max_length=8,
                    ),
                ),
                ("thing", models.CharField(max_length=40)),
                ("label", models.CharField(help_text="How it was called when it was chosen.", max_length=200)),
                ("touches_customers", models.BooleanField(default=False)),
                ("hypothesis", models.TextField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("consulting", "sales is asked"),
                            ("ready", "ready"),
                            ("running", "running"),
                            ("ended", "to decide"),
                            ("rolled_out", "rolled out to all"),
                            ("repeated", "changed and tried again"),
                            ("stopped", "stopped"),
                            ("cancelled", "called off"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("because", models.TextField(blank=True, help_text="Why it was decided so.")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
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
                    "made_by",
                    models.ForeignKey(
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
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                        to="governance.pilot",
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.pilot",
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of pilot",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PilotMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="governance.pilot"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PilotNote",
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
                ("text", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="governance.pilot"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddIndex(
            model_name="pilot",
            index=models.Index(fields=["state", "-id"], name="pilot_by_state"),
        ),
        migrations.AddIndex(
            model_name="pilot",
            index=models.Index(fields=["kind", "thing", "-id"], name="pilot_of_thing"),
        ),
        migrations.AddConstraint(
            model_name="pilot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "consulting",
                            "ready",
                            "running",
                            "ended",
                            "rolled_out",
                            "repeated",
                            "stopped",
                            "cancelled",
                        ],
                    )
                ),
                name="pilot_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pilot",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["rule", "wave", "message", "feature"])), name="pilot_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="pilot",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="pilot_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="pilot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("rolled_out", "repeated", "stopped")), _negated=True),
                    models.Q(("decided_at__isnull", False), models.Q(("because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="pilot_decided_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="pilot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "consulting", "ready", "running", "ended"))),
                fields=("kind", "thing"),
                name="pilot_one_is_open",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pilot",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_pilotedit" ("because", "begun_at", "decided_at", "decided_by_id", "ended_at", "ends_on", "hypothesis", "id", "kind", "label", "made_by_id", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "repeats_id", "starts_on", "state", "thing", "touches_customers") SELECT old_values."because", old_values."begun_at", old_values."decided_at", old_values."decided_by_id", old_values."ended_at", old_values."ends_on", old_values."hypothesis", old_values."id", old_values."kind", old_values."label", old_values."made_by_id", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."repeats_id", old_values."starts_on", old_values."state", old_values."thing", old_values."touches_customers" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."because" IS DISTINCT FROM (new_values."because") OR old_values."begun_at" IS DISTINCT FROM (new_values."begun_at") OR old_values."decided_at" IS DISTINCT FROM (new_values."decided_at") OR old_values."decided_by_id" IS DISTINCT FROM (new_values."decided_by_id") OR old_values."ended_at" IS DISTINCT FROM (new_values."ended_at") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."hypothesis" IS DISTINCT FROM (new_values."hypothesis") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."label" IS DISTINCT FROM (new_values."label") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."repeats_id" IS DISTINCT FROM (new_values."repeats_id") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."thing" IS DISTINCT FROM (new_values."thing") OR old_values."touches_customers" IS DISTINCT FROM (new_values."touches_customers")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ab1534048284572254d6efed0d796d5e549d30ce",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_0fd77",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_pilot",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pilot",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_pilotedit" ("because", "begun_at", "decided_at", "decided_by_id", "ended_at", "ends_on", "hypothesis", "id", "kind", "label", "made_by_id", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "repeats_id", "starts_on", "state", "thing", "touches_customers") SELECT old_values."because", old_values."begun_at", old_values."decided_at", old_values."decided_by_id", old_values."ended_at", old_values."ends_on", old_values."hypothesis", old_values."id", old_values."kind", old_values."label", old_values."made_by_id", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."repeats_id", old_values."starts_on", old_values."state", old_values."thing", old_values."touches_customers" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a17ed0987ee49ac1e33b19a9c34401dd31a3136f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_545d4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_pilot",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="pilotconsult",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)), fields=["asked"], name="pilot_waits_for"
            ),
        ),
        migrations.AddConstraint(
            model_name="pilotconsult",
            constraint=models.UniqueConstraint(fields=("pilot", "version", "asked"), name="pilot_asked_once"),
        ),
        migrations.AddConstraint(
            model_name="pilotconsult",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked", models.F("asked_by")), _negated=True), name="pilot_nobody_asks_themselves"
            ),
        ),
        migrations.AddConstraint(
            model_name="pilotconsult",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", ""), ("answered_at__isnull", False), _connector="OR"),
                name="pilot_answer_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="pilotconsult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "yes_if"), _negated=True),
                    models.Q(("condition", ""), _negated=True),
                    _connector="OR",
                ),
                name="pilot_yes_if_says_if_what",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pilotconsult",
            trigger=pgtrigger.compiler.Trigger(
                name="pilot_answer_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.answered_at IS NOT NULL AND (\n    OLD.pilot_id, OLD.version, OLD.asked_id, OLD.asked_by_id, OLD.question, OLD.answer, OLD.words, OLD.condition,\n    OLD.answered_at\n) IS DISTINCT FROM (\n    NEW.pilot_id, NEW.version, NEW.asked_id, NEW.asked_by_id, NEW.question, NEW.answer, NEW.words, NEW.condition,\n    NEW.answered_at\n))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="4f9f7a38fe027d63f38f52ba14a9b0c000fc1abc",
                    operation="UPDATE",
                    pgid="pgtrigger_pilot_answer_stands_63687",
                    table="governance_pilotconsult",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pilotconsult",
            trigger=pgtrigger.compiler.Trigger(
                name="pilot_answer_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answered_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="7991218e9ec6a9dd73bf701e1dde21ff789b98ff",
                    operation="DELETE",
                    pgid="pgtrigger_pilot_answer_stays_c32c2",
                    table="governance_pilotconsult",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="pilotmember",
            constraint=models.UniqueConstraint(fields=("pilot", "user"), name="pilot_member_once"),
        ),
    ]
