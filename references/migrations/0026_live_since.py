"""Since when a customer is live; its edits are kept as those of the other facts."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('references', '0025_speakers'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='account',
            name='edit_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='account',
            name='edit_removed',
        ),
        migrations.AddField(
            model_name='account',
            name='live_since',
            field=models.DateField(blank=True, help_text='When they began to use it in earnest.', null=True),
        ),
        migrations.AddField(
            model_name='accountedit',
            name='live_since',
            field=models.DateField(blank=True, help_text='When they began to use it in earnest.', null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='edit_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "references_accountedit" ("city", "competitor", "country", "csm_id", "employees", "external_ref", "founded", "gift_ceiling", "gift_note", "gift_policy", "id", "industry", "live_since", "member_since", "merged_into_id", "name", "owner_id", "parent_id", "paused_until", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "renews_on", "revenue", "sponsor_id", "state", "tier", "use_cases", "verified_at") SELECT old_values."city", old_values."competitor", old_values."country", old_values."csm_id", old_values."employees", old_values."external_ref", old_values."founded", old_values."gift_ceiling", old_values."gift_note", old_values."gift_policy", old_values."id", old_values."industry", old_values."live_since", old_values."member_since", old_values."merged_into_id", old_values."name", old_values."owner_id", old_values."parent_id", old_values."paused_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."region_id", old_values."renews_on", old_values."revenue", old_values."sponsor_id", old_values."state", old_values."tier", old_values."use_cases", old_values."verified_at" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."city" IS DISTINCT FROM (new_values."city") OR old_values."competitor" IS DISTINCT FROM (new_values."competitor") OR old_values."country" IS DISTINCT FROM (new_values."country") OR old_values."csm_id" IS DISTINCT FROM (new_values."csm_id") OR old_values."employees" IS DISTINCT FROM (new_values."employees") OR old_values."external_ref" IS DISTINCT FROM (new_values."external_ref") OR old_values."founded" IS DISTINCT FROM (new_values."founded") OR old_values."gift_ceiling" IS DISTINCT FROM (new_values."gift_ceiling") OR old_values."gift_note" IS DISTINCT FROM (new_values."gift_note") OR old_values."gift_policy" IS DISTINCT FROM (new_values."gift_policy") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."industry" IS DISTINCT FROM (new_values."industry") OR old_values."live_since" IS DISTINCT FROM (new_values."live_since") OR old_values."member_since" IS DISTINCT FROM (new_values."member_since") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."paused_until" IS DISTINCT FROM (new_values."paused_until") OR old_values."region_id" IS DISTINCT FROM (new_values."region_id") OR old_values."renews_on" IS DISTINCT FROM (new_values."renews_on") OR old_values."revenue" IS DISTINCT FROM (new_values."revenue") OR old_values."sponsor_id" IS DISTINCT FROM (new_values."sponsor_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."tier" IS DISTINCT FROM (new_values."tier") OR old_values."use_cases" IS DISTINCT FROM (new_values."use_cases") OR old_values."verified_at" IS DISTINCT FROM (new_values."verified_at")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f8d0cd038894d177b87245556e25926876cbfb11', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_edit_changed_1fadc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='references_account', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='edit_removed', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "references_accountedit" ("city", "competitor", "country", "csm_id", "employees", "external_ref", "founded", "gift_ceiling", "gift_note", "gift_policy", "id", "industry", "live_since", "member_since", "merged_into_id", "name", "owner_id", "parent_id", "paused_until", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "renews_on", "revenue", "sponsor_id", "state", "tier", "use_cases", "verified_at") SELECT old_values."city", old_values."competitor", old_values."country", old_values."csm_id", old_values."employees", old_values."external_ref", old_values."founded", old_values."gift_ceiling", old_values."gift_note", old_values."gift_policy", old_values."id", old_values."industry", old_values."live_since", old_values."member_since", old_values."merged_into_id", old_values."name", old_values."owner_id", old_values."parent_id", old_values."paused_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."region_id", old_values."renews_on", old_values."revenue", old_values."sponsor_id", old_values."state", old_values."tier", old_values."use_cases", old_values."verified_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bdc8d3043ef558c6fb2e3520507d6f92e4aad2fa', level='STATEMENT', operation='DELETE', pgid='pgtrigger_edit_removed_0aff2', referencing='REFERENCING OLD TABLE AS old_values ', table='references_account', when='AFTER')),
        ),
    ]
