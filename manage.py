#!/usr/bin/env python
"""Django's command line. Works beside a running program, and alone, with the embedded servers for one command."""

import importlib.util
import os
import sys
from pathlib import Path

VENV_PYTHON = Path(__file__).resolve().parent / ".venv" / "bin" / "python"


def main() -> None:
    """Run one command, with the project's own interpreter and with servers to talk to."""
    if importlib.util.find_spec("django") is None:
        run_again_in_venv()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "refprogram.settings")

    from django.core.management import execute_from_command_line  # noqa: PLC0415 - only now is Django known to be there

    from refprogram.ops.embedded_command import servers_for  # noqa: PLC0415 - likewise

    with servers_for(sys.argv[1:]):
        execute_from_command_line(sys.argv)


def run_again_in_venv() -> None:
    """`python manage.py` outside the virtual environment means the one that `make` made."""
    if not VENV_PYTHON.exists() or sys.prefix == str(VENV_PYTHON.parents[1]):
        raise SystemExit("refprogram: Django is not installed here; `make run` installs everything.")
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])  # noqa: S606 - ourselves


if __name__ == "__main__":
    main()
