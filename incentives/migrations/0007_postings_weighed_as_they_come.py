"""Postings name a wallet alone; the database weighs them as they come."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import refprogram.kernel.models.base
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incentives", "0006_points_move_into_wallets")]

    operations = [
        migrations.RemoveIndex(
            model_name="posting",
            name="posting_statement",
        ),
        migrations.RemoveField(
            model_name="posting",
            name="person",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="entry_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                    hash="10a196b450e5fbe7783fbf4db274de6d5977c935",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_entry_not_emptied_5cdc2",
                    table="incentives_entry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="posting",
            trigger=pgtrigger.compiler.Trigger(
                name="posting_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
                    hash="9e8daa4e431be6bfadbdce1135f2ffe1a6ef4678",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_posting_not_emptied_8b9f8",
                    table="incentives_posting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="posting",
            trigger=pgtrigger.compiler.Trigger(
                name="posting_balanced",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (SELECT FROM brought GROUP BY entry_id HAVING sum(amount) <> 0) THEN\n    RAISE EXCEPTION 'a ledger entry does not balance: %',\n        (SELECT min(entry_id) FROM (SELECT entry_id FROM brought GROUP BY entry_id HAVING sum(amount) <> 0) torn)\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_balanced';\nEND IF;\nPERFORM FROM incentives_wallet WHERE id IN (SELECT wallet_id FROM brought) ORDER BY id FOR NO KEY UPDATE;\nUPDATE incentives_wallet SET\n    budget = incentives_wallet.budget + moved.budget,\n    pending = incentives_wallet.pending + moved.pending,\n    available = incentives_wallet.available + moved.available,\n    reserved = incentives_wallet.reserved + moved.reserved,\n    redeemed = incentives_wallet.redeemed + moved.redeemed,\n    expired = incentives_wallet.expired + moved.expired\nFROM (\n    SELECT wallet_id,\n        coalesce(sum(amount) FILTER (WHERE book = 'budget'), 0) AS budget,\n        coalesce(sum(amount) FILTER (WHERE book = 'pending'), 0) AS pending,\n        coalesce(sum(amount) FILTER (WHERE book = 'available'), 0) AS available,\n        coalesce(sum(amount) FILTER (WHERE book = 'reserved'), 0) AS reserved,\n        coalesce(sum(amount) FILTER (WHERE book = 'redeemed'), 0) AS redeemed,\n        coalesce(sum(amount) FILTER (WHERE book = 'expired'), 0) AS expired\n    FROM brought WHERE wallet_id IS NOT NULL GROUP BY wallet_id\n) moved\nWHERE incentives_wallet.id = moved.wallet_id;\nRETURN NULL;\n",
                    hash="ec0ace2275944e5c361e23c9707aa755e36f21b8",
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
                        ],
                    )
                ),
                name="entry_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reversed"), ("reverses__isnull", False)),
                    models.Q(models.Q(("kind", "reversed"), _negated=True), ("reverses__isnull", True)),
                    _connector="OR",
                ),
                name="entry_reverses_one",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(fields=["wallet", "book", "-id"], name="posting_of_wallet"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("book__in", ["issued", "budget", "pending", "available", "reserved", "redeemed", "expired"])
                ),
                name="posting_book_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("book", "issued"), ("wallet__isnull", True)),
                    models.Q(models.Q(("book", "issued"), _negated=True), ("wallet__isnull", False)),
                    _connector="OR",
                ),
                name="posting_wallet_fits_book",
            ),
        ),
        migrations.DeleteModel(
            name="Balance",
        ),
    ]
