from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_common_ground")]
    operations = [
        migrations.AddField(
            model_name="formanswer",
            name="tab",
            field=models.CharField(blank=True, help_text="Which tab saved last: it may go on saving.", max_length=12),
        ),
    ]
