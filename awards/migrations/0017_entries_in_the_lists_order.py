from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0016_results_out_of_date'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='contestentry',
            index=models.Index(fields=['contest', 'state_since', 'id'], name='contest_entry_since'),
        ),
    ]
