"""Badges, who was given them, and the first five."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import refprogram.kernel.models.base
from django.conf import settings
from django.db import migrations, models


FIRST = (
    (
        "first-reference",
        "First reference",
        "For the first customer who became a reference through you.",
        "flag",
        "ok",
        "once",
    ),
    ("gap-closer", "Gap closer", "For a reference where we had none.", "map", "info", "monthly"),
    ("good-colleague", "Good colleague", "For helping somebody else’s deal along.", "heart", "mine", "monthly"),
    ("storyteller", "Storyteller", "For a story that others tell on.", "quote", "info", "always"),
    (
        "back-on-stage",
        "Back on stage",
        "For presenting a feature to a panel, and doing it well.",
        "up",
        "wait",
        "always",
    ),
)


def add_first(apps: Any, _schema_editor: Any) -> None:
    """The badges that a new program begins with; each can be changed or retired."""
    badge = apps.get_model("incentives", "Badge")
    badge.objects.bulk_create(
        badge(slug=slug, name=name, words=words, picture=picture, tone=tone, often=often)
        for slug, name, words, picture, tone, often in FIRST
    )


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0008_pay"),
        ("kernel", "0006_program_settings"),
        ("people", "0006_calendar_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Badge",
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
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60, unique=True)),
                ("words", models.CharField(help_text="What it is given for, as everybody reads it.", max_length=200)),
                (
                    "picture",
                    models.CharField(
                        choices=[
                            ("trophy", "Cup"),
                            ("star", "Star"),
                            ("heart", "Heart"),
                            ("flag", "Flag"),
                            ("map", "Map"),
                            ("quote", "Quotation mark"),
                            ("chat", "Conversation"),
                            ("shield", "Shield"),
                            ("idea", "Idea"),
                            ("target", "Target"),
                            ("up", "Arrow up"),
                            ("users", "People"),
                        ],
                        default="star",
                        max_length=10,
                    ),
                ),
                (
                    "tone",
                    models.CharField(
                        choices=[
                            ("plain", "Quiet"),
                            ("info", "Blue"),
                            ("ok", "Green"),
                            ("wait", "Amber"),
                            ("mine", "The program’s own"),
                        ],
                        default="plain",
                        max_length=6,
                    ),
                ),
                (
                    "often",
                    models.CharField(
                        choices=[("once", "once"), ("monthly", "once a month"), ("always", "each time")],
                        default="once",
                        max_length=8,
                    ),
                ),
                (
                    "a_month",
                    models.PositiveSmallIntegerField(blank=True, help_text="Empty: as many as are won.", null=True),
                ),
                (
                    "by_hand",
                    models.BooleanField(default=True, help_text="Whether people give it too, not rules alone."),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
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
            name="BadgeEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("words", models.CharField(help_text="What it is given for, as everybody reads it.", max_length=200)),
                (
                    "picture",
                    models.CharField(
                        choices=[
                            ("trophy", "Cup"),
                            ("star", "Star"),
                            ("heart", "Heart"),
                            ("flag", "Flag"),
                            ("map", "Map"),
                            ("quote", "Quotation mark"),
                            ("chat", "Conversation"),
                            ("shield", "Shield"),
                            ("idea", "Idea"),
                            ("target", "Target"),
                            ("up", "Arrow up"),
                            ("users", "People"),
                        ],
                        default="star",
                        max_length=10,
                    ),
                ),
                (
                    "tone",
                    models.CharField(
                        choices=[
                            ("plain", "Quiet"),
                            ("info", "Blue"),
                            ("ok", "Green"),
                            ("wait", "Amber"),
                            ("mine", "The program’s own"),
                        ],
                        default="plain",
                        max_length=6,
                    ),
                ),
                (
                    "often",
                    models.CharField(
                        choices=[("once", "once"), ("monthly", "once a month"), ("always", "each time")],
                        default="once",
                        max_length=8,
                    ),
                ),
                (
                    "a_month",
                    models.PositiveSmallIntegerField(blank=True, help_text="Empty: as many as are won.", null=True),
                ),
                (
                    "by_hand",
                    models.BooleanField(default=True, help_text="Whether people give it too, not rules alone."),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incentives.badge",
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of badge",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BadgeGrant",
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
                ("key", models.CharField(max_length=200, unique=True)),
                ("rule_version", models.PositiveIntegerField(blank=True, null=True)),
                ("words", models.CharField(blank=True, help_text="What the giver said.", max_length=300)),
                ("occurred_at", models.DateTimeField()),
                ("month", models.DateField(help_text="The first day of the month it counts for.")),
                ("slot", models.CharField(blank=True, max_length=7, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoke_reason", models.CharField(blank=True, max_length=300)),
                (
                    "badge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="incentives.badge"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.event",
                    ),
                ),
                (
                    "giver",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="badge_grants", to="people.person"
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incentives.rule",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="badge",
            constraint=models.CheckConstraint(
                condition=models.Q(("often__in", ["once", "monthly", "always"])), name="badge_often_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="badge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "picture__in",
                        [
                            "trophy",
                            "star",
                            "heart",
                            "flag",
                            "map",
                            "quote",
                            "chat",
                            "shield",
                            "idea",
                            "target",
                            "up",
                            "users",
                        ],
                    )
                ),
                name="badge_picture_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="badge",
            constraint=models.CheckConstraint(
                condition=models.Q(("tone__in", ["plain", "info", "ok", "wait", "mine"])), name="badge_tone_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="badge",
            constraint=models.CheckConstraint(
                condition=models.Q(("a_month__isnull", True), ("a_month__gt", 0), _connector="OR"),
                name="badge_limit_above_none",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="badge",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_badgeedit" ("a_month", "by_hand", "id", "name", "often", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture", "retired_at", "slug", "tone", "words") SELECT old_values."a_month", old_values."by_hand", old_values."id", old_values."name", old_values."often", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."picture", old_values."retired_at", old_values."slug", old_values."tone", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."a_month" IS DISTINCT FROM (new_values."a_month") OR old_values."by_hand" IS DISTINCT FROM (new_values."by_hand") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."often" IS DISTINCT FROM (new_values."often") OR old_values."picture" IS DISTINCT FROM (new_values."picture") OR old_values."retired_at" IS DISTINCT FROM (new_values."retired_at") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."tone" IS DISTINCT FROM (new_values."tone") OR old_values."words" IS DISTINCT FROM (new_values."words")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c541f4edd0336b7f84ade9268ca2a27ce076b960",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_ac337",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="incentives_badge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="badge",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_badgeedit" ("a_month", "by_hand", "id", "name", "often", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture", "retired_at", "slug", "tone", "words") SELECT old_values."a_month", old_values."by_hand", old_values."id", old_values."name", old_values."often", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."picture", old_values."retired_at", old_values."slug", old_values."tone", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b674b99dc2880c48901972e6a0639de6026b00e1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_8c926",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="incentives_badge",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="badgegrant",
            index=models.Index(fields=["person", "-occurred_at"], name="badges_of_person"),
        ),
        migrations.AddIndex(
            model_name="badgegrant",
            index=models.Index(fields=["badge", "month"], name="badges_of_month"),
        ),
        migrations.AddConstraint(
            model_name="badgegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("badge", "person", "slot"),
                name="badge_slot_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="badgegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoke_reason", ""), ("revoked_at__isnull", True)),
                    models.Q(("revoked_at__isnull", False), models.Q(("revoke_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="badge_taken_back_says_why",
            ),
        ),
        migrations.RunPython(add_first, migrations.RunPython.noop),
    ]
