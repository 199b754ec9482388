"""A rule is a definition that is folded over the stream; the times it was on, its sums and promises get tables."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# What a rule said in columns, as a definition; of its edits likewise.
_DEFINITION = """
UPDATE {table} SET definition = jsonb_build_object(
    'shape', 1,
    'topic', topic,
    'who', beneficiary,
    'gives', jsonb_build_object('amount', points)
) || CASE WHEN cap_per_quarter IS NULL THEN '{{}}'::jsonb ELSE jsonb_build_object(
    'caps', jsonb_build_array(jsonb_build_object('span', 'quarter', 'most', cap_per_quarter))
) END
"""
# What is on is on from when it was switched on; what was stopped was on until then.
_SPANS = """
INSERT INTO incentives_rulespan (rule_id, version, definition, topics, since, until, approved_by_id)
SELECT id, version, definition, ARRAY[topic], live_since, stopped_at, approved_by_id
FROM incentives_rule
WHERE state = 'live' OR (state = 'stopped' AND stopped_at IS NOT NULL)
"""
# What each rule has given until now: for good, and in each quarter, to each person and to all.
_TALLIES = """
WITH given AS (
    SELECT e.rule_id, w.person_id, p.amount, CASE WHEN e.reverses_id IS NULL THEN 1 ELSE -1 END AS times,
           to_char(date_trunc('quarter', e.occurred_at AT TIME ZONE %(zone)s), 'YYYY-MM-DD') AS quarter
    FROM incentives_posting p
    JOIN incentives_entry e ON e.id = p.entry_id
    JOIN incentives_wallet w ON w.id = p.wallet_id
    WHERE p.book = 'available' AND e.rule_id IS NOT NULL AND w.person_id IS NOT NULL
), spans AS (
    SELECT rule_id, 'p' || person_id AS holder, 'quarter:' || quarter AS span, sum(amount) AS amount,
           sum(times) AS times
    FROM given GROUP BY 1, 2, 3
    UNION ALL
    SELECT rule_id, 'p' || person_id, 'total', sum(amount), sum(times) FROM given GROUP BY 1, 2
    UNION ALL
    SELECT rule_id, '', 'total', sum(amount), sum(times) FROM given GROUP BY 1
)
INSERT INTO incentives_ruletally (rule_id, holder, sums)
SELECT rule_id, holder, jsonb_object_agg(span, jsonb_build_array(amount, times)) FROM spans GROUP BY 1, 2
"""


def into_definitions(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table in ("incentives_rule", "incentives_ruleedit"):
            cursor.execute(_DEFINITION.format(table=table))
        cursor.execute(_SPANS)
        cursor.execute(_TALLIES, {"zone": settings.TIME_ZONE})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the columns go in the same transaction


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0010_catalogue_and_draws"),
        ("people", "0006_calendar_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="rule",
            name="edit_changed",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="rule",
            name="edit_removed",
        ),
        migrations.AddField(
            model_name="rule",
            name="definition",
            field=models.JSONField(default={}),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="ruleedit",
            name="definition",
            field=models.JSONField(default={}),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.PositiveIntegerField()),
                ("topic", models.CharField(max_length=64)),
                ("subject_type", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("until", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "waiting"), ("kept", "came true"), ("lost", "did not come true")],
                        default="open",
                        max_length=6,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RuleSpan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("definition", models.JSONField()),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), help_text="What it listens to.", size=None
                    ),
                ),
                ("since", models.DateTimeField(help_text="Empty: it came with the program.", null=True)),
                ("until", models.DateTimeField(help_text="Empty: it is on.", null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RuleTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holder", models.CharField(blank=True, max_length=24)),
                ("sums", models.JSONField(default=dict, help_text='{"quarter:2026-10-01": [amount, times]}')),
            ],
            options={
                "verbose_name_plural": "rule tallies",
            },
        ),
        migrations.AddField(
            model_name="promise",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="promise", to="incentives.entry"
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="wallet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incentives.wallet"
            ),
        ),
        migrations.AddField(
            model_name="rulespan",
            name="approved_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rulespan",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="spans", to="incentives.rule"
            ),
        ),
        migrations.AddField(
            model_name="ruletally",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tallies", to="incentives.rule"
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["subject_type", "subject_id", "topic"],
                name="promise_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(condition=models.Q(("state", "open")), fields=["until"], name="promise_runs_out"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "kept", "lost"])), name="promise_state_known"
            ),
        ),
        migrations.AddIndex(
            model_name="rulespan",
            index=django.contrib.postgres.indexes.GinIndex(fields=["topics"], name="rule_span_listens"),
        ),
        migrations.AddConstraint(
            model_name="rulespan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)), fields=("rule",), name="rule_is_on_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruletally",
            constraint=models.UniqueConstraint(fields=("rule", "holder"), name="rule_tally_once"),
        ),
        migrations.RunPython(into_definitions, elidable=False),
        migrations.RemoveConstraint(
            model_name="rule",
            name="rule_gives_points",
        ),
        migrations.RemoveIndex(
            model_name="rule",
            name="rule_listens",
        ),
        migrations.RemoveField(
            model_name="rule",
            name="beneficiary",
        ),
        migrations.RemoveField(
            model_name="rule",
            name="cap_per_quarter",
        ),
        migrations.RemoveField(
            model_name="rule",
            name="points",
        ),
        migrations.RemoveField(
            model_name="rule",
            name="topic",
        ),
        migrations.RemoveField(
            model_name="ruleedit",
            name="beneficiary",
        ),
        migrations.RemoveField(
            model_name="ruleedit",
            name="cap_per_quarter",
        ),
        migrations.RemoveField(
            model_name="ruleedit",
            name="points",
        ),
        migrations.RemoveField(
            model_name="ruleedit",
            name="topic",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rule",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_ruleedit" ("approved_by_id", "changed_by_id", "created_by_id", "definition", "id", "live_since", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "stopped_at") SELECT old_values."approved_by_id", old_values."changed_by_id", old_values."created_by_id", old_values."definition", old_values."id", old_values."live_since", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."state", old_values."stopped_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."approved_by_id" IS DISTINCT FROM (new_values."approved_by_id") OR old_values."changed_by_id" IS DISTINCT FROM (new_values."changed_by_id") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."definition" IS DISTINCT FROM (new_values."definition") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."live_since" IS DISTINCT FROM (new_values."live_since") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."stopped_at" IS DISTINCT FROM (new_values."stopped_at")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="70990dade67d1611c24a8487b8fb4c8a9848f0b1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_bfa00",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="incentives_rule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rule",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_ruleedit" ("approved_by_id", "changed_by_id", "created_by_id", "definition", "id", "live_since", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "stopped_at") SELECT old_values."approved_by_id", old_values."changed_by_id", old_values."created_by_id", old_values."definition", old_values."id", old_values."live_since", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."state", old_values."stopped_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e90dd520cca9d7528bc4b3a150f28e63feedb4d7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_a9c76",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="incentives_rule",
                    when="AFTER",
                ),
            ),
        ),
    ]
