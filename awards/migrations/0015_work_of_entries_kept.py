"""How much work lies on each entry in a category, kept by triggers; and calibration texts found by an index.

The view says what a row must say; the table is what the pages of judging read. Why so:
docs/decisions/0012-kept-work-of-entries.md.
"""

from django.db import migrations, models
from django.db.models import Q

# The truth, out of entries, their places and what judges were given.
SAID = """
CREATE VIEW awards_placework_said AS
SELECT p.id AS place_id, e.contest_id, p.category_id, p.round_number,
    e.state <> 'withdrawn' AS stands,
    e.state IN ('eligible', 'locked', 'closed') AS eligible,
    e.state IN ('eligible', 'locked', 'closed') AND p.state <> 'not_advanced' AS judged,
    work.held, work.scored, work.given, work.done
FROM awards_categoryentry p
JOIN awards_contestentry e ON e.id = p.entry_id
CROSS JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE r.number = p.round_number AND a.state IN
            ('proposed', 'released', 'opened', 'in_progress', 'submitted', 'locked')) AS held,
        count(*) FILTER (WHERE r.number = p.round_number AND a.state IN ('submitted', 'locked')) AS scored,
        count(*) FILTER (WHERE a.state NOT IN ('proposed', 'recused', 'declined', 'reassigned')) AS given,
        count(*) FILTER (WHERE a.state IN ('submitted', 'locked')) AS done
    FROM awards_assignment a JOIN awards_round r ON r.id = a.round_id WHERE a.place_id = p.id
) work
WHERE NOT e.anchor
"""
FACTS = ("contest_id", "category_id", "round_number", "stands", "eligible", "judged", "held", "scored", "given", "done")
KEPT, TOLD = (", ".join(f"{row}.{name}" for name in FACTS) for row in ("k", "s"))
COLUMNS = f"place_id, {', '.join(FACTS)}"
# One plan for one place and for ten thousand: each by its index. What changed is found by EXCEPT: a join of the rows
# before and after, planned for the one row of the first time, would compare each with each when ten thousand come.
KEEP = f"""
CREATE FUNCTION awards_keep_work(places bigint[]) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    -- Two that change the same place at once wait for each other, and whoever holds many takes them in one order.
    PERFORM 1 FROM awards_placework WHERE place_id = ANY(places) ORDER BY place_id FOR NO KEY UPDATE;
    -- A statement of its own: it sees what those have written for whom we waited.
    UPDATE awards_placework k SET ({', '.join(FACTS)}) = ({TOLD}) FROM awards_placework_said s
    WHERE k.place_id = ANY(places) AND s.place_id = k.place_id AND ({KEPT}) IS DISTINCT FROM ({TOLD});
END $$;

CREATE FUNCTION awards_place_comes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever moves the entry meanwhile is waited for, or waits and then finds these rows.
    PERFORM 1 FROM awards_contestentry WHERE id IN (SELECT entry_id FROM fresh) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO awards_placework ({COLUMNS})
    SELECT {COLUMNS} FROM awards_placework_said WHERE place_id IN (SELECT id FROM fresh);
    RETURN NULL;
END $$;

CREATE FUNCTION awards_place_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM awards_placework WHERE place_id IN (SELECT id FROM gone);
    RETURN NULL;
END $$;

CREATE FUNCTION awards_place_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    places bigint[];
BEGIN
    SELECT array_agg(id) INTO places FROM (
        SELECT id, entry_id, category_id, state, round_number FROM fresh
        EXCEPT SELECT id, entry_id, category_id, state, round_number FROM gone) changed;
    IF places IS NOT NULL THEN PERFORM awards_keep_work(places); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION awards_entry_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    places bigint[];
BEGIN
    SELECT array_agg(id) INTO places FROM awards_categoryentry WHERE entry_id IN (
        SELECT id FROM (SELECT id, state FROM fresh EXCEPT SELECT id, state FROM gone) changed);
    IF places IS NOT NULL THEN PERFORM awards_keep_work(places); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION awards_work_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    places bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(DISTINCT place_id) INTO places FROM fresh;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT place_id) INTO places FROM gone;
    ELSE
        SELECT array_agg(DISTINCT place_id) INTO places FROM (
            (SELECT id, place_id, round_id, state FROM fresh EXCEPT SELECT id, place_id, round_id, state FROM gone)
            UNION ALL
            (SELECT id, place_id, round_id, state FROM gone EXCEPT SELECT id, place_id, round_id, state FROM fresh)
        ) changed;
    END IF;
    IF places IS NOT NULL THEN PERFORM awards_keep_work(places); END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER work_of_new_place AFTER INSERT ON awards_categoryentry REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION awards_place_comes();
CREATE TRIGGER work_of_gone_place AFTER DELETE ON awards_categoryentry REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION awards_place_goes();
CREATE TRIGGER work_of_changed_place AFTER UPDATE ON awards_categoryentry
    REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION awards_place_moves();
CREATE TRIGGER work_of_changed_entry AFTER UPDATE ON awards_contestentry
    REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION awards_entry_moves();
CREATE TRIGGER work_given AFTER INSERT ON awards_assignment REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION awards_work_moves();
CREATE TRIGGER work_removed AFTER DELETE ON awards_assignment REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION awards_work_moves();
CREATE TRIGGER work_changed AFTER UPDATE ON awards_assignment
    REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION awards_work_moves();
"""
FILL = f"INSERT INTO awards_placework ({COLUMNS}) SELECT {COLUMNS} FROM awards_placework_said"
UNDO = """
DROP FUNCTION awards_work_moves() CASCADE;
DROP FUNCTION awards_entry_moves() CASCADE;
DROP FUNCTION awards_place_moves() CASCADE;
DROP FUNCTION awards_place_goes() CASCADE;
DROP FUNCTION awards_place_comes() CASCADE;
DROP FUNCTION awards_keep_work(bigint[]);
DROP VIEW awards_placework_said;
"""


class Migration(migrations.Migration):
    dependencies = [("awards", "0014_whose_name_is_it_and_votes_beside_blind")]

    operations = [
        migrations.CreateModel(
            name="PlaceWork",
            fields=[
                ("place_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("contest_id", models.BigIntegerField()),
                ("category_id", models.BigIntegerField()),
                ("round_number", models.SmallIntegerField()),
                ("stands", models.BooleanField()),
                ("eligible", models.BooleanField()),
                ("judged", models.BooleanField()),
                ("held", models.SmallIntegerField(default=0)),
                ("scored", models.SmallIntegerField(default=0)),
                ("given", models.SmallIntegerField(default=0)),
                ("done", models.SmallIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["contest_id", "category_id"], name="placework_of_contest"),
                    models.Index(
                        fields=["contest_id", "round_number", "category_id", "held", "scored", "place_id"],
                        name="placework_shortest",
                        condition=Q(judged=True),
                    ),
                ],
            },
        ),
        migrations.RunSQL(SAID + ";" + KEEP, UNDO),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            "contestentry",
            models.Index(fields=["contest"], name="contest_entry_anchors", condition=Q(anchor=True)),
        ),
    ]
