"""The catalogue has 24 kinds: the first ten learn what preparing them takes, fourteen more are added.

Effort points lie between a quote (10), a call (40) and an interview (50), by the time a kind takes and what is at
stake. Who already stands in the catalogue keeps name and effort: somebody may have changed them.
"""

from django.db import migrations

# slug -> lead days, who must agree beside the owner, what of them is shown, takes place, hours that it costs us
FIRST_TEN = {
    "call": (2, [], [], True, "1"),
    "group-call": (5, [], [], True, "2"),
    "site-visit": (15, ["csm"], ["company"], True, "8"),
    "quote": (2, [], ["company", "name", "title", "quote"], False, "1"),
    "logo": (5, ["legal"], ["company", "logo"], False, "1"),
    "case-study": (20, ["legal"], ["company", "logo", "name", "title", "quote", "story", "metrics"], False, "24"),
    "video": (25, ["legal"], ["company", "logo", "name", "title", "photo", "video"], False, "32"),
    "speaker": (30, ["csm"], ["company", "name", "title", "photo"], True, "12"),
    "press": (5, ["legal"], ["company", "name", "title", "quote"], True, "4"),
    "analyst": (5, ["csm"], ["company", "name", "title"], True, "3"),
}
MORE = [
    # slug, name, "Would you …?", effort, minutes, days to a yes, lead days, must agree, shown, takes place,
    # without the program, hours
    ("written-qa", "Written answers", "answer a few questions in writing", 20, 30, 3, 2, [], [], False, True, "1"),
    ("recorded-qa", "Recorded answers", "answer the usual questions once, in a recording", 55, 60, 10, 10, ["legal"],
     ["company", "name", "title", "video"], False, False, "6"),
    ("rfp", "Named in a tender", "be named in a tender", 15, 10, 3, 2, [], ["company", "name", "title"], False, False,
     "1"),
    ("webinar", "Webinar", "speak in a webinar", 65, 60, 10, 20, ["csm"], ["company", "name", "title", "photo"], True,
     False, "10"),
    ("roundtable", "Round table", "join a round table with a few of your peers", 50, 120, 10, 15, [],
     ["company", "name", "title"], True, False, "6"),
    ("podcast", "Podcast", "be a guest in our podcast", 45, 45, 10, 15, ["csm"], ["company", "name", "title", "video"],
     True, False, "6"),
    ("review", "Review", "write a short review on a portal", 20, 20, 5, 1, [], [], False, True, "1"),
    ("referral", "Recommendation", "recommend us to somebody who could use what we do", 30, 15, 5, 1, [], ["name"],
     False, False, "1"),
    ("intro", "Introduction", "introduce us to a colleague of yours", 25, 15, 5, 1, [], [], False, False, "1"),
    ("council", "Advisory council", "join our advisory council", 80, 240, 15, 30, ["csm", "executive"],
     ["company", "name", "title"], True, False, "16"),
    ("beta", "Beta test", "try something new before others do, and tell us", 60, 240, 10, 10, ["csm"], [], True, False,
     "8"),
    ("award", "Award entry", "enter an award together with us", 55, 90, 15, 20, ["legal"],
     ["company", "logo", "name", "story", "metrics"], False, False, "12"),
    ("social", "Social post", "share a few words in a social network", 15, 10, 3, 1, [],
     ["company", "name", "title", "quote"], False, False, "1"),
    ("press-release", "Named in a press release", "be named in a press release", 35, 20, 10, 10,
     ["legal", "executive"], ["company", "name", "title", "quote"], False, False, "6"),
]  # fmt: skip


def fill(apps, schema_editor):
    model = apps.get_model("references", "ActivityType")
    for slug, (lead, agree, scopes, live, hours) in FIRST_TEN.items():
        facts = {"lead_days": lead, "approvals": agree, "scopes": scopes, "live": live, "hours": hours}
        model.objects.filter(slug=slug).update(**facts)
    for place, row in enumerate(MORE, start=11):
        slug, name, verb, effort, minutes, days, lead, agree, scopes, live, alone, hours = row
        model.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name, "verb": verb, "effort": effort, "minutes": minutes, "confirm_days": days,
                "lead_days": lead, "approvals": agree, "scopes": scopes, "live": live, "self_serve": alone,
                "hours": hours, "position": place * 10,
            },
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("references", "0017_freezes_by_report")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
