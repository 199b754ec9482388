"""What people held becomes their wallets; postings name them, entries say what they do."""

from django.db import migrations

# What is append-only is touched once here, by the owner of the tables, and never again.
FILL = """
ALTER TABLE incentives_posting DISABLE TRIGGER USER;
ALTER TABLE incentives_entry DISABLE TRIGGER USER;
INSERT INTO incentives_wallet (public_id, created_at, updated_at, kind, person_id, name,
                               budget, pending, available, reserved, redeemed, expired)
SELECT public_id, created_at, updated_at, 'person', person_id, '', 0, 0, amount, 0, 0, 0
FROM incentives_balance WHERE book = 'available';
UPDATE incentives_posting SET wallet_id = wallet.id
FROM incentives_wallet wallet WHERE wallet.person_id = incentives_posting.person_id;
UPDATE incentives_entry SET kind = CASE
    WHEN reverses_id IS NOT NULL THEN 'reversed' WHEN rule_id IS NULL THEN 'adjusted' ELSE 'earned'
END;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE incentives_posting ENABLE TRIGGER USER;
ALTER TABLE incentives_entry ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("incentives", "0005_wallets")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
