"""What every operation of this room begins with."""

from django.utils.translation import gettext as _

from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest
from refprogram.people.models import User
from refprogram.people.selectors import colleagues

router = api.Router(tags=["coverage"])


def demand(request: MemberRequest, permission: str) -> None:
    """Refuse who may not."""
    if not request.user.has_perm(permission):
        raise NotAllowed(_("Coverage is for the reference managers and who oversees the program."))


def colleague(public_id: str, field: str) -> User | None:
    """Return the colleague that a field names; None for nobody."""
    if not public_id:
        return None
    user: User | None = colleagues().filter(public_id=public_id).first()
    if user is None:
        message = _("There is no colleague with this id.")
        raise InvalidInput(message, errors={field: message})
    return user
