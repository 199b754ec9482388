"""Washing a file in a child process, and saying in a sentence why one is refused."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.files.kinds import KINDS, refuse
from refprogram.kernel.files.reasons import REFUSED

log = logging.getLogger(__name__)

HOUSE: Final = Path(__file__).resolve().parents[3]
WALL_SECONDS: Final = 90
WORDS: Final[dict[str, str | Promise]] = {
    "broken": gettext_lazy("This file cannot be read: it is damaged. Open it, save it anew and try again."),
    "bomb": gettext_lazy("Unpacked, this file is far too big."),
    "encrypted": gettext_lazy("This file is locked with a password. Save it without one and try again."),
    "moving": gettext_lazy("Moving pictures are not kept. Save one still picture, as PNG or JPG."),
    "macros": gettext_lazy("This file carries macros or programs. Save it without them and try again."),
    "outside": gettext_lazy("Opened, this file fetches something from elsewhere. Save it with everything inside."),
    "polyglot": gettext_lazy("This file is not only what its name says. Open it, save it anew and try again."),
    "nested": gettext_lazy("There are files within files within this file."),
    "not_text": gettext_lazy("This is not plain text. Save it as text in UTF-8 and try again."),
}  # fmt: skip


def washed(data: bytes, extension: str) -> bytes:
    """Return the bytes without whatever could do harm. Raises InvalidInput with a sentence."""
    command = [sys.executable, "-m", "refprogram.kernel.files.washing", KINDS[extension].family, extension]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, and an extension out of our own table
            command,
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            cwd=HOUSE,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},  # no secrets in there
        )
    except subprocess.TimeoutExpired as error:
        raise refuse(str(WORDS["bomb"])) from error
    if child.returncode == 0:
        return child.stdout
    raise _refusal(child)


def _refusal(child: subprocess.CompletedProcess[bytes]) -> InvalidInput:
    reason = child.stderr.decode(errors="replace")
    if child.returncode == REFUSED and reason in WORDS:
        return refuse(str(WORDS[reason]))
    # Killed by a limit, or fallen over something nobody thought of: the file is refused, and we look at it.
    log.warning("washing ended with %s: %s", child.returncode, reason[-2000:])
    return refuse(_("This file could not be made safe, so it is not kept."))
