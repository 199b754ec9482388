"""What services raise when a person asks for something that cannot be. Views and the API turn them into answers."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


class DomainError(Exception):
    """A refusal with a sentence for the person; `errors` names the fields it belongs to (may be empty)."""

    code = "refused"
    status = 409

    def __init__(self, message: str, *, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.errors = dict(errors or {})


class IllegalMove(DomainError):
    """The row is not in a state from which this step is possible (often: somebody was faster)."""

    code = "illegal-move"

    def __init__(self, noun: str, state: str) -> None:
        super().__init__(
            _("This %(noun)s is already “%(state)s”, so that step is no longer possible.")
            % {"noun": noun, "state": state}
        )


class NotAllowed(DomainError):
    """The person may not do this; the sentence says who may."""

    code = "not-allowed"
    status = 403


class InvalidInput(DomainError):
    """A value cannot be taken; `errors` says which and why."""

    code = "invalid"
    status = 422


class LinkRefused(DomainError):
    """A signed link is unknown, expired, used up or withdrawn."""

    code = "link-refused"
    status = 410
