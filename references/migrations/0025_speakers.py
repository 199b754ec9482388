"""Who agreed to what, in a narrow row each, kept by triggers; and the pool of references in the order of a match.

The view says what a row must say; the table is what matching reads. Why so: docs/decisions/0009-kept-speakers.md.
"""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import F, Q

# The truth, out of contacts, consents and asks. Only what time does not change: days are compared when it is read.
SAID = """
CREATE VIEW references_speaker_said AS
SELECT c.id AS contact_id, c.account_id, wish.activity, word.agreed_until, (c.caps ->> wish.activity)::int AS own_cap,
    ARRAY(SELECT k.planned_on FROM references_ask k JOIN references_activitytype t ON t.id = k.activity_id
          WHERE k.contact_id = c.id AND t.slug = wish.activity AND k.state IN ('held', 'booked', 'spent')
          ORDER BY k.planned_on DESC) AS asked_on,
    EXISTS (SELECT 1 FROM references_ask o WHERE o.contact_id = c.id AND o.state IN ('held', 'booked')) AS busy,
    c.paused_until, c.rests_until, c.blackouts, c.persona
FROM references_contact c
CROSS JOIN LATERAL (SELECT DISTINCT unnest(c.willing) AS activity) wish
CROSS JOIN LATERAL (SELECT max(s.expires_on) AS agreed_until FROM references_consent s
    WHERE s.contact_id = c.id AND s.revoked_at IS NULL AND s.activities @> ARRAY[wish.activity]) word
WHERE c.state = 'active' AND c.left_company_at IS NULL AND word.agreed_until IS NOT NULL
"""
COLUMNS = (
    "contact_id, account_id, activity, agreed_until, own_cap, asked_on, busy, paused_until, rests_until, blackouts,"
    " persona"
)
KEEP = f"""
CREATE FUNCTION references_keep_speaker(who bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Two that change the same contact at once wait for each other: the second sees what the first wrote.
    PERFORM 1 FROM references_contact WHERE id = who FOR NO KEY UPDATE;
    DELETE FROM references_speaker WHERE contact_id = who;
    INSERT INTO references_speaker ({COLUMNS}) SELECT {COLUMNS} FROM references_speaker_said WHERE contact_id = who;
END $$;

CREATE FUNCTION references_contact_speaks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM references_keep_speaker(CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END);
    RETURN NULL;
END $$;

CREATE FUNCTION references_speaker_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM references_keep_speaker(OLD.contact_id); END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND OLD.contact_id <> NEW.contact_id) THEN
        PERFORM references_keep_speaker(NEW.contact_id);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER speaker_of_new_contact AFTER INSERT ON references_contact FOR EACH ROW
    WHEN (NEW.state = 'active') EXECUTE FUNCTION references_contact_speaks();
CREATE TRIGGER speaker_of_gone_contact AFTER DELETE ON references_contact FOR EACH ROW
    WHEN (OLD.state = 'active') EXECUTE FUNCTION references_contact_speaks();
CREATE TRIGGER speaker_of_changed_contact AFTER UPDATE ON references_contact FOR EACH ROW
    WHEN ((OLD.state = 'active' OR NEW.state = 'active')
        AND (OLD.state, OLD.account_id, OLD.willing, OLD.left_company_at, OLD.caps, OLD.paused_until, OLD.rests_until,
             OLD.blackouts, OLD.persona)
        IS DISTINCT FROM
            (NEW.state, NEW.account_id, NEW.willing, NEW.left_company_at, NEW.caps, NEW.paused_until, NEW.rests_until,
             NEW.blackouts, NEW.persona))
    EXECUTE FUNCTION references_contact_speaks();
"""
FOLLOWS = """
CREATE TRIGGER speaker_of_{table}_new AFTER INSERT OR DELETE ON references_{table} FOR EACH ROW
    EXECUTE FUNCTION references_speaker_changes();
CREATE TRIGGER speaker_of_{table}_changed AFTER UPDATE ON references_{table} FOR EACH ROW
    WHEN ({old} IS DISTINCT FROM {new}) EXECUTE FUNCTION references_speaker_changes();
"""
OF_CONSENT = ("contact_id", "activities", "expires_on", "revoked_at")
OF_ASK = ("contact_id", "activity_id", "state", "planned_on")
FILL = f"INSERT INTO references_speaker ({COLUMNS}) SELECT {COLUMNS} FROM references_speaker_said"
UNDO = """
DROP FUNCTION references_contact_speaks() CASCADE;
DROP FUNCTION references_speaker_changes() CASCADE;
DROP FUNCTION references_keep_speaker(bigint);
DROP VIEW references_speaker_said;
"""


def follows(table: str, columns: tuple[str, ...]) -> str:
    """Return the triggers of a table whose rows name a contact."""
    old, new = (f"({', '.join(f'{row}.{column}' for column in columns)})" for row in ("OLD", "NEW"))
    return FOLLOWS.format(table=table, old=old, new=new)


def nearest(name: str, *fields: str) -> models.Index:
    """Return an index of the references alone, the least tired first."""
    return models.Index(
        *fields, F("fatigue_key").asc(nulls_first=True), "id", name=name,
        condition=Q(state__in=["active", "review_due"], merged_into__isnull=True),
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("references", "0024_edits_of_choices")]

    operations = [
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contact_id", models.BigIntegerField()),
                ("account_id", models.BigIntegerField()),
                ("activity", models.CharField(max_length=30)),
                ("agreed_until", models.DateField()),
                ("own_cap", models.IntegerField(null=True)),
                (
                    "asked_on",
                    django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None),
                ),
                ("busy", models.BooleanField(default=False)),
                ("paused_until", models.DateField(null=True)),
                ("rests_until", models.DateField(null=True)),
                ("blackouts", models.JSONField(default=list)),
                ("persona", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["activity", "account_id"], name="speaker_by_activity")],
                "constraints": [models.UniqueConstraint(fields=("contact_id", "activity"), name="speaker_once")],
            },
        ),
        migrations.RunSQL(SAID + ";" + KEEP + follows("consent", OF_CONSENT) + follows("ask", OF_ASK), UNDO),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex("account", nearest("account_nearest", "industry", "region")),
        migrations.AddIndex("account", nearest("account_nearest_industry", "industry")),
        migrations.AddIndex("account", nearest("account_nearest_region", "region")),
        migrations.AddIndex("account", nearest("account_least_tired")),
    ]
