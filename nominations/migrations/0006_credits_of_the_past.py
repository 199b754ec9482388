"""Whose the nominations so far are: all of each belongs to its nominator; an owner's yes vouched for it then."""

from django.db import migrations

CREDIT = """
INSERT INTO nominations_nominationcredit (nomination_id, user_id, team_id, region_id, percent, since)
SELECT id, nominator_id, team_id, region_id, 100, submitted_at FROM nominations_nomination
"""
VOUCH = "UPDATE nominations_nomination SET vouched_at = coalesce(owner_answered_at, submitted_at)"


class Migration(migrations.Migration):
    """Facts that rows of earlier versions lack."""

    dependencies = [
        ("nominations", "0005_campaigns_waves_quotas"),
        ("pghistory", "0007_auto_20250421_0444"),  # the second sentence changes rows whose edits are kept
    ]

    operations = [
        migrations.RunSQL(CREDIT, migrations.RunSQL.noop),
        migrations.RunSQL(VOUCH, migrations.RunSQL.noop),
    ]
