"""What waves tell people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

YOUR_TURN = "nominations.your_turn"
WAVE = "nominations.wave"

KINDS = [
    Kind(YOUR_TURN, _("Your turn to nominate"), _("your company asks its colleagues for references in turn")),
    Kind(
        WAVE,
        _("Waves that pause and go on"),
        _("you plan or screen nominations, or one of yours waits for its turn"),
        roles=(Role.MARKETER, Role.ADMIN, Role.REP, Role.SUPPORT, Role.MANAGER),
    ),
]
