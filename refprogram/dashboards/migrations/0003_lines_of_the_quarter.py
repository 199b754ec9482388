import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dashboards', '0002_metrics_counted_and_mailed'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuarterLines',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sight', models.CharField(max_length=8, unique=True)),
                ('starts_on', models.DateField(help_text='The first day of the present quarter: the last value of each line.')),
                ('lines', models.JSONField(default=dict)),
                ('counted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('stream_at', models.BigIntegerField(default=0, help_text='The last event that had happened.')),
            ],
        ),
    ]
