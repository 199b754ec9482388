"""The words of stories are indexed by a configuration with its schema: a trigger finds no other."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('references', '0013_ask_calendar'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='asset',
            name='asset_words',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='asset',
            trigger=pgtrigger.compiler.Trigger(name='asset_words', sql=pgtrigger.compiler.UpsertTriggerSql(execute='tsvector_update_trigger("search", "pg_catalog.simple", "title", "summary")', func='', hash='add9e3d319a73a469be57343b1b2adb3112783ca', operation='INSERT OR UPDATE OF "title", "summary"', pgid='pgtrigger_asset_words_c2317', table='references_asset', when='BEFORE')),
        ),
    ]
