"""What this room refuses, in sentences."""

from refprogram.kernel.errors import DomainError


class ConsentMissing(DomainError):
    """It may not be shown there: whose consent to what is missing."""

    code = "consent-missing"


class NotReady(DomainError):
    """A step of the pipeline is not possible yet; the sentence says what is missing."""

    code = "not-ready"
