"""A cancelled order is a state of its own, and what came back of a gift's cost is kept beside what was paid."""

import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

REFUNDED = """
UPDATE governance_fulfilment SET refunded = came_back.amount
FROM (SELECT commitment_id, SUM(amount) AS amount FROM governance_fundentry WHERE kind = 'refund' GROUP BY 1) came_back
WHERE came_back.commitment_id = governance_fulfilment.commitment_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0007_answers_in_working_hours'),
        ('kernel', '0005_edit_history'),
        ('people', '0005_edit_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='fulfilment',
            name='edit_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fulfilment',
            name='edit_removed',
        ),
        migrations.RemoveConstraint(
            model_name='fulfilment',
            name='fulfilment_state_known',
        ),
        migrations.AddField(
            model_name='fulfilment',
            name='refunded',
            field=models.DecimalField(decimal_places=2, default=Decimal('0'), help_text='What of it came back.', max_digits=14),
        ),
        migrations.AddField(
            model_name='fulfilmentedit',
            name='refunded',
            field=models.DecimalField(decimal_places=2, default=Decimal('0'), help_text='What of it came back.', max_digits=14),
        ),
        migrations.AlterField(
            model_name='fulfilment',
            name='cost',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='What was paid for it.', max_digits=14, null=True),
        ),
        migrations.AlterField(
            model_name='fulfilment',
            name='state',
            field=models.CharField(choices=[('in_approval', 'waiting for approval'), ('rejected', 'rejected'), ('waiting_money', 'waiting for money'), ('ready', 'ready to order'), ('scheduled', 'scheduled'), ('ordered', 'ordered'), ('delivered', 'delivered'), ('acknowledged', 'acknowledged'), ('refused', 'refused by the receiver'), ('substituted', 'replaced by another'), ('returned', 'returned'), ('refunded', 'refunded'), ('cancelled', 'called off before it was ordered'), ('unordered', 'order cancelled')], default='in_approval', max_length=14),
        ),
        migrations.AlterField(
            model_name='fulfilmentedit',
            name='cost',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='What was paid for it.', max_digits=14, null=True),
        ),
        migrations.AlterField(
            model_name='fulfilmentedit',
            name='state',
            field=models.CharField(choices=[('in_approval', 'waiting for approval'), ('rejected', 'rejected'), ('waiting_money', 'waiting for money'), ('ready', 'ready to order'), ('scheduled', 'scheduled'), ('ordered', 'ordered'), ('delivered', 'delivered'), ('acknowledged', 'acknowledged'), ('refused', 'refused by the receiver'), ('substituted', 'replaced by another'), ('returned', 'returned'), ('refunded', 'refunded'), ('cancelled', 'called off before it was ordered'), ('unordered', 'order cancelled')], default='in_approval', max_length=14),
        ),
        migrations.RunSQL(REFUNDED, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='fulfilment',
            trigger=pgtrigger.compiler.Trigger(name='edit_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_fulfilmentedit" ("account_id", "acknowledged_at", "approval_id", "cause", "ceiling", "commitment_id", "cost", "delivered_at", "fund_id", "id", "item", "kind", "label", "line_id", "order_reference", "ordered_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy", "policy_note", "proof_id", "proof_note", "reason", "receiver_id", "refunded", "replaces_id", "requested_by_id", "scheduled_on", "state", "subject_id", "subject_type", "taxable", "url", "value") SELECT old_values."account_id", old_values."acknowledged_at", old_values."approval_id", old_values."cause", old_values."ceiling", old_values."commitment_id", old_values."cost", old_values."delivered_at", old_values."fund_id", old_values."id", old_values."item", old_values."kind", old_values."label", old_values."line_id", old_values."order_reference", old_values."ordered_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', old_values."id", old_values."policy", old_values."policy_note", old_values."proof_id", old_values."proof_note", old_values."reason", old_values."receiver_id", old_values."refunded", old_values."replaces_id", old_values."requested_by_id", old_values."scheduled_on", old_values."state", old_values."subject_id", old_values."subject_type", old_values."taxable", old_values."url", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."account_id" IS DISTINCT FROM (new_values."account_id") OR old_values."acknowledged_at" IS DISTINCT FROM (new_values."acknowledged_at") OR old_values."approval_id" IS DISTINCT FROM (new_values."approval_id") OR old_values."cause" IS DISTINCT FROM (new_values."cause") OR old_values."ceiling" IS DISTINCT FROM (new_values."ceiling") OR old_values."commitment_id" IS DISTINCT FROM (new_values."commitment_id") OR old_values."cost" IS DISTINCT FROM (new_values."cost") OR old_values."delivered_at" IS DISTINCT FROM (new_values."delivered_at") OR old_values."fund_id" IS DISTINCT FROM (new_values."fund_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."item" IS DISTINCT FROM (new_values."item") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."label" IS DISTINCT FROM (new_values."label") OR old_values."line_id" IS DISTINCT FROM (new_values."line_id") OR old_values."order_reference" IS DISTINCT FROM (new_values."order_reference") OR old_values."ordered_at" IS DISTINCT FROM (new_values."ordered_at") OR old_values."policy" IS DISTINCT FROM (new_values."policy") OR old_values."policy_note" IS DISTINCT FROM (new_values."policy_note") OR old_values."proof_id" IS DISTINCT FROM (new_values."proof_id") OR old_values."proof_note" IS DISTINCT FROM (new_values."proof_note") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."receiver_id" IS DISTINCT FROM (new_values."receiver_id") OR old_values."refunded" IS DISTINCT FROM (new_values."refunded") OR old_values."replaces_id" IS DISTINCT FROM (new_values."replaces_id") OR old_values."requested_by_id" IS DISTINCT FROM (new_values."requested_by_id") OR old_values."scheduled_on" IS DISTINCT FROM (new_values."scheduled_on") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."subject_id" IS DISTINCT FROM (new_values."subject_id") OR old_values."subject_type" IS DISTINCT FROM (new_values."subject_type") OR old_values."taxable" IS DISTINCT FROM (new_values."taxable") OR old_values."url" IS DISTINCT FROM (new_values."url") OR old_values."value" IS DISTINCT FROM (new_values."value")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1e61407b81bfccc450bfa6ae33ae5d4070a6b401', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_edit_changed_075de', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='governance_fulfilment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fulfilment',
            trigger=pgtrigger.compiler.Trigger(name='edit_removed', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "governance_fulfilmentedit" ("account_id", "acknowledged_at", "approval_id", "cause", "ceiling", "commitment_id", "cost", "delivered_at", "fund_id", "id", "item", "kind", "label", "line_id", "order_reference", "ordered_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy", "policy_note", "proof_id", "proof_note", "reason", "receiver_id", "refunded", "replaces_id", "requested_by_id", "scheduled_on", "state", "subject_id", "subject_type", "taxable", "url", "value") SELECT old_values."account_id", old_values."acknowledged_at", old_values."approval_id", old_values."cause", old_values."ceiling", old_values."commitment_id", old_values."cost", old_values."delivered_at", old_values."fund_id", old_values."id", old_values."item", old_values."kind", old_values."label", old_values."line_id", old_values."order_reference", old_values."ordered_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'removed\', old_values."id", old_values."policy", old_values."policy_note", old_values."proof_id", old_values."proof_note", old_values."reason", old_values."receiver_id", old_values."refunded", old_values."replaces_id", old_values."requested_by_id", old_values."scheduled_on", old_values."state", old_values."subject_id", old_values."subject_type", old_values."taxable", old_values."url", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3a277db5e396afb0ee9255065cd11d580f67ff92', level='STATEMENT', operation='DELETE', pgid='pgtrigger_edit_removed_cec0f', referencing='REFERENCING OLD TABLE AS old_values ', table='governance_fulfilment', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='fulfilment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['in_approval', 'rejected', 'waiting_money', 'ready', 'scheduled', 'ordered', 'delivered', 'acknowledged', 'refused', 'substituted', 'returned', 'refunded', 'cancelled', 'unordered'])), name='fulfilment_state_known'),
        ),
    ]
