"""What is introduced and how people are made ready for it; what they say about the program, and the answers."""

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
        ("governance", "0022_face_time"),
        ("people", "0006_calendar_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Audience",
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
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("marketer", "Reference manager"),
                            ("rep", "Sales rep"),
                            ("support", "Customer support"),
                            ("manager", "Sales manager"),
                            ("sales_head", "Head of sales"),
                            ("executive", "Executive sponsor"),
                            ("finance", "Finance"),
                            ("legal", "Legal"),
                            ("judge", "Judge"),
                            ("admin", "Administrator"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=120)),
                ("current", models.TextField()),
                ("desired", models.TextField()),
                ("measure", models.CharField(blank=True, max_length=300)),
                ("metric", models.CharField(blank=True, max_length=80)),
                ("metric_name", models.CharField(blank=True, max_length=120)),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.team",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Change",
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
                ("name", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("program", "the program itself"),
                            ("rule", "a rule"),
                            ("wave", "a wave or campaign"),
                            ("tool", "a tool"),
                            ("other", "something else"),
                        ],
                        default="program",
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("starts_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "under way"), ("done", "settled in"), ("dropped", "called off")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("support_channel", models.CharField(blank=True, help_text="Where people ask.", max_length=200)),
                ("support_until", models.DateField(blank=True, null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "support_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AudienceEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("marketer", "Reference manager"),
                            ("rep", "Sales rep"),
                            ("support", "Customer support"),
                            ("manager", "Sales manager"),
                            ("sales_head", "Head of sales"),
                            ("executive", "Executive sponsor"),
                            ("finance", "Finance"),
                            ("legal", "Legal"),
                            ("judge", "Judge"),
                            ("admin", "Administrator"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=120)),
                ("current", models.TextField()),
                ("desired", models.TextField()),
                ("measure", models.CharField(blank=True, max_length=300)),
                ("metric", models.CharField(blank=True, max_length=80)),
                ("metric_name", models.CharField(blank=True, max_length=120)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.audience",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.team",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.change",
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of audience",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="audience",
            name="change",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="audiences", to="governance.change"
            ),
        ),
        migrations.CreateModel(
            name="ChangeEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("program", "the program itself"),
                            ("rule", "a rule"),
                            ("wave", "a wave or campaign"),
                            ("tool", "a tool"),
                            ("other", "something else"),
                        ],
                        default="program",
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("starts_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "under way"), ("done", "settled in"), ("dropped", "called off")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("support_channel", models.CharField(blank=True, help_text="Where people ask.", max_length=200)),
                ("support_until", models.DateField(blank=True, null=True)),
                (
                    "owner",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.change",
                    ),
                ),
                (
                    "support_by",
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
                "verbose_name": "edit of change",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChangeStep",
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
                ("kind", models.CharField(choices=[("message", "message"), ("training", "training")], max_length=10)),
                ("name", models.CharField(max_length=200)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mail", "mail"),
                            ("meeting", "meeting"),
                            ("chat", "chat"),
                            ("page", "page in the intranet"),
                            ("video", "video"),
                            ("personal", "in person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField()),
                (
                    "who",
                    models.CharField(
                        blank=True, help_text="Who comes, where that is not the audience.", max_length=200
                    ),
                ),
                ("link", models.URLField(blank=True, help_text="The material.", max_length=500)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "audience",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="steps",
                        to="governance.audience",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="governance.change"
                    ),
                ),
                (
                    "done_by",
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
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ChangeStepEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(choices=[("message", "message"), ("training", "training")], max_length=10)),
                ("name", models.CharField(max_length=200)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mail", "mail"),
                            ("meeting", "meeting"),
                            ("chat", "chat"),
                            ("page", "page in the intranet"),
                            ("video", "video"),
                            ("personal", "in person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField()),
                (
                    "who",
                    models.CharField(
                        blank=True, help_text="Who comes, where that is not the audience.", max_length=200
                    ),
                ),
                ("link", models.URLField(blank=True, help_text="The material.", max_length=500)),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "audience",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.audience",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.change",
                    ),
                ),
                (
                    "done_by",
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
                    "owner",
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
                        to="governance.changestep",
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of change step",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FieldNote",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("hurts", "It hurts"),
                            ("helps", "It helps"),
                            ("idea", "An idea"),
                            ("question", "A question"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "waits for an answer"), ("replied", "answered"), ("settled", "settled")],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("reply", models.TextField(blank=True)),
                ("replied_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "change",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notes",
                        to="governance.change",
                    ),
                ),
                (
                    "clock",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.slaclock"
                    ),
                ),
                (
                    "goes_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["state", "starts_on"], name="change_by_start"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "done", "dropped"])), name="change_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="change_closed_when",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_changeedit" ("id", "kind", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "support_by_id", "support_channel", "support_until", "why") SELECT old_values."id", old_values."kind", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."starts_on", old_values."state", old_values."support_by_id", old_values."support_channel", old_values."support_until", old_values."why" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."support_by_id" IS DISTINCT FROM (new_values."support_by_id") OR old_values."support_channel" IS DISTINCT FROM (new_values."support_channel") OR old_values."support_until" IS DISTINCT FROM (new_values."support_until") OR old_values."why" IS DISTINCT FROM (new_values."why")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="91950a44aa7a0ceeb146ced5f65ed94fed7ce7a5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_42cdb",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_change",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_changeedit" ("id", "kind", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "state", "support_by_id", "support_channel", "support_until", "why") SELECT old_values."id", old_values."kind", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."starts_on", old_values."state", old_values."support_by_id", old_values."support_channel", old_values."support_until", old_values."why" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bf551554e74dff6f66b6b67c235696f7944f6d60",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_e909c",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_change",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="audience",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("role", ""), _negated=True), ("team__isnull", True), ("words", "")),
                    models.Q(("role", ""), ("team__isnull", False), ("words", "")),
                    models.Q(("role", ""), ("team__isnull", True), models.Q(("words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="audience_is_one_of_three",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="audience",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_audienceedit" ("change_id", "current", "desired", "id", "measure", "metric", "metric_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "team_id", "words") SELECT old_values."change_id", old_values."current", old_values."desired", old_values."id", old_values."measure", old_values."metric", old_values."metric_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."role", old_values."team_id", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."change_id" IS DISTINCT FROM (new_values."change_id") OR old_values."current" IS DISTINCT FROM (new_values."current") OR old_values."desired" IS DISTINCT FROM (new_values."desired") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."measure" IS DISTINCT FROM (new_values."measure") OR old_values."metric" IS DISTINCT FROM (new_values."metric") OR old_values."metric_name" IS DISTINCT FROM (new_values."metric_name") OR old_values."role" IS DISTINCT FROM (new_values."role") OR old_values."team_id" IS DISTINCT FROM (new_values."team_id") OR old_values."words" IS DISTINCT FROM (new_values."words")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1b661dfab6d799ef08e5f234c9d4b0a63044b3eb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_81ec1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_audience",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="audience",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_audienceedit" ("change_id", "current", "desired", "id", "measure", "metric", "metric_name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "team_id", "words") SELECT old_values."change_id", old_values."current", old_values."desired", old_values."id", old_values."measure", old_values."metric", old_values."metric_name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."role", old_values."team_id", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="052be0dfdfdba39dea4cab78e86ad31624d772b9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_d7266",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_audience",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="changestep",
            index=models.Index(
                condition=models.Q(("done_on__isnull", True)), fields=["owner", "due_on"], name="change_step_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="changestep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["message", "training"])), name="change_step_kind_known"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changestep",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_changestepedit" ("audience_id", "change_id", "channel", "done_by_id", "done_on", "due_on", "id", "kind", "link", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "who") SELECT old_values."audience_id", old_values."change_id", old_values."channel", old_values."done_by_id", old_values."done_on", old_values."due_on", old_values."id", old_values."kind", old_values."link", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."who" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."audience_id" IS DISTINCT FROM (new_values."audience_id") OR old_values."change_id" IS DISTINCT FROM (new_values."change_id") OR old_values."channel" IS DISTINCT FROM (new_values."channel") OR old_values."done_by_id" IS DISTINCT FROM (new_values."done_by_id") OR old_values."done_on" IS DISTINCT FROM (new_values."done_on") OR old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."link" IS DISTINCT FROM (new_values."link") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."who" IS DISTINCT FROM (new_values."who")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0e05882aa45d57f9e6f1c75d38f8de7eb035aab9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_67882",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_changestep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changestep",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_changestepedit" ("audience_id", "change_id", "channel", "done_by_id", "done_on", "due_on", "id", "kind", "link", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "who") SELECT old_values."audience_id", old_values."change_id", old_values."channel", old_values."done_by_id", old_values."done_on", old_values."due_on", old_values."id", old_values."kind", old_values."link", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."who" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="cc5864193861a790cbd2470b5dca65c99e74e49d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_e5e41",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_changestep",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="fieldnote",
            index=models.Index(fields=["sender", "-id"], name="field_note_by_sender"),
        ),
        migrations.AddIndex(
            model_name="fieldnote",
            index=models.Index(fields=["created_at"], name="field_note_by_day"),
        ),
        migrations.AddIndex(
            model_name="fieldnote",
            index=models.Index(condition=models.Q(("state", "new")), fields=["goes_to"], name="field_note_waits"),
        ),
        migrations.AddConstraint(
            model_name="fieldnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["new", "replied", "settled"])), name="field_note_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "replied"), _negated=True), ("replied_at__isnull", False), _connector="OR"
                ),
                name="field_note_replied_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", False), ("state", "settled")),
                    models.Q(models.Q(("state", "settled"), _negated=True), ("settled_at__isnull", True)),
                    _connector="OR",
                ),
                name="field_note_settled_when",
            ),
        ),
    ]
