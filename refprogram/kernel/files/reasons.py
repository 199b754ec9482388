"""Why a file is refused: codes in the child process, sentences for people."""

from typing import Final

REFUSED: Final = 3  # the exit status that says: a reason stands in stderr
REASONS: Final = frozenset(
    {"broken", "bomb", "encrypted", "moving", "macros", "outside", "polyglot", "nested", "not_text"}
)


class WashError(Exception):
    """The file cannot be made harmless; `reason` is one of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
