"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.enums import Channel
from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

GIVERS = (
    Role.MARKETER, Role.REP, Role.SUPPORT, Role.MANAGER, Role.SALES_HEAD, Role.EXECUTIVE, Role.ADMIN,
)  # fmt: skip

KINDS = [
    Kind("gift_ready", _("Gifts to order"), _("you look after gifts"), default=Channel.DIGEST, roles=(Role.MARKETER,)),
    Kind("gift_trouble", _("A gift has not arrived"), _("you look after gifts"), roles=(Role.MARKETER,)),
    Kind("gift_news", _("What became of your gift"), _("you asked for this gift"), roles=GIVERS),
    Kind("gift_delivered", _("Something sent to you"), _("we sent you something"), required=True, customers=True),
]
