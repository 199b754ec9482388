"""The activity "survey", and three forms that are ready to be sent: NPS, CSAT, willingness.

Effort 3 of 120: two minutes of writing against 10 for a quote (references/accounts/policy.py, LIGHT_EFFORT).
"""

from django.db import migrations
from django.utils import timezone

SURVEY = {
    "name": "Survey",
    "verb": "answer a few questions",
    "effort": 3,
    "minutes": 2,
    "confirm_days": 10,
    "position": 900,
}
NPS = [
    {"key": "score", "type": "nps", "label": "How likely are you to recommend us to a friend or colleague?",
     "required": True, "low": "Not at all likely", "high": "Extremely likely"},
    {"key": "reason", "type": "long_text", "label": "What is the main reason for your score?", "most": "2000"},
    {"key": "better", "type": "long_text", "label": "What should we do better first?", "most": "2000",
     "condition": {"field": "score", "test": "at_most", "value": "6"}},
    {"key": "quotable", "type": "choice", "label": "May we quote your reason, with your name?",
     "condition": {"field": "score", "test": "at_least", "value": "9"},
     "options": [{"value": "yes", "label": "Yes, after I have seen the quote"}, {"value": "no", "label": "Rather not"}]},
]
CSAT = [
    {"key": "satisfied", "type": "rating", "label": "How satisfied are you with our work in the last months?",
     "required": True, "low": "Not at all", "high": "Very", "scale": 5},
    {"key": "parts", "type": "choices", "label": "What went well?",
     "options": [{"value": "product", "label": "The product"}, {"value": "people", "label": "The people"},
                 {"value": "support", "label": "Support"}, {"value": "speed", "label": "Speed"}]},
    {"key": "wrong", "type": "long_text", "label": "What went wrong?", "most": "2000", "required": True,
     "condition": {"field": "satisfied", "test": "at_most", "value": "2"}},
    {"key": "words", "type": "long_text", "label": "Anything else?", "most": "2000"},
]
WORDS = (
    "I would be glad to be asked for what I ticked. Each time I may say no, and I can change my mind at any time by one "
    "line to you. Nothing is printed before I have read it."
)


def willingness(apps):
    kinds = apps.get_model("references", "ActivityType").objects.filter(effort__gt=5).order_by("position", "name")
    return [
        {"key": "activities", "type": "choices", "label": "What would you be glad to be asked for?",
         "help": "Tick as many as you like. We ask each time, and no is a fine answer.",
         "options": [{"value": kind.slug, "label": kind.name} for kind in kinds]},
        {"key": "agree", "type": "consent", "label": "May we keep this?", "text": WORDS, "required": True,
         "condition": {"field": "activities", "test": "answered"}},
        {"key": "words", "type": "long_text", "label": "What would you like to talk about?", "most": "2000"},
    ]


FORMS = [
    ("How likely to recommend us (NPS)", lambda apps: NPS,
     "Two questions, one minute. A person reads every answer.", "What you wrote goes to the people who look after you."),
    ("How satisfied (CSAT)", lambda apps: CSAT, "Two minutes, for us to do better.", ""),
    ("What you would do for others (willingness)", willingness,
     "People who weigh a decision trust somebody who has made it. What might you be glad to do?",
     "We ask you each time before anything happens."),
]


def fill(apps, schema_editor):
    apps.get_model("references", "ActivityType").objects.update_or_create(slug="survey", defaults=SURVEY)
    design_model, version_model = apps.get_model("kernel", "FormDesign"), apps.get_model("kernel", "FormVersion")
    for name, fields, intro, thanks in FORMS:
        design, created = design_model.objects.get_or_create(name=name, defaults={"purpose": "survey"})
        if not created:
            continue
        facts = {"design": design, "fields": fields(apps), "intro": intro, "thanks": thanks}
        version_model.objects.create(number=1, published_at=timezone.now(), **facts)
        version_model.objects.create(number=2, **facts)


class Migration(migrations.Migration):
    dependencies = [("references", "0004_surveys_and_gifts"), ("kernel", "0004_form_answer_tab")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
