"""Trigram search (typos forgiven) and accent-free comparison; before any index that needs them."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    run_before = [("references", "0001_initial")]
    operations = [TrigramExtension(), UnaccentExtension()]
