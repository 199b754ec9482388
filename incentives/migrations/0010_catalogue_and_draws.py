"""What points can be spent on, redemptions, and draws."""

import django.contrib.postgres.fields
import django.db.models.deletion
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
        ("governance", "0013_rewards"),
        ("incentives", "0009_badges"),
        ("kernel", "0006_program_settings"),
        ("people", "0006_calendar_revisions"),
        ("references", "0026_live_since"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LiabilityMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(unique=True)),
                ("given", models.BigIntegerField()),
                ("taken_back", models.BigIntegerField()),
                ("redeemed", models.BigIntegerField()),
                ("expired", models.BigIntegerField()),
                ("held", models.BigIntegerField(help_text="Available and reserved at its end.")),
                ("unit_cost", models.DecimalField(decimal_places=6, max_digits=12)),
                ("breakage", models.PositiveSmallIntegerField(help_text="In percent.")),
                ("counted_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-starts_on"],
            },
        ),
        migrations.CreateModel(
            name="Draw",
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
                ("purpose", models.CharField(blank=True, help_text="What the tickets are given for.", max_length=300)),
                ("prize", models.CharField(max_length=200)),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), help_text="Of one prize.", max_digits=14
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(default=1, help_text="How many win one each.")),
                ("closes_at", models.DateTimeField(help_text="What happened before then brings tickets.")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "takes tickets"), ("drawn", "drawn"), ("cancelled", "called off")],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("secret", models.CharField(editable=False, max_length=64)),
                ("commitment", models.CharField(editable=False, max_length=64)),
                ("drawn_from", models.TextField(blank=True, editable=False, help_text="The list, as it was hashed.")),
                ("list_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("drawn_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, help_text="Why it was called off.", max_length=300)),
                (
                    "fund",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.fund",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DrawEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("purpose", models.CharField(blank=True, help_text="What the tickets are given for.", max_length=300)),
                ("prize", models.CharField(max_length=200)),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), help_text="Of one prize.", max_digits=14
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(default=1, help_text="How many win one each.")),
                ("closes_at", models.DateTimeField(help_text="What happened before then brings tickets.")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "takes tickets"), ("drawn", "drawn"), ("cancelled", "called off")],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("drawn_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, help_text="Why it was called off.", max_length=300)),
                (
                    "fund",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="governance.fund",
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
                        to="incentives.draw",
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of draw",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Item",
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
                            ("voucher", "Voucher"),
                            ("gift_card", "Gift card"),
                            ("day_off", "Day off"),
                            ("afternoon", "Afternoon off"),
                            ("lunch", "Lunch with an executive"),
                            ("conference", "Conference pass and flight"),
                            ("training", "Training"),
                            ("city_tour", "City tour"),
                            ("donation", "Donation"),
                            ("tickets", "Tickets"),
                            ("electronics", "Electronics"),
                            ("discount", "Discount"),
                            ("service", "Free service"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=600)),
                ("points", models.PositiveIntegerField(help_text="What it costs whoever takes it.")),
                (
                    "cost",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), help_text="What one costs us.", max_digits=14
                    ),
                ),
                (
                    "stock",
                    models.PositiveIntegerField(
                        blank=True, help_text="How many there ever were; empty: no limit.", null=True
                    ),
                ),
                ("taken", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "audience",
                    models.CharField(
                        choices=[("colleagues", "colleagues"), ("customers", "customers")],
                        default="colleagues",
                        max_length=10,
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                (
                    "taxable",
                    models.BooleanField(default=False, help_text="The tax office wants to know of it, whoever has it."),
                ),
                (
                    "is_gift",
                    models.BooleanField(default=True, help_text="Falls under the gift rule of a customer's employer."),
                ),
                ("is_auto", models.BooleanField(default=False, help_text="Small ones need nobody's yes.")),
                (
                    "road",
                    models.CharField(
                        choices=[
                            ("reward", "the manager; finance too for large ones"),
                            ("field_incentive", "the head of sales"),
                            ("executive_time", "the executive whose time it is"),
                            ("customer_benefit", "who runs the program; an executive from a value on"),
                        ],
                        default="reward",
                        max_length=20,
                    ),
                ),
                ("offered", models.BooleanField(default=True)),
                ("regions", models.ManyToManyField(blank=True, related_name="+", to="people.region")),
            ],
        ),
        migrations.CreateModel(
            name="ItemEdit",
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
                            ("voucher", "Voucher"),
                            ("gift_card", "Gift card"),
                            ("day_off", "Day off"),
                            ("afternoon", "Afternoon off"),
                            ("lunch", "Lunch with an executive"),
                            ("conference", "Conference pass and flight"),
                            ("training", "Training"),
                            ("city_tour", "City tour"),
                            ("donation", "Donation"),
                            ("tickets", "Tickets"),
                            ("electronics", "Electronics"),
                            ("discount", "Discount"),
                            ("service", "Free service"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=600)),
                ("points", models.PositiveIntegerField(help_text="What it costs whoever takes it.")),
                (
                    "cost",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), help_text="What one costs us.", max_digits=14
                    ),
                ),
                (
                    "stock",
                    models.PositiveIntegerField(
                        blank=True, help_text="How many there ever were; empty: no limit.", null=True
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("colleagues", "colleagues"), ("customers", "customers")],
                        default="colleagues",
                        max_length=10,
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                (
                    "taxable",
                    models.BooleanField(default=False, help_text="The tax office wants to know of it, whoever has it."),
                ),
                (
                    "is_gift",
                    models.BooleanField(default=True, help_text="Falls under the gift rule of a customer's employer."),
                ),
                ("is_auto", models.BooleanField(default=False, help_text="Small ones need nobody's yes.")),
                (
                    "road",
                    models.CharField(
                        choices=[
                            ("reward", "the manager; finance too for large ones"),
                            ("field_incentive", "the head of sales"),
                            ("executive_time", "the executive whose time it is"),
                            ("customer_benefit", "who runs the program; an executive from a value on"),
                        ],
                        default="reward",
                        max_length=20,
                    ),
                ),
                ("offered", models.BooleanField(default=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incentives.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of item",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ItemRegionsEdit",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incentives.item",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "edit of the regions of item",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Redemption",
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
                ("key", models.CharField(max_length=120, unique=True)),
                ("points", models.PositiveIntegerField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=14)),
                ("holds_stock", models.BooleanField(default=False)),
                ("details", models.JSONField(blank=True, default=dict)),
                ("cause", models.CharField(blank=True, help_text="Of a donation.", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked for"),
                            ("ordered", "on its way"),
                            ("failed", "could not be had"),
                            ("delivered", "handed over"),
                            ("confirmed", "confirmed"),
                            ("rejected", "not approved"),
                            ("cancelled", "called off"),
                            ("refunded", "points given back"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("auto", models.BooleanField(default=False)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why it failed, was called off or given back.", max_length=500
                    ),
                ),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_by_clock", models.BooleanField(default=False)),
                ("worth", models.PositiveSmallIntegerField(blank=True, help_text="Worth it? From 1 to 5.", null=True)),
                ("worth_words", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="references.account",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="references.contact",
                    ),
                ),
                (
                    "gift",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redemption",
                        to="governance.fulfilment",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="redemptions", to="incentives.item"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="redemptions", to="people.person"
                    ),
                ),
                (
                    "redeemed",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incentives.entry",
                    ),
                ),
                (
                    "reserved",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incentives.entry"
                    ),
                ),
                (
                    "wallet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="redemptions", to="incentives.wallet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Dispute",
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
                ("words", models.CharField(max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for an answer"),
                            ("upheld", "stays as it is"),
                            ("corrected", "points given back"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "redemption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="disputes", to="incentives.redemption"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True)),
                ("count", models.PositiveIntegerField()),
                ("rule_version", models.PositiveSmallIntegerField(null=True)),
                ("occurred_at", models.DateTimeField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tickets", to="incentives.draw"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incentives.rule"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TrustHold",
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
                ("reason", models.CharField(max_length=500)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
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
                    "lifted_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Win",
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
                ("place", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField(help_text="Of the ticket, from 0 along the list.")),
                ("attempt", models.PositiveIntegerField()),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wins", to="incentives.draw"
                    ),
                ),
                (
                    "gift",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draw_win",
                        to="governance.fulfilment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["draw", "place"],
            },
        ),
        migrations.AddIndex(
            model_name="draw",
            index=models.Index(condition=models.Q(("state", "open")), fields=["closes_at"], name="draw_due"),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "drawn", "cancelled"])), name="draw_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(condition=models.Q(("places__gte", 1)), name="draw_has_a_prize"),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(fields=("name",), name="draw_name_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draw",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_drawedit" ("closes_at", "drawn_at", "fund_id", "id", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "prize", "purpose", "reason", "state", "value") SELECT old_values."closes_at", old_values."drawn_at", old_values."fund_id", old_values."id", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."places", old_values."prize", old_values."purpose", old_values."reason", old_values."state", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."closes_at" IS DISTINCT FROM (new_values."closes_at") OR old_values."drawn_at" IS DISTINCT FROM (new_values."drawn_at") OR old_values."fund_id" IS DISTINCT FROM (new_values."fund_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."places" IS DISTINCT FROM (new_values."places") OR old_values."prize" IS DISTINCT FROM (new_values."prize") OR old_values."purpose" IS DISTINCT FROM (new_values."purpose") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."value" IS DISTINCT FROM (new_values."value")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0e23f4c272d7c9e311005ba611390ded02ee88f5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_b7025",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="incentives_draw",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draw",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_drawedit" ("closes_at", "drawn_at", "fund_id", "id", "name", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "prize", "purpose", "reason", "state", "value") SELECT old_values."closes_at", old_values."drawn_at", old_values."fund_id", old_values."id", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."places", old_values."prize", old_values."purpose", old_values."reason", old_values."state", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="598e6b7b7e2d6d6e5ff25f1f53446143e0fb1718",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_8b361",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="incentives_draw",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(condition=models.Q(("offered", True)), fields=["audience", "points"], name="item_shelf"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("name", "audience"), name="item_name_once"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(condition=models.Q(("points__gte", 1)), name="item_costs_points"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(condition=models.Q(("cost__gte", 0)), name="item_cost_not_negative"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("stock__isnull", True), ("taken__lte", models.F("stock")), _connector="OR"),
                name="item_in_stock",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience", "colleagues"), ("road", "customer_benefit"), _connector="OR"),
                name="item_road_of_customers",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_itemedit" ("audience", "cost", "description", "id", "is_auto", "is_gift", "kind", "name", "offered", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "road", "roles", "stock", "taxable") SELECT old_values."audience", old_values."cost", old_values."description", old_values."id", old_values."is_auto", old_values."is_gift", old_values."kind", old_values."name", old_values."offered", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."points", old_values."road", old_values."roles", old_values."stock", old_values."taxable" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."audience" IS DISTINCT FROM (new_values."audience") OR old_values."cost" IS DISTINCT FROM (new_values."cost") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_auto" IS DISTINCT FROM (new_values."is_auto") OR old_values."is_gift" IS DISTINCT FROM (new_values."is_gift") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."offered" IS DISTINCT FROM (new_values."offered") OR old_values."points" IS DISTINCT FROM (new_values."points") OR old_values."road" IS DISTINCT FROM (new_values."road") OR old_values."roles" IS DISTINCT FROM (new_values."roles") OR old_values."stock" IS DISTINCT FROM (new_values."stock") OR old_values."taxable" IS DISTINCT FROM (new_values."taxable")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6a438df5637edb89d8090cd8d5a883a4c6f4b320",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_38f31",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="incentives_item",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="item",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_itemedit" ("audience", "cost", "description", "id", "is_auto", "is_gift", "kind", "name", "offered", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "points", "road", "roles", "stock", "taxable") SELECT old_values."audience", old_values."cost", old_values."description", old_values."id", old_values."is_auto", old_values."is_gift", old_values."kind", old_values."name", old_values."offered", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."points", old_values."road", old_values."roles", old_values."stock", old_values."taxable" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="46ffd7fdfe763a226f0c36be06094c9cc376eb64",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_15abd",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="incentives_item",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="ItemRegions",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("incentives.item_regions",),
        ),
        migrations.AddIndex(
            model_name="itemregionsedit",
            index=models.Index(fields=["item", "-pgh_id"], name="itemregionsedit_of"),
        ),
        migrations.AddIndex(
            model_name="redemption",
            index=models.Index(fields=["person", "-id"], name="redemption_of_person"),
        ),
        migrations.AddIndex(
            model_name="redemption",
            index=models.Index(
                condition=models.Q(("account__isnull", False)), fields=["account", "-id"], name="redemption_of_account"
            ),
        ),
        migrations.AddIndex(
            model_name="redemption",
            index=models.Index(fields=["state", "-id"], name="redemption_queue"),
        ),
        migrations.AddConstraint(
            model_name="redemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["asked", "ordered", "failed", "delivered", "confirmed", "rejected", "cancelled", "refunded"],
                    )
                ),
                name="redemption_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="redemption",
            constraint=models.CheckConstraint(condition=models.Q(("points__gte", 1)), name="redemption_costs_points"),
        ),
        migrations.AddConstraint(
            model_name="redemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("worth__isnull", True), models.Q(("worth__gte", 1), ("worth__lte", 5)), _connector="OR"
                ),
                name="redemption_worth_of_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="redemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("ordered", "failed", "delivered", "confirmed")), _negated=True),
                    ("redeemed__isnull", False),
                    _connector="OR",
                ),
                name="redemption_spent_is_booked",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "upheld", "corrected"])), name="dispute_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("redemption",), name="dispute_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="ticket_counts"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ticket",
            trigger=pgtrigger.compiler.Trigger(
                name="ticket_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="435b9123ed4580c322856f31501ceddaaa0ae9df",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_ticket_append_only_9d35c",
                    table="incentives_ticket",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ticket",
            trigger=pgtrigger.compiler.Trigger(
                name="ticket_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                    hash="be357d4d457ebc7e5ffc764dc35d126a6e0e0749",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_ticket_not_emptied_86465",
                    table="incentives_ticket",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="trusthold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)), fields=("person",), name="trust_held_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="win",
            constraint=models.UniqueConstraint(fields=("draw", "place"), name="win_place_once"),
        ),
        migrations.AddConstraint(
            model_name="win",
            constraint=models.UniqueConstraint(fields=("draw", "person"), name="win_once_each"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="itemregions",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_itemregionsedit" ("item_id", "pgh_context", "pgh_created_at", "pgh_label", "region_id") SELECT new_values."item_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."region_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="dc30e7160598fa464cb8fce1c99f8be6f87a39a0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_edit_added_8af8b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="incentives_item_regions",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="itemregions",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "incentives_itemregionsedit" ("item_id", "pgh_context", "pgh_created_at", "pgh_label", "region_id") SELECT old_values."item_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."region_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="97148c5983877855f9340df24fadf64ba37495e0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_0ba90",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="incentives_item_regions",
                    when="AFTER",
                ),
            ),
        ),
    ]
