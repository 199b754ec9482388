"""Who backs the program, what sponsors promised, and the words that go with it."""

import django.core.validators
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
        ("governance", "0020_pilots"),
        ("people", "0006_calendar_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SponsorPledge",
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
                            ("announce", "Announce"),
                            ("repeat", "Repeat"),
                            ("attend", "Attend"),
                            ("unblock", "Unblock"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                (
                    "channel",
                    models.CharField(blank=True, help_text="Where: a meeting, a mail, an event.", max_length=120),
                ),
                ("audience", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField()),
                (
                    "every_weeks",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="0: once.", validators=[django.core.validators.MaxValueValidator(52)]
                    ),
                ),
                ("until", models.DateField(blank=True, help_text="A rhythm makes nothing after this day.", null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("promised", "promised"),
                            ("handed", "waits for the new sponsor’s yes"),
                            ("unheld", "needs a new sponsor"),
                            ("done", "done"),
                            ("missed", "missed"),
                            ("released", "released"),
                        ],
                        default="promised",
                        max_length=10,
                    ),
                ),
                ("done_on", models.DateField(null=True)),
                ("proof", models.TextField(blank=True, help_text="What happened, in words.")),
                (
                    "because",
                    models.TextField(blank=True, help_text="Why it was released, or why the new sponsor said no."),
                ),
                (
                    "reminded",
                    models.CharField(
                        blank=True,
                        choices=[("before", "some days before"), ("day", "on the day"), ("after", "once after")],
                        max_length=8,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "follows",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="next_one",
                        to="governance.sponsorpledge",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PledgeText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
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
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="governance.sponsorpledge"
                    ),
                ),
            ],
            options={
                "ordering": ["-revision"],
            },
        ),
        migrations.CreateModel(
            name="SponsorPledgeEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("announce", "Announce"),
                            ("repeat", "Repeat"),
                            ("attend", "Attend"),
                            ("unblock", "Unblock"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                (
                    "channel",
                    models.CharField(blank=True, help_text="Where: a meeting, a mail, an event.", max_length=120),
                ),
                ("audience", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField()),
                (
                    "every_weeks",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="0: once.", validators=[django.core.validators.MaxValueValidator(52)]
                    ),
                ),
                ("until", models.DateField(blank=True, help_text="A rhythm makes nothing after this day.", null=True)),
                ("done_on", models.DateField(null=True)),
                ("proof", models.TextField(blank=True, help_text="What happened, in words.")),
                (
                    "because",
                    models.TextField(blank=True, help_text="Why it was released, or why the new sponsor said no."),
                ),
                (
                    "noted_by",
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
                        to="governance.sponsorpledge",
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of sponsor pledge",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Sponsorship",
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
                    "backs",
                    models.CharField(
                        choices=[("program", "the whole program"), ("region", "a region"), ("contest", "a contest")],
                        default="program",
                        max_length=10,
                    ),
                ),
                ("part", models.CharField(blank=True, help_text="The contest, by its name.", max_length=120)),
                ("starts_on", models.DateField()),
                ("until", models.DateField(blank=True, help_text="The last day that was agreed.", null=True)),
                ("ended_on", models.DateField(help_text="The last day on which they backed it.", null=True)),
                (
                    "ended_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("role", "has another role now"),
                            ("leave", "is away for long"),
                            ("deactivated", "has left"),
                            ("term", "does not back it any more"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "alert",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("role", "has another role now"),
                            ("leave", "is away for long"),
                            ("deactivated", "has left"),
                            ("term", "does not back it any more"),
                        ],
                        max_length=12,
                    ),
                ),
                ("alerted_at", models.DateTimeField(null=True)),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.region",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sponsorships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="sponsorpledge",
            name="sponsorship",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pledges", to="governance.sponsorship"
            ),
        ),
        migrations.AddConstraint(
            model_name="pledgetext",
            constraint=models.UniqueConstraint(fields=("pledge", "revision"), name="pledge_text_once"),
        ),
        migrations.AddIndex(
            model_name="sponsorship",
            index=models.Index(condition=models.Q(("ended_on__isnull", True)), fields=["until"], name="sponsor_term"),
        ),
        migrations.AddConstraint(
            model_name="sponsorship",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)),
                fields=("user", "backs", "region", "part"),
                name="sponsor_of_a_part_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="sponsorship",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("backs", "program"), ("part", ""), ("region__isnull", True)),
                    models.Q(("backs", "region"), ("part", ""), ("region__isnull", False)),
                    models.Q(("backs", "contest"), ("region__isnull", True), models.Q(("part", ""), _negated=True)),
                    _connector="OR",
                ),
                name="sponsor_backs_something",
            ),
        ),
        migrations.AddIndex(
            model_name="sponsorpledge",
            index=models.Index(fields=["state", "due_on"], name="pledge_by_state"),
        ),
        migrations.AddIndex(
            model_name="sponsorpledge",
            index=models.Index(fields=["due_on", "id"], name="pledge_by_day"),
        ),
        migrations.AddConstraint(
            model_name="sponsorpledge",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["promised", "handed", "unheld", "done", "missed", "released"])),
                name="pledge_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sponsorpledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("done_on__isnull", True)),
                    _connector="OR",
                ),
                name="pledge_done_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="sponsorpledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "released"), _negated=True),
                    models.Q(("because", ""), _negated=True),
                    _connector="OR",
                ),
                name="pledge_released_for_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sponsorpledge",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_sponsorpledgeedit" ("audience", "because", "channel", "done_on", "due_on", "every_weeks", "id", "kind", "noted_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "until", "words") SELECT old_values."audience", old_values."because", old_values."channel", old_values."done_on", old_values."due_on", old_values."every_weeks", old_values."id", old_values."kind", old_values."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."proof", old_values."until", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."audience" IS DISTINCT FROM (new_values."audience") OR old_values."because" IS DISTINCT FROM (new_values."because") OR old_values."channel" IS DISTINCT FROM (new_values."channel") OR old_values."done_on" IS DISTINCT FROM (new_values."done_on") OR old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."every_weeks" IS DISTINCT FROM (new_values."every_weeks") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."noted_by_id" IS DISTINCT FROM (new_values."noted_by_id") OR old_values."proof" IS DISTINCT FROM (new_values."proof") OR old_values."until" IS DISTINCT FROM (new_values."until") OR old_values."words" IS DISTINCT FROM (new_values."words")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f6bf618ed09d6ca0eec01ce3bc3cf8169f214cdf",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_6f37a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="governance_sponsorpledge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sponsorpledge",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_sponsorpledgeedit" ("audience", "because", "channel", "done_on", "due_on", "every_weeks", "id", "kind", "noted_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "until", "words") SELECT old_values."audience", old_values."because", old_values."channel", old_values."done_on", old_values."due_on", old_values."every_weeks", old_values."id", old_values."kind", old_values."noted_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."proof", old_values."until", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="576119626772d73da87056577aa97d78e51e5aee",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_864cc",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="governance_sponsorpledge",
                    when="AFTER",
                ),
            ),
        ),
    ]
