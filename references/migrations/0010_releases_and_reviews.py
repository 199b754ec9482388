"""What consent and content need beside the rows of the portfolio: releases by link, customers' reviews, synonyms.

And the first words that customers agree to.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import refprogram.kernel.models.base
from django.conf import settings
from django.db import migrations, models

TEMPLATE = """I allow {program} to show of me and of {company} what I ticked below, at the places, to the people and in the countries that are named there, until {until}.

I read everything before it is published for the first time. What I say is my own opinion, and nothing that I get from {program} depends on it.

I can take this back at any time, as a whole or in part, without giving a reason. What is on the web is then hidden at once; what is printed is not printed again."""


def fill(apps, schema_editor):
    templates = apps.get_model("references", "ConsentTemplate")
    templates.objects.get_or_create(
        name="Release for stories and quotes",
        version=1,
        defaults={
            "text": TEMPLATE,
            "months": 24,
            "scopes": ["company", "logo", "name", "title", "photo", "quote", "story", "video", "metrics"],
        },
    )


class Migration(migrations.Migration):
    dependencies = [
        ("references", "0009_portfolio"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=refprogram.kernel.models.base.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None),
                ),
            ],
            options={
                "ordering": ["words"],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="CustomerReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=refprogram.kernel.models.base.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "may go out as it is"), ("edited", "with changes"), ("no", "must not go out")],
                        max_length=8,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="references.asset"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="references.contact"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="references.assetversion",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("version", "contact"), name="customer_review_once")],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=refprogram.kernel.models.base.new_public_id, editable=False, max_length=12, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("terms", models.JSONField()),
                ("until", models.DateField()),
                ("message", models.TextField(blank=True, help_text="A few words of one’s own above the question.")),
                ("source_type", models.CharField(blank=True, max_length=32)),
                ("source_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("agreed", "agreed"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.TextField(blank=True, help_text="What they added.")),
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
                    "consent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="references.consent",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="references.contact"
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="references.consenttemplate",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["contact", "state"], name="release_by_contact")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
