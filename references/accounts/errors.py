"""What this room's services raise beside the kernel's errors."""

import datetime as dt

from django.utils.translation import gettext as _

from references.accounts.models import Account
from refprogram.kernel.errors import DomainError


class AskRefused(DomainError):
    """The customer may not be asked now; the sentence says why, and until when."""

    code = "ask-refused"

    def __init__(self, message: str, *, rule: str = "never", free_on: dt.date | None = None) -> None:
        super().__init__(message)
        self.rule = rule
        self.free_on = free_on


class TwinFound(DomainError):
    """An account of this name is here already."""

    code = "twin-found"

    def __init__(self, twin: Account) -> None:
        sentence = _("“%(name)s” is here already. Is this another company? Then say so below.") % {"name": twin.name}
        super().__init__(sentence, errors={"name": sentence})
        self.twin = twin
