"""A run that divides judges' work is a panel run; an assignment run is what references call theirs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("awards", "0004_awards_by_their_name")]

    operations = [migrations.RenameModel("AssignmentRun", "PanelRun")]
