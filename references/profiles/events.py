"""What becomes known of customers beyond the CRM. Payloads hold ids and field names, never words."""

from django.utils.translation import gettext_lazy as _

from references.accounts import provenance
from references.accounts.events import colleagues
from refprogram.kernel.topics import Topic

_FIELDS = {"field": provenance.WORDS}

TOPICS = [
    Topic("outcome.recorded", _("{actor} noted an outcome: {subject}"), visible=colleagues, tone="info", icon="chart",
          silent=True),
    Topic("outcome.changed", _("{actor} changed the outcome {subject}"), ("fields",), visible=colleagues, icon="edit",
          silent=True),
    Topic("outcome.verified", _("{actor} verified the outcome {subject}"), visible=colleagues, tone="ok",
          icon="check"),
    Topic("correction.proposed", _("{actor} proposed a correction to the CRM: {field}"), ("field",), visible=colleagues,
          tone="wait", icon="edit", words=_FIELDS, silent=True),
    Topic("correction.sent", _("{actor} sent a correction to the CRM: {field}"), ("field",), visible=colleagues,
          icon="send", words=_FIELDS, silent=True),
    Topic("correction.refused", _("{actor} refused a correction: {field}"), ("field",), visible=colleagues, icon="x",
          words=_FIELDS),
    Topic("correction.done", _("The CRM has corrected: {field}"), ("field",), visible=colleagues, tone="ok",
          icon="check", words=_FIELDS),
    Topic("outcome.removed", _("{actor} removed an outcome"), visible=colleagues, icon="x", silent=True),
]  # fmt: skip
