"""A wallet can lead to another: two customers or two people were one. Pots are locked first."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0016_watch"),
        ("kernel", "0006_program_settings"),
        ("people", "0006_calendar_revisions"),
        ("references", "0028_accounts_by_fatigue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="posting",
            name="posting_balanced",
        ),
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_kind_known",
        ),
        migrations.AddField(
            model_name="wallet",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="incentives.wallet",
            ),
        ),
        migrations.AlterField(
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
                    ("merged", "gone over"),
                ],
                default="earned",
                max_length=8,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="posting",
            trigger=pgtrigger.compiler.Trigger(
                name="posting_balanced",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (SELECT FROM brought GROUP BY entry_id HAVING sum(amount) <> 0) THEN\n    RAISE EXCEPTION 'a ledger entry does not balance: %',\n        (SELECT min(entry_id) FROM (SELECT entry_id FROM brought GROUP BY entry_id HAVING sum(amount) <> 0) torn)\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_balanced';\nEND IF;\nPERFORM FROM incentives_wallet WHERE id IN (SELECT wallet_id FROM brought) ORDER BY kind <> 'pot', id\n    FOR NO KEY UPDATE;\nUPDATE incentives_wallet SET\n    budget = incentives_wallet.budget + moved.budget,\n    pending = incentives_wallet.pending + moved.pending,\n    available = incentives_wallet.available + moved.available,\n    reserved = incentives_wallet.reserved + moved.reserved,\n    redeemed = incentives_wallet.redeemed + moved.redeemed,\n    expired = incentives_wallet.expired + moved.expired\nFROM (\n    SELECT wallet_id,\n        coalesce(sum(amount) FILTER (WHERE book = 'budget'), 0) AS budget,\n        coalesce(sum(amount) FILTER (WHERE book = 'pending'), 0) AS pending,\n        coalesce(sum(amount) FILTER (WHERE book = 'available'), 0) AS available,\n        coalesce(sum(amount) FILTER (WHERE book = 'reserved'), 0) AS reserved,\n        coalesce(sum(amount) FILTER (WHERE book = 'redeemed'), 0) AS redeemed,\n        coalesce(sum(amount) FILTER (WHERE book = 'expired'), 0) AS expired\n    FROM brought WHERE wallet_id IS NOT NULL GROUP BY wallet_id\n) moved\nWHERE incentives_wallet.id = moved.wallet_id;\nRETURN NULL;\n",
                    hash="3a8d5cc966795101d5ca4b43a8e882f355522839",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_posting_balanced_fe483",
                    referencing="REFERENCING NEW TABLE AS brought ",
                    table="incentives_posting",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "earned",
                            "vested",
                            "voided",
                            "adjusted",
                            "reserved",
                            "released",
                            "redeemed",
                            "refunded",
                            "expired",
                            "funded",
                            "reversed",
                            "merged",
                        ],
                    )
                ),
                name="entry_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="wallet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(
                        ("available", 0),
                        ("budget", 0),
                        ("expired", 0),
                        ("pending", 0),
                        ("redeemed", 0),
                        ("reserved", 0),
                    ),
                    _connector="OR",
                ),
                name="wallet_gone_is_empty",
            ),
        ),
    ]
