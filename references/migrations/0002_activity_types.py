"""What customers can do for the program: ten kinds to start with, each with what it costs them.

Effort points: quote 10, call 40, interview 50 are from research/features-references-incentives.md, section 1.B; the
others are set between them by the time they take and what is at stake. Days to a customer's yes: section 1.C "SLA
clocks" (2 days for a call to 15 for a site visit).
"""

from django.db import migrations

KINDS = [
    # slug, name, "Would you …?", effort, minutes, days to confirm
    ("call", "Reference call", "take a call with one company that thinks of buying", 40, 30, 2),
    ("group-call", "Group call", "join a call with a few companies and answer their questions", 45, 45, 4),
    ("site-visit", "Site visit", "show visitors how you work", 80, 180, 15),
    ("quote", "Quote", "give us a sentence that we may print", 10, 10, 3),
    ("logo", "Logo", "let us show your logo among our customers", 10, 10, 5),
    ("case-study", "Case study", "tell your story for a written case study", 60, 90, 10),
    ("video", "Video", "tell your story in front of a camera", 70, 120, 15),
    ("speaker", "Talk", "speak at an event", 80, 240, 15),
    ("press", "Press interview", "talk to a journalist", 50, 45, 5),
    ("analyst", "Analyst interview", "talk to an industry analyst", 50, 45, 5),
]


def fill(apps, schema_editor):
    model = apps.get_model("references", "ActivityType")
    for position, (slug, name, verb, effort, minutes, days) in enumerate(KINDS, start=1):
        facts = {"name": name, "verb": verb, "effort": effort, "minutes": minutes, "confirm_days": days}
        model.objects.update_or_create(slug=slug, defaults={**facts, "position": position * 10})


class Migration(migrations.Migration):
    dependencies = [("references", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
