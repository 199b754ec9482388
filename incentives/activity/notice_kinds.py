"""What this room tells people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

KINDS = [
    Kind("activity_proof", _("Proof of your activities"), _("the lot chose an activity of yours")),
    Kind(
        "activity_judge",
        _("Proofs to judge"),
        _("you judge proofs of activities"),
        roles=(Role.MARKETER, Role.MANAGER, Role.SALES_HEAD, Role.ADMIN),
    ),
    Kind("presentation", _("Presentations that you are asked for"), _("you were asked to present"), required=True),
    Kind("presentation_panel", _("Presentations that you listen to"), _("you sit on the panel")),
    Kind(
        "presentation_ask",
        _("Presentations to ask for"),
        _("executives ask for presentations"),
        roles=(Role.EXECUTIVE, Role.SALES_HEAD),
    ),
    Kind("charity_pot", _("Charity pots to sign off"), _("Legal signs charity pots off"), roles=(Role.LEGAL,)),
]
