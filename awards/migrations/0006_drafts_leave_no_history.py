"""What is typed into a draft leaves no history: its versions keep what was handed in."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0005_panel_runs_by_their_name"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="contestentry",
            name="edit_changed",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contestentry",
            name="edit_removed",
        ),
        migrations.RemoveField(
            model_name="contestentryedit",
            name="revision",
        ),
        migrations.RemoveField(
            model_name="contestentryedit",
            name="summary",
        ),
        migrations.RemoveField(
            model_name="contestentryedit",
            name="title",
        ),
        migrations.RemoveField(
            model_name="contestentryedit",
            name="wants_feedback",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contestentry",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "awards_contestentryedit" ("account_id", "anchor", "code", "contact_id", "contest_id", "disqualify_asked_by_id", "duplicate_of_id", "entered_before_id", "extended_by_id", "extended_until", "extension_reason", "fix_until", "id", "invite_id", "nominator_id", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_codes", "redacted_at", "screened_by_id", "second_opinion_by_id", "state", "team_id") SELECT old_values."account_id", old_values."anchor", old_values."code", old_values."contact_id", old_values."contest_id", old_values."disqualify_asked_by_id", old_values."duplicate_of_id", old_values."entered_before_id", old_values."extended_by_id", old_values."extended_until", old_values."extension_reason", old_values."fix_until", old_values."id", old_values."invite_id", old_values."nominator_id", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."reason", old_values."reason_codes", old_values."redacted_at", old_values."screened_by_id", old_values."second_opinion_by_id", old_values."state", old_values."team_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."account_id" IS DISTINCT FROM (new_values."account_id") OR old_values."anchor" IS DISTINCT FROM (new_values."anchor") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."contact_id" IS DISTINCT FROM (new_values."contact_id") OR old_values."contest_id" IS DISTINCT FROM (new_values."contest_id") OR old_values."disqualify_asked_by_id" IS DISTINCT FROM (new_values."disqualify_asked_by_id") OR old_values."duplicate_of_id" IS DISTINCT FROM (new_values."duplicate_of_id") OR old_values."entered_before_id" IS DISTINCT FROM (new_values."entered_before_id") OR old_values."extended_by_id" IS DISTINCT FROM (new_values."extended_by_id") OR old_values."extended_until" IS DISTINCT FROM (new_values."extended_until") OR old_values."extension_reason" IS DISTINCT FROM (new_values."extension_reason") OR old_values."fix_until" IS DISTINCT FROM (new_values."fix_until") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."invite_id" IS DISTINCT FROM (new_values."invite_id") OR old_values."nominator_id" IS DISTINCT FROM (new_values."nominator_id") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."reason_codes" IS DISTINCT FROM (new_values."reason_codes") OR old_values."redacted_at" IS DISTINCT FROM (new_values."redacted_at") OR old_values."screened_by_id" IS DISTINCT FROM (new_values."screened_by_id") OR old_values."second_opinion_by_id" IS DISTINCT FROM (new_values."second_opinion_by_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."team_id" IS DISTINCT FROM (new_values."team_id")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d7de7f6a5a93d0153d35484bdcb53e0512898810",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_edit_changed_5bc5a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="awards_contestentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contestentry",
            trigger=pgtrigger.compiler.Trigger(
                name="edit_removed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "awards_contestentryedit" ("account_id", "anchor", "code", "contact_id", "contest_id", "disqualify_asked_by_id", "duplicate_of_id", "entered_before_id", "extended_by_id", "extended_until", "extension_reason", "fix_until", "id", "invite_id", "nominator_id", "owner_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_codes", "redacted_at", "screened_by_id", "second_opinion_by_id", "state", "team_id") SELECT old_values."account_id", old_values."anchor", old_values."code", old_values."contact_id", old_values."contest_id", old_values."disqualify_asked_by_id", old_values."duplicate_of_id", old_values."entered_before_id", old_values."extended_by_id", old_values."extended_until", old_values."extension_reason", old_values."fix_until", old_values."id", old_values."invite_id", old_values."nominator_id", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."reason", old_values."reason_codes", old_values."redacted_at", old_values."screened_by_id", old_values."second_opinion_by_id", old_values."state", old_values."team_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6d6ccdc1bbca43525c3d0665bb607ebe1fa7bceb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_edit_removed_9b974",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="awards_contestentry",
                    when="AFTER",
                ),
            ),
        ),
    ]
