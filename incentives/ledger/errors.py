"""What the ledger refuses."""

from django.utils.translation import gettext as _

from refprogram.kernel.errors import DomainError


class OverdrawnError(DomainError):
    """More would be taken than the person has."""

    code = "overdrawn"

    def __init__(self, *, name: str, has: int, needs: int) -> None:
        super().__init__(
            _("%(name)s has %(has)d points, and %(needs)d would be taken. Nothing was booked.")
            % {"name": name, "has": has, "needs": needs}
        )


class AlreadyReversedError(DomainError):
    """An entry is reversed once at most, and a reversal never."""

    code = "already-reversed"
