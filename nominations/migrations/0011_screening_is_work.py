"""What is to be screened counts as work of the program from now on: what waits already is said once, here."""

from django.db import migrations

# As nominations.demand says it, with the hours that hold where nobody changed them.
COUNT = """
INSERT INTO governance_demand (subject_type, subject_id, kind, name, month, hours, recorded_at, done)
SELECT 'nomination', n.id, 'screening', 'Screening',
    date_trunc('month', coalesce(n.expected_on, (n.submitted_at + interval '7 days')::date))::date, 0.5, n.submitted_at,
    false
FROM nominations_nomination n WHERE n.state IN ('submitted', 'queued', 'screening', 'recheck')
ON CONFLICT (subject_type, subject_id) DO NOTHING
"""
FORGET = "DELETE FROM governance_demand WHERE subject_type = 'nomination'"


class Migration(migrations.Migration):
    dependencies = [
        ("nominations", "0010_customers_of_messages"),
        ("governance", "0025_work_that_is_done"),
    ]

    operations = [migrations.RunSQL(COUNT, FORGET)]
