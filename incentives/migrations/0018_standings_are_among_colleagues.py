"""Points of customers do not count in the standings, which are among colleagues."""

from django.db import migrations

OUT = """
DELETE FROM kernel_rollup r WHERE r.metric = 'points' AND r.dimension = 'person'
    AND NOT EXISTS (SELECT FROM people_user u WHERE u.person_id = r.key)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0017_wallets_that_are_one"),
        ("kernel", "0006_program_settings"),
        ("people", "0006_calendar_revisions"),
    ]

    operations = [migrations.RunSQL(OUT, migrations.RunSQL.noop)]
