"""Winners lend words of their own; who may be named to sponsors says so for each sponsor by itself."""

import django.db.models.deletion
import django.utils.timezone
import refprogram.kernel.models.base
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def split_by_sponsor(apps, schema_editor):
    """What was agreed for the sponsors of a contest is written down for each that takes such names; then it goes."""
    consents = apps.get_model("awards", "EntryConsent")
    sponsors = apps.get_model("awards", "Sponsor")
    for row in consents.objects.filter(use="leads", sponsor__isnull=True).select_related("entry").iterator():
        for sponsor in sponsors.objects.filter(contest=row.entry.contest_id, takes_leads=True):
            consents.objects.create(
                entry=row.entry, use=row.use, sponsor=sponsor, given=row.given, wording=row.wording,
                signer_id=row.signer_id, signed_at=row.signed_at, revoked_at=row.revoked_at,
            )
        row.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0010_what_entries_become"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="entryconsent",
            name="sponsor",
            field=models.ForeignKey(
                blank=True, help_text="To whom the entrant may be named.", null=True,
                on_delete=django.db.models.deletion.PROTECT, related_name="lead_consents", to="awards.sponsor",
            ),
        ),
        migrations.RemoveConstraint(model_name="entryconsent", name="entry_consent_once"),
        migrations.AddConstraint(
            model_name="entryconsent",
            constraint=models.UniqueConstraint(
                fields=("entry", "use", "sponsor"), name="entry_consent_once_each", nulls_distinct=False
            ),
        ),
        migrations.RunPython(split_by_sponsor, migrations.RunPython.noop),
        migrations.CreateModel(
            name="WinnerQuote",
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
                ("text", models.CharField(max_length=280)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quote", to="awards.award"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=~Q(text=""), name="winner_quote_says_something")],
            },
        ),
    ]
