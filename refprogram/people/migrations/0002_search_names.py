"""Names are searched by parts of words, typos forgiven: at 10,000 people an index has to find them."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("kernel", "0002_extensions")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="person_name_trgm"),
        ),
    ]
