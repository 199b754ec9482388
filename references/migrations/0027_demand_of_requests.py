"""What was asked for before stands in the register of demand as well: the hours of its kind, in the month it is for."""

from django.db import migrations

RECORD = """
INSERT INTO governance_demand (subject_type, subject_id, kind, name, month, hours, recorded_at)
SELECT 'referencerequest', r.id, a.slug, a.name, date_trunc('month', r.needed_by)::date, a.hours, now()
FROM references_referencerequest r
JOIN references_activitytype a ON a.id = r.activity_id
WHERE a.hours > 0 AND r.state NOT IN ('exception', 'by_content', 'redirected', 'rejected', 'withdrawn')
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("references", "0026_live_since"), ("governance", "0015_demand_in_hours")]

    operations = [migrations.RunSQL(RECORD, migrations.RunSQL.noop)]
