"""The child process in which an uploaded file is taken apart and written anew: bytes in, harmless bytes out.

Run as `python -m refprogram.kernel.files.washing KIND`. It needs no Django, no database and no network, and it runs
under limits of memory and time: a file built to break its reader breaks this, and nothing else.
"""

import resource
import sys
from collections.abc import Callable
from typing import Final

from refprogram.kernel.files import office, pdfs, pictures, texts
from refprogram.kernel.files.reasons import REFUSED, WashError

MEMORY: Final = 1024 * 1024 * 1024
CPU_SECONDS: Final = 40

WASHERS: Final[dict[str, Callable[[bytes, str], bytes]]] = {
    "picture": pictures.wash,
    "pdf": pdfs.wash,
    "office": office.wash,
    "text": texts.wash,
}


def main(family: str, extension: str) -> int:
    """Wash what comes on stdin; return the exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        washed = WASHERS[family](sys.stdin.buffer.read(), extension)
    except WashError as refusal:
        sys.stderr.write(refusal.reason)
        return REFUSED
    except MemoryError:
        sys.stderr.write("bomb")
        return REFUSED
    sys.stdout.buffer.write(washed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
