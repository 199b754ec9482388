"""What becomes known of customers beyond the CRM. Payloads hold ids and field names, never words."""

from django.utils.translation import gettext_lazy as _

from references.accounts import provenance
from references.accounts.events import colleagues
from refprogram.kernel.topics import Topic

_FIELDS = {"field": provenance.WORDS}
_PART = {"contact": "contact", "program": "linkedprogram"}

TOPICS = [
    Topic("outcome.recorded", _("{actor} noted an outcome: {subject}"), visible=colleagues, tone="info", icon="chart",
          silent=True),
    Topic("outcome.changed", _("{actor} changed the outcome {subject}"), ("fields",), visible=colleagues, icon="edit",
          silent=True),
    Topic("outcome.verified", _("{actor} verified the outcome {subject}"), visible=colleagues, tone="ok",
          icon="check"),
    Topic("correction.proposed", _("{actor} proposed a correction to the CRM: {field}"), ("field",), visible=colleagues,
          tone="wait", icon="edit", words=_FIELDS),
    Topic("correction.sent", _("{actor} sent a correction to the CRM: {field}"), ("field",), visible=colleagues,
          icon="send", words=_FIELDS, silent=True),
    Topic("correction.refused", _("{actor} refused a correction: {field}"), ("field",), visible=colleagues, icon="x",
          words=_FIELDS),
    Topic("correction.done", _("The CRM has corrected: {field}"), ("field",), visible=colleagues, tone="ok",
          icon="check", words=_FIELDS),
    # The name itself is the account's label: who may not know it reads the mask.
    Topic("account.unmasked", _("{actor} was shown who this masked customer is"), ("unmasking", "asked"),
          visible=colleagues, tone="info", icon="eye"),
    Topic("program.opened", _("{actor} added the program {subject}"), visible=colleagues, icon="users", silent=True),
    Topic("program.changed", _("{actor} changed the program {subject}"), ("fields",), visible=colleagues, icon="edit",
          silent=True),
    Topic("program.ended", _("{actor} ended the program {subject}"), visible=colleagues, icon="x", silent=True),
    Topic("participation.invited", _("{contact} was invited to {program}"), ("program", "contact"), _PART, colleagues,
          "info", "users", silent=True),
    Topic("participation.began", _("{contact} takes part in {program}"), ("program", "contact"), _PART, colleagues,
          "ok", "users", silent=True),
    Topic("participation.ended", _("{contact} takes part in {program} no longer"), ("program", "contact"), _PART,
          colleagues, "idle", "out", silent=True),
    Topic("outcome.removed", _("{actor} removed an outcome"), visible=colleagues, icon="x", silent=True),
]  # fmt: skip
