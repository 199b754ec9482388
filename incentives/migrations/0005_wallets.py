"""Points are held by wallets: of people, of customers, and pots that rules pay from."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import refprogram.kernel.models.base
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0004_edit_history"),
        ("kernel", "0006_program_settings"),
        ("people", "0006_calendar_revisions"),
        ("references", "0025_speakers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="posting",
            name="posting_balanced",
        ),
        migrations.RemoveConstraint(
            model_name="posting",
            name="posting_person_fits_book",
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.BigIntegerField(help_text="Its first entry.")),
                ("last", models.BigIntegerField(help_text="Its last entry.", unique=True)),
                ("entries", models.PositiveIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["last"],
            },
        ),
        migrations.CreateModel(
            name="Wallet",
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
                        choices=[("person", "person"), ("account", "customer"), ("pot", "pot")], max_length=7
                    ),
                ),
                ("name", models.CharField(blank=True, help_text="Of a pot.", max_length=120)),
                ("budget", models.BigIntegerField(default=0)),
                ("pending", models.BigIntegerField(default=0)),
                ("available", models.BigIntegerField(default=0)),
                ("reserved", models.BigIntegerField(default=0)),
                ("redeemed", models.BigIntegerField(default=0)),
                ("expired", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("earned", "earned"),
                    ("vested", "vested"),
                    ("voided", "not earned after all"),
                    ("adjusted", "booked by hand"),
                    ("reserved", "reserved for a reward"),
                    ("released", "given back"),
                    ("redeemed", "redeemed"),
                    ("refunded", "refunded"),
                    ("expired", "expired"),
                    ("funded", "pot filled"),
                    ("reversed", "taken back"),
                ],
                default="earned",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="wallet",
            name="account",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="wallet",
                to="references.account",
            ),
        ),
        migrations.AddField(
            model_name="wallet",
            name="person",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="wallet",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="posting",
            name="wallet",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="incentives.wallet"
            ),
        ),
        migrations.AlterField(
            model_name="posting",
            name="book",
            field=models.CharField(
                choices=[
                    ("issued", "issued by the program"),
                    ("budget", "set aside"),
                    ("pending", "waiting"),
                    ("available", "available"),
                    ("reserved", "reserved"),
                    ("redeemed", "redeemed"),
                    ("expired", "expired"),
                ],
                max_length=10,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seal",
            trigger=pgtrigger.compiler.Trigger(
                name="seal_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9dbbfbf2f2360912faff903d42aad7be43f40f30",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_seal_append_only_9628c",
                    table="incentives_seal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seal",
            trigger=pgtrigger.compiler.Trigger(
                name="seal_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                    hash="7e47641e60ed29cb83da2f5ca5193fcb52a9a47d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_seal_not_emptied_a2e3f",
                    table="incentives_seal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="wallet",
            index=models.Index(models.OrderBy(models.F("available"), descending=True), name="wallet_ranked"),
        ),
        migrations.AddConstraint(
            model_name="wallet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__isnull", True), ("kind", "person"), ("person__isnull", False)),
                    models.Q(("account__isnull", False), ("kind", "account"), ("person__isnull", True)),
                    models.Q(("account__isnull", True), ("kind", "pot"), ("person__isnull", True)),
                    _connector="OR",
                ),
                name="wallet_is_somebodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="wallet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "pot")), fields=("name",), name="pot_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="wallet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("available__gte", 0),
                    ("budget__gte", 0),
                    ("pending__gte", 0),
                    ("redeemed__gte", 0),
                    ("reserved__gte", 0),
                    ("expired__gte", 0),
                ),
                name="wallet_not_overdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="wallet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("available", 0),
                        ("expired", 0),
                        ("kind", "pot"),
                        ("pending", 0),
                        ("redeemed", 0),
                        ("reserved", 0),
                    ),
                    models.Q(models.Q(("kind", "pot"), _negated=True), ("budget", 0)),
                    _connector="OR",
                ),
                name="wallet_has_its_books",
            ),
        ),
    ]
