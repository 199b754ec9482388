"""The file for payroll, without the database: rows as CSV, a manifest that names its hash, and a signature over that.

The key pair follows from the program's own secret, so that the same month gives the same three files whenever they are
made. Whoever has the public key proves that file and manifest come from this program:

    sha256sum pay-2026-11.csv                                                  # as the manifest says
    base64 -d pay-2026-11.sig > sig
    openssl pkeyutl -verify -pubin -inkey pay-2026-11.pem -rawin -in pay-2026-11.json -sigfile sig
"""

import base64
import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.crypto import salted_hmac

from refprogram.kernel.exports import safe

COLUMNS: Final = (
    *("month", "person", "payee", "currency", "rules", "spiffs", "escalator", "corrections", "gross"),
    *("data_quality", "line"),
)
FORMAT: Final = 1
_PURPOSE: Final = "incentives.pay.exporting"


def csv_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV (RFC 4180), columns in the order of `COLUMNS`; no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(row[name]) for name in COLUMNS] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    return safe(value) if isinstance(value, str) else value


def hash_of(content: str) -> str:
    """Return the sha256 of a file's content."""
    return hashlib.sha256(content.encode()).hexdigest()


def manifest_of(*, name: str, content: str, facts: Mapping[str, Any]) -> str:
    """Return what is said of a file, with its hash: JSON, the same for the same facts."""
    said = {"file": name, "sha256": hash_of(content), "format": FORMAT, "columns": COLUMNS, **facts}
    return json.dumps(said, indent=2, sort_keys=True) + "\n"


def _private_key() -> Ed25519PrivateKey:
    seed = salted_hmac(_PURPOSE, "payroll", algorithm="sha256").digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def sign(manifest: str) -> tuple[str, str]:
    """Return the signature over a manifest, and the public key it is proved with; both base64."""
    key = _private_key()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(key.sign(manifest.encode())).decode(), base64.b64encode(public).decode()


def is_signed(manifest: str, signature: str, public_key: str) -> bool:
    """Return whether the signature over the manifest is of that key."""
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
    try:
        key.verify(base64.b64decode(signature), manifest.encode())
    except InvalidSignature:
        return False
    return True


def pem_of(public_key: str) -> str:
    """Return a public key as programs take it."""
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def names_of(month: str) -> Sequence[str]:
    """Return how the files of a month are called: content, manifest, signature, public key."""
    return [f"pay-{month}.{ending}" for ending in ("csv", "json", "sig", "pem")]
