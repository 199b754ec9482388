"""The scanner's hook: `settings.ANTIVIRUS` names a callable `(bytes) -> str`, empty for clean, else what was found.

Ours speaks to ClamAV's daemon: `ANTIVIRUS_URL=clamd://host:3310`.
"""

import io
import socket
import struct
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

PIECE: Final = 64 * 1024
SECONDS: Final = 60


class ScannerAsleepError(Exception):
    """The scanner did not answer, or not in a way that can be understood: the file stays in quarantine."""


def wanted() -> bool:
    """Whether files are scanned at all."""
    return bool(settings.ANTIVIRUS)


def verdict_on(data: bytes) -> str:
    """Return what the scanner found; empty for clean."""
    return str(import_string(settings.ANTIVIRUS)(data))


def clamd(data: bytes) -> str:
    """Ask ClamAV's daemon by INSTREAM: pieces with their lengths before them, a zero at the end."""
    address = urlsplit(settings.ANTIVIRUS_URL)
    try:
        with socket.create_connection((address.hostname or "", address.port or 3310), timeout=SECONDS) as line:
            line.sendall(b"zINSTREAM\0")
            source = io.BytesIO(data)
            while piece := source.read(PIECE):
                line.sendall(struct.pack(">L", len(piece)) + piece)
            line.sendall(struct.pack(">L", 0))
            answer = _read(line)
    except OSError as error:
        raise ScannerAsleepError(str(error)) from error
    said = answer.rstrip(b"\0\n").decode(errors="replace").removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise ScannerAsleepError(said)


def _read(line: socket.socket) -> bytes:
    answer = b""
    while piece := line.recv(4096):
        answer += piece
        if answer.endswith(b"\0") or len(answer) > PIECE:
            break
    return answer
