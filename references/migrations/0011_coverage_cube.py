"""The map's own table of counts, with triggers that mark what changed; what came of recruiting targets."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# A mark is written where something changed that the map counts, by whomever: a service, an import, a merge. Rows that
# neither are nor were references cost nothing: the trigger's WHEN is asked before anything runs.
MARK = """
CREATE FUNCTION references_mark_coverage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE one bigint;
BEGIN
    IF TG_TABLE_NAME = 'references_account' THEN
        IF TG_OP = 'DELETE' THEN one := OLD.id; ELSE one := NEW.id; END IF;
    ELSIF TG_OP = 'DELETE' THEN one := OLD.account_id;
    ELSE one := NEW.account_id;
    END IF;
    INSERT INTO references_coveragemark (account_id) VALUES (one);
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME <> 'references_account' THEN
        IF OLD.account_id IS DISTINCT FROM NEW.account_id THEN
            INSERT INTO references_coveragemark (account_id) VALUES (OLD.account_id);
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER coverage_mark_new AFTER INSERT ON references_account FOR EACH ROW
    WHEN (NEW.state IN ('active', 'review_due')) EXECUTE FUNCTION references_mark_coverage();
CREATE TRIGGER coverage_mark_gone AFTER DELETE ON references_account FOR EACH ROW
    WHEN (OLD.state IN ('active', 'review_due')) EXECUTE FUNCTION references_mark_coverage();
CREATE TRIGGER coverage_mark_changed AFTER UPDATE ON references_account FOR EACH ROW
    WHEN ((OLD.state IN ('active', 'review_due') OR NEW.state IN ('active', 'review_due'))
        AND (OLD.state, OLD.industry, OLD.region_id, OLD.employees, OLD.use_cases, OLD.frozen, OLD.paused_until,
             OLD.rests_until, OLD.open_asks > 0, OLD.verified_at, OLD.tier, OLD.merged_into_id)
        IS DISTINCT FROM
            (NEW.state, NEW.industry, NEW.region_id, NEW.employees, NEW.use_cases, NEW.frozen, NEW.paused_until,
             NEW.rests_until, NEW.open_asks > 0, NEW.verified_at, NEW.tier, NEW.merged_into_id))
    EXECUTE FUNCTION references_mark_coverage();
CREATE TRIGGER coverage_mark_contact_new AFTER INSERT ON references_contact FOR EACH ROW
    WHEN (NEW.state = 'active') EXECUTE FUNCTION references_mark_coverage();
CREATE TRIGGER coverage_mark_contact_gone AFTER DELETE ON references_contact FOR EACH ROW
    WHEN (OLD.state = 'active') EXECUTE FUNCTION references_mark_coverage();
CREATE TRIGGER coverage_mark_contact_changed AFTER UPDATE ON references_contact FOR EACH ROW
    WHEN ((OLD.state = 'active' OR NEW.state = 'active')
        AND (OLD.state, OLD.persona, OLD.left_company_at, OLD.account_id)
        IS DISTINCT FROM (NEW.state, NEW.persona, NEW.left_company_at, NEW.account_id))
    EXECUTE FUNCTION references_mark_coverage();
"""

# Licences come by the hundred thousand: one statement of an import is one statement here, and only references count.
MARK_PRODUCTS = """
CREATE FUNCTION references_mark_products() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO references_coveragemark (account_id)
        SELECT DISTINCT account_id FROM touched
        WHERE account_id IN (SELECT id FROM references_account WHERE state IN ('active', 'review_due'));
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_mark_product_new AFTER INSERT ON references_account_products
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION references_mark_products();
CREATE TRIGGER coverage_mark_product_gone AFTER DELETE ON references_account_products
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION references_mark_products();
CREATE TRIGGER coverage_mark_product_moved_to AFTER UPDATE ON references_account_products
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION references_mark_products();
CREATE TRIGGER coverage_mark_product_moved_from AFTER UPDATE ON references_account_products
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION references_mark_products();
"""

# What is here already has to be counted once.
MARK_ALL = """
INSERT INTO references_coveragemark (account_id)
    SELECT id FROM references_account WHERE state IN ('active', 'review_due')
"""

UNMARK = """
DROP FUNCTION references_mark_coverage() CASCADE;
DROP FUNCTION references_mark_products() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("references", "0010_releases_and_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CoverageMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account_id", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="CoverageRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counted_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CoverageFact",
            fields=[
                ("account_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("available", models.BooleanField(default=False)),
                ("contacts", models.PositiveSmallIntegerField(default=0)),
                ("values", models.JSONField(default=dict)),
                ("changes_at", models.DateTimeField(db_index=True, null=True)),
                ("free_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CoverageCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cut", models.CharField(max_length=40)),
                ("first", models.CharField(blank=True, max_length=80)),
                ("second", models.CharField(blank=True, max_length=80)),
                ("third", models.CharField(blank=True, max_length=80)),
                ("available", models.IntegerField(default=0)),
                ("contacts", models.IntegerField(default=0)),
                ("demand", models.FloatField(default=0)),
                ("variance", models.FloatField(default=0)),
                ("deals", models.FloatField(default=0)),
                ("pipeline", models.FloatField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["cut", "second"], name="coverage_cell_second"),
                    models.Index(fields=["cut", "third"], name="coverage_cell_third"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("cut", "first", "second", "third"), name="coverage_cell_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandForecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_on", models.DateField(unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("figures", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="TargetAsk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked",
                        to="references.recruitingtarget",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("target", "user"), name="target_asked_once")],
            },
        ),
        migrations.CreateModel(
            name="TargetNomination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nomination_id", models.BigIntegerField(unique=True)),
                ("nominated_at", models.DateTimeField()),
                ("enrolled_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="references.account"
                    ),
                ),
                (
                    "nominator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nominations",
                        to="references.recruitingtarget",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(MARK, UNMARK),
        migrations.RunSQL(MARK_PRODUCTS, migrations.RunSQL.noop),
        migrations.RunSQL(MARK_ALL, migrations.RunSQL.noop),
    ]
