"""Edits of the charter, of what was plotted, of stakeholders, the directory and launches are kept."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0018_months_that_lack_hours"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CharterQuestionEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("text", models.CharField(max_length=200)),
                ("right", models.CharField(max_length=160)),
                (
                    "wrong",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=160), size=None),
                ),
                ("sentence", models.CharField(max_length=300)),
            ],
            options={
                "verbose_name": "edit of charter question",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CharterVersionEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("mission", models.TextField(blank=True)),
                ("short_strategy", models.TextField(blank=True)),
                ("long_strategy", models.TextField(blank=True)),
                ("starts_on", models.DateField(help_text="First day of the month in which its plan begins.")),
                ("consult_until", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "edit of charter version",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DirectoryEntryEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "knows",
                    models.CharField(
                        choices=[("sales", "sales star"), ("engineering", "engineer"), ("operations", "operations")],
                        max_length=12,
                    ),
                ),
                ("topics", models.CharField(max_length=300)),
                ("reach", models.CharField(blank=True, help_text="How they like to be asked.", max_length=200)),
            ],
            options={
                "verbose_name": "edit of directory entry",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LaunchEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=160)),
                ("product", models.CharField(blank=True, max_length=120)),
                ("on", models.DateField()),
                (
                    "references",
                    models.PositiveSmallIntegerField(default=0, help_text="How many customers have to speak for it."),
                ),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("1.5"), help_text="For each of them.", max_digits=5
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of launch",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlanStepEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("month", models.DateField()),
                ("name", models.CharField(max_length=160)),
                ("done_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "edit of plan step",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlottedRequestEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("asked_by", models.CharField(blank=True, help_text="Who asks, in a word or two.", max_length=120)),
                ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("because", models.TextField(blank=True)),
                ("due_on", models.DateField(null=True)),
                ("outcome", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "edit of plotted request",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequirementEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("met_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "edit of requirement",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RoadMarkEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
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
            ],
            options={
                "verbose_name": "edit of road mark",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ScopeLineEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
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
            ],
            options={
                "verbose_name": "edit of scope line",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StakeholderEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                (
                    "part",
                    models.CharField(blank=True, help_text="What they are in the company, or outside.", max_length=120),
                ),
                (
                    "influence",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "interest",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "success",
                    models.TextField(
                        blank=True, help_text="When they would call the program a success, in their words."
                    ),
                ),
                (
                    "every_days",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="How often they are spoken to; 0: no rhythm."
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of stakeholder",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charterquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_charterquestionedit" ("id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "sentence", "text", "version_id", "wrong") SELECT old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."right", old_values."sentence", old_values."text", old_values."version_id", old_values."wrong" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."right" IS DISTINCT FROM (new_values."right") OR old_values."sentence" IS DISTINCT FROM (new_values."sentence") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."version_id" IS DISTINCT FROM (new_values."version_id") OR old_values."wrong" IS DISTINCT FROM (new_values."wrong")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e21df8f55bed162708a9d041bd0680cbbb4f4f7b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_54a42",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_charterquestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charterquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_charterquestionedit" ("id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "sentence", "text", "version_id", "wrong") SELECT old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."right", old_values."sentence", old_values."text", old_values."version_id", old_values."wrong" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d182bf745e678be800f0c6690526e8a308654b64",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_e61ef",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_charterquestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charterquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_charterquestionedit" ("id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "sentence", "text", "version_id", "wrong") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."right", new_values."sentence", new_values."text", new_values."version_id", new_values."wrong" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="91b3001150bee9f1c670ff82b01880383687865f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_edit_added_dbf8a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="governance_charterquestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charterversion",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_charterversionedit" ("consult_until", "id", "long_strategy", "mission", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_strategy", "starts_on") SELECT old_values."consult_until", old_values."id", old_values."long_strategy", old_values."mission", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."short_strategy", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."consult_until" IS DISTINCT FROM (new_values."consult_until") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."long_strategy" IS DISTINCT FROM (new_values."long_strategy") OR old_values."mission" IS DISTINCT FROM (new_values."mission") OR old_values."short_strategy" IS DISTINCT FROM (new_values."short_strategy") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a245338725d7fbec850b8913d5e78065c093d2aa",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_7e242",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_charterversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="charterversion",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_charterversionedit" ("consult_until", "id", "long_strategy", "mission", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_strategy", "starts_on") SELECT old_values."consult_until", old_values."id", old_values."long_strategy", old_values."mission", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."short_strategy", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="9e890c7bbd6a7c4905998aff81ccfc5181be7de6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_f9ebf",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_charterversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="directoryentry",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_directoryentryedit" ("id", "knows", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "topics", "user_id") SELECT old_values."id", old_values."knows", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."reach", old_values."topics", old_values."user_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."knows" IS DISTINCT FROM (new_values."knows") OR old_values."reach" IS DISTINCT FROM (new_values."reach") OR old_values."topics" IS DISTINCT FROM (new_values."topics") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1d24dae838ddd6b6358b8c33c6219255c0464625",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_2dca2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_directoryentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="directoryentry",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_directoryentryedit" ("id", "knows", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "topics", "user_id") SELECT old_values."id", old_values."knows", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."reach", old_values."topics", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8b55178e3038e54452b2f5dedc68c02cf53144e2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_8b728",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_directoryentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="launch",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_launchedit" ("hours", "id", "name", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "references") SELECT old_values."hours", old_values."id", old_values."name", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."product", old_values."references" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."hours" IS DISTINCT FROM (new_values."hours") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."on" IS DISTINCT FROM (new_values."on") OR old_values."product" IS DISTINCT FROM (new_values."product") OR old_values."references" IS DISTINCT FROM (new_values."references")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f05ec2ce9aa83447ee5461aa8a1a3486f9ffe4ec",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_fce2b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_launch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="launch",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_launchedit" ("hours", "id", "name", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "references") SELECT old_values."hours", old_values."id", old_values."name", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."product", old_values."references" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="dc2da4598077919d3df02127567d94b2ef1733a7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_7cdf3",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_launch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planstep",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_planstepedit" ("done_on", "id", "month", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT old_values."done_on", old_values."id", old_values."month", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."version_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."done_on" IS DISTINCT FROM (new_values."done_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."month" IS DISTINCT FROM (new_values."month") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."version_id" IS DISTINCT FROM (new_values."version_id")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8873e6e3f52c3e8b051428907082393c2caae32f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_ec441",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_planstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planstep",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_planstepedit" ("done_on", "id", "month", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT old_values."done_on", old_values."id", old_values."month", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4e023054270b6c45847c5f082839eae5131977a7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_ac9f0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_planstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="planstep",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_planstepedit" ("done_on", "id", "month", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT new_values."done_on", new_values."id", new_values."month", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b97138e564efd97b7001c9fbeaabb5d1f75c024e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_edit_added_939c8",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="governance_planstep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plottedrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_plottedrequestedit" ("asked_by", "because", "due_on", "id", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "redirect_to_id", "text", "value") SELECT old_values."asked_by", old_values."because", old_values."due_on", old_values."id", old_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."redirect_to_id", old_values."text", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."asked_by" IS DISTINCT FROM (new_values."asked_by") OR old_values."because" IS DISTINCT FROM (new_values."because") OR old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."redirect_to_id" IS DISTINCT FROM (new_values."redirect_to_id") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."value" IS DISTINCT FROM (new_values."value")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a3453204411b37e0e731b50f323d1a6809012514",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_97c38",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_plottedrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plottedrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_plottedrequestedit" ("asked_by", "because", "due_on", "id", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "redirect_to_id", "text", "value") SELECT old_values."asked_by", old_values."because", old_values."due_on", old_values."id", old_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."redirect_to_id", old_values."text", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bf90b5b63e4cd8e4944c3e7f0a41ae1d75a87c19",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_70f6e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_plottedrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requirement",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_requirementedit" ("due_on", "id", "met_on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "stakeholder_id", "text") SELECT old_values."due_on", old_values."id", old_values."met_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."stakeholder_id", old_values."text" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."met_on" IS DISTINCT FROM (new_values."met_on") OR old_values."stakeholder_id" IS DISTINCT FROM (new_values."stakeholder_id") OR old_values."text" IS DISTINCT FROM (new_values."text")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a31d5e80ee4ba5ca1e197d89f160542801e6548e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_227ff",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_requirement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requirement",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_requirementedit" ("due_on", "id", "met_on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "stakeholder_id", "text") SELECT old_values."due_on", old_values."id", old_values."met_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."stakeholder_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="79f2c31612ac5098f6d1150e49c1e3192e1f1849",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_9521d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_requirement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requirement",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_requirementedit" ("due_on", "id", "met_on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "stakeholder_id", "text") SELECT new_values."due_on", new_values."id", new_values."met_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."stakeholder_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d62e90aed795ed39be7222fafc59da987d9256ce",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_edit_added_9b3be",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="governance_requirement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roadmark",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_roadmarkedit" ("horizon", "id", "kind", "month", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reached_on", "version_id") SELECT old_values."horizon", old_values."id", old_values."kind", old_values."month", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."reached_on", old_values."version_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."horizon" IS DISTINCT FROM (new_values."horizon") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."month" IS DISTINCT FROM (new_values."month") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."reached_on" IS DISTINCT FROM (new_values."reached_on") OR old_values."version_id" IS DISTINCT FROM (new_values."version_id")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="739690c96e3360375c9c48f3f27c131229cca0bf",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_c5856",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_roadmark",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roadmark",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_roadmarkedit" ("horizon", "id", "kind", "month", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reached_on", "version_id") SELECT old_values."horizon", old_values."id", old_values."kind", old_values."month", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."reached_on", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c6e3fde2579d78af7736ae95fd5d6ce57cab4b60",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_d839a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_roadmark",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roadmark",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_roadmarkedit" ("horizon", "id", "kind", "month", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reached_on", "version_id") SELECT new_values."horizon", new_values."id", new_values."kind", new_values."month", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."reached_on", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c5c576b6a203e86bbe3e193cd1d0a4a12a7d6210",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_edit_added_783a1",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="governance_roadmark",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scopeline",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_scopelineedit" ("because", "hours", "id", "inside", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "redirect_to_id", "version_id", "words") SELECT old_values."because", old_values."hours", old_values."id", old_values."inside", old_values."kind", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."redirect_to_id", old_values."version_id", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."because" IS DISTINCT FROM (new_values."because") OR old_values."hours" IS DISTINCT FROM (new_values."hours") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."inside" IS DISTINCT FROM (new_values."inside") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."redirect_to_id" IS DISTINCT FROM (new_values."redirect_to_id") OR old_values."version_id" IS DISTINCT FROM (new_values."version_id") OR old_values."words" IS DISTINCT FROM (new_values."words")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3131bcddb431991fb865bdae4aa5c4687932bd05",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_aeb03",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_scopeline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scopeline",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_scopelineedit" ("because", "hours", "id", "inside", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "redirect_to_id", "version_id", "words") SELECT old_values."because", old_values."hours", old_values."id", old_values."inside", old_values."kind", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."redirect_to_id", old_values."version_id", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="5abd93cb56cd6631bb4b9229c98003a2fda9c20a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_e351b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_scopeline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scopeline",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_scopelineedit" ("because", "hours", "id", "inside", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "redirect_to_id", "version_id", "words") SELECT new_values."because", new_values."hours", new_values."id", new_values."inside", new_values."kind", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."redirect_to_id", new_values."version_id", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b3c1c7138b00d50bd22cdd9af7e451caa80583a7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_edit_added_fff2f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="governance_scopeline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stakeholder",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_stakeholderedit" ("every_days", "group_id", "id", "influence", "interest", "keeper_id", "name", "part", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "success", "user_id") SELECT old_values."every_days", old_values."group_id", old_values."id", old_values."influence", old_values."interest", old_values."keeper_id", old_values."name", old_values."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."success", old_values."user_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."every_days" IS DISTINCT FROM (new_values."every_days") OR old_values."group_id" IS DISTINCT FROM (new_values."group_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."influence" IS DISTINCT FROM (new_values."influence") OR old_values."interest" IS DISTINCT FROM (new_values."interest") OR old_values."keeper_id" IS DISTINCT FROM (new_values."keeper_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."part" IS DISTINCT FROM (new_values."part") OR old_values."success" IS DISTINCT FROM (new_values."success") OR old_values."user_id" IS DISTINCT FROM (new_values."user_id")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="eed2f54e3d4145efe434d970ce2ced6e10dabfc3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_c070d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_stakeholder",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stakeholder",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_stakeholderedit" ("every_days", "group_id", "id", "influence", "interest", "keeper_id", "name", "part", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "success", "user_id") SELECT old_values."every_days", old_values."group_id", old_values."id", old_values."influence", old_values."interest", old_values."keeper_id", old_values."name", old_values."part", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."success", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="fdac84d2bc27ce049c2b88262957315923c79293",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_31ae5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_stakeholder",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="charterquestionedit",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.charterquestion",
            ),
        ),
        migrations.AddField(
            model_name="charterquestionedit",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.charterversion",
            ),
        ),
        migrations.AddField(
            model_name="charterversionedit",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.charterversion",
            ),
        ),
        migrations.AddField(
            model_name="directoryentryedit",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.directoryentry",
            ),
        ),
        migrations.AddField(
            model_name="directoryentryedit",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="launchedit",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.launch",
            ),
        ),
        migrations.AddField(
            model_name="planstepedit",
            name="owner",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="planstepedit",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.planstep",
            ),
        ),
        migrations.AddField(
            model_name="planstepedit",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.charterversion",
            ),
        ),
        migrations.AddField(
            model_name="plottedrequestedit",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.plottedrequest",
            ),
        ),
        migrations.AddField(
            model_name="plottedrequestedit",
            name="redirect_to",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="requirementedit",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.requirement",
            ),
        ),
        migrations.AddField(
            model_name="requirementedit",
            name="stakeholder",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.stakeholder",
            ),
        ),
        migrations.AddField(
            model_name="roadmarkedit",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.roadmark",
            ),
        ),
        migrations.AddField(
            model_name="roadmarkedit",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.charterversion",
            ),
        ),
        migrations.AddField(
            model_name="scopelineedit",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.scopeline",
            ),
        ),
        migrations.AddField(
            model_name="scopelineedit",
            name="redirect_to",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="scopelineedit",
            name="version",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.charterversion",
            ),
        ),
        migrations.AddField(
            model_name="stakeholderedit",
            name="group",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.stakeholdergroup",
            ),
        ),
        migrations.AddField(
            model_name="stakeholderedit",
            name="keeper",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="stakeholderedit",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="governance.stakeholder",
            ),
        ),
        migrations.AddField(
            model_name="stakeholderedit",
            name="user",
            field=models.ForeignKey(
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
        migrations.AddIndex(
            model_name="charterquestionedit",
            index=models.Index(fields=["version", "-pgh_id"], name="charterquestionedit_of"),
        ),
        migrations.AddIndex(
            model_name="planstepedit",
            index=models.Index(fields=["version", "-pgh_id"], name="planstepedit_of"),
        ),
        migrations.AddIndex(
            model_name="requirementedit",
            index=models.Index(fields=["stakeholder", "-pgh_id"], name="requirementedit_of"),
        ),
        migrations.AddIndex(
            model_name="roadmarkedit",
            index=models.Index(fields=["version", "-pgh_id"], name="roadmarkedit_of"),
        ),
        migrations.AddIndex(
            model_name="scopelineedit",
            index=models.Index(fields=["version", "-pgh_id"], name="scopelineedit_of"),
        ),
    ]
