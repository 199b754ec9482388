"""Who was shown a masked name stands for good: Postgres refuses to change or delete it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("references", "0019_readiest_first"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="unmasking",
            trigger=pgtrigger.compiler.Trigger(
                name="unmasking_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="94431e0ecde6d80ae9d2a1b1fb518d8f5b9b2a85",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_unmasking_append_only_31110",
                    table="references_unmasking",
                    when="BEFORE",
                ),
            ),
        ),
    ]
