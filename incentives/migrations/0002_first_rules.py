"""The rules that the program begins with; both may be switched off."""

from django.db import migrations

from incentives import policy


def first_rules(apps, schema_editor):
    rule = apps.get_model("incentives", "Rule")
    rule.objects.get_or_create(
        name="Nomination enrolled",
        defaults={
            "topic": "nomination.enrolled",
            "beneficiary": "nominator",
            "points": policy.ENROLLED_POINTS,
            "cap_per_quarter": policy.ENROLLED_CAP,
            "state": "live",
        },
    )
    rule.objects.get_or_create(
        name="Reference delivered",
        defaults={
            "topic": "reference.delivered",
            "beneficiary": "owner",
            "points": policy.DELIVERED_POINTS,
            "state": "live",
        },
    )


class Migration(migrations.Migration):
    dependencies = [("incentives", "0001_initial")]
    operations = [migrations.RunPython(first_rules, migrations.RunPython.noop)]
