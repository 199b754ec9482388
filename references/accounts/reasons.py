"""One line of "why, why not": used wherever a page gives reasons."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One reason for or against. `ok` None: worth knowing, but no obstacle."""

    ok: bool | None
    text: str
    note: str = ""
