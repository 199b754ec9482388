"""What is said when two people, or two tabs, change the same draft."""

from refprogram.kernel.errors import DomainError


class StaleDraft(DomainError):
    """Somebody saved something newer meanwhile; nothing was overwritten."""

    code = "stale"
