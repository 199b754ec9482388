"""Finds a Chromium for the browser tests: $CHROMIUM, one on PATH, else the one inside the npm package, without root."""

import fcntl
import io
import os
import shutil
import tarfile
from pathlib import Path

import brotli

from refprogram.ops.places import BASE_DIR

PACKED = BASE_DIR / ".ci" / "browser" / "node_modules" / "@sparticuz" / "chromium" / "bin"
# Not below state_dir(): a test run has a state of its own, and 200 MB are not unpacked for each.
UNPACKED = BASE_DIR / "var" / "chromium"
ARCHIVES = ("al2023", "swiftshader", "fonts")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# What makes it run as root, without a graphics card, with a small /dev/shm, and without phoning home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

# The package's own configuration does not find its fonts: pages come out without any text, and tests pass.
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{root}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{root}/cache</cachedir></fontconfig>
"""


def find() -> tuple[str, dict[str, str]]:
    """The browser's path, and what its environment needs besides."""
    installed = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if installed:
        return installed, {}
    if not (UNPACKED / "chromium").exists():
        _unpack()
    return str(UNPACKED / "chromium"), {
        "LD_LIBRARY_PATH": str(UNPACKED / "lib"),
        "FONTCONFIG_FILE": str(UNPACKED / "fonts.conf"),
    }


def _unpack() -> None:
    """Unpack beside the place and move there in one step; parallel test processes wait for the first."""
    if not PACKED.exists():
        raise SystemExit("refprogram: no Chromium found; `make test` installs one, or set CHROMIUM to its path.")
    UNPACKED.parent.mkdir(parents=True, exist_ok=True)
    with UNPACKED.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if UNPACKED.exists():
            return
        draft = UNPACKED.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        _unpack_into(draft)
        draft.rename(UNPACKED)


def _unpack_into(folder: Path) -> None:
    program = folder / "chromium"
    program.write_bytes(brotli.decompress((PACKED / "chromium.br").read_bytes()))
    program.chmod(0o755)
    for name in ARCHIVES:
        data = brotli.decompress((PACKED / f"{name}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            _extract(archive, folder)
    (folder / "fonts.conf").write_text(FONTS_CONF.format(root=UNPACKED), encoding="utf-8")


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    """Python before 3.11.4 has no `filter`; the archive is pinned by its hash in the lock file."""
    if hasattr(tarfile, "data_filter"):
        archive.extractall(folder, filter="data")
    else:
        archive.extractall(folder)  # noqa: S202 - see above


if __name__ == "__main__":
    print(find()[0])
