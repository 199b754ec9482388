"""The kinds of notices that this room sends."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

KINDS = [
    Kind("references.correction", _("A correction was made or refused"), _("you proposed it")),
    Kind("references.unmasked", _("The name of a masked customer was shown"), _("you look after the customer")),
]
