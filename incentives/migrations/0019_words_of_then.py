"""What was stopped before rules were folds gave by the words of then, not by those it was given afterwards.

0011 took the words as they were when it ran. The first edit after a rule was stopped kept those before it, and each
edit made another version: both are put right in the span. Without such an edit nothing has to be.
"""

from django.db import migrations

TOOK_OVER = "0011_rules_are_folds"
WORDS_OF_THEN = """
UPDATE incentives_rulespan span
SET definition = was.definition, topics = ARRAY[was.definition ->> 'topic'],
    version = greatest(1, span.version - was.edits)
FROM (
    SELECT DISTINCT ON (id, stopped_at) id AS rule_id, stopped_at, definition,
        count(*) OVER (PARTITION BY id, stopped_at) AS edits
    FROM incentives_ruleedit
    WHERE pgh_label = 'changed' AND state = 'stopped' AND pgh_created_at < %s
    ORDER BY id, stopped_at, pgh_id
) was
WHERE span.rule_id = was.rule_id AND span.until = was.stopped_at
"""


def give_back(cursor, took_over_at):
    """Give spans that 0011 made the words and the number that their rules had then."""
    cursor.execute(WORDS_OF_THEN, [took_over_at])


def forwards(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT applied FROM django_migrations WHERE app = 'incentives' AND name = %s", [TOOK_OVER])
        row = cursor.fetchone()
        if row is not None:
            give_back(cursor, row[0])


class Migration(migrations.Migration):
    dependencies = [("incentives", "0018_standings_are_among_colleagues")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True)]
