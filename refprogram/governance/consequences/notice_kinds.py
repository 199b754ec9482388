"""What this room tells people of. What binds somebody, or runs against them, cannot be switched off."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.consequences.rules import BOARD, READERS
from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

KINDS = [
    Kind("consequence.notice", _("A consequence that concerns you"), _("it concerns you"), required=True),
    Kind("consequence.team", _("A consequence in your team"), _("you lead the team"), roles=(Role.MANAGER,)),
    Kind("consequence.review", _("Cases to review"), _("you sit on the review board"), roles=BOARD),
    Kind("consequence.appeal", _("Appeals to answer"), _("it is yours to answer"), required=True),
    Kind("consequence.policy", _("Policies switched on or not"), _("you asked for it"), roles=READERS),
    Kind("task.given", _("Tasks for you"), _("somebody gave you a task")),
    Kind("task.done", _("Tasks that you gave"), _("you gave this task")),
]
