"""Files: whose upload it is, and what its subject's room says, decides. Without its key an address opens nothing."""

from refprogram.kernel.files import services
from tests import hostile
from tests.factories.references import AccountFactory, speaker
from tests.matrix import Row, api_row, only

PURPOSE = "consent_evidence"
READERS = {"rep": 200, "marketer": 200, "admin": 200, "sales_head": 200, "executive": 200, "finance": 200, "legal": 200}


def sent(cast):
    AccountFactory(owner=cast.rep)
    return {"file": hostile.upload("letter.txt", b"We agree."), "purpose": PURPOSE}


def uploaded(cast):
    return {"public_id": _release(cast, cast.rep).public_id}


def of_outsider(cast):
    return {"public_id": _release(cast, cast.other_team_rep).public_id}


def _release(cast, owner):
    """A signed release of a consent at an account of `owner`, uploaded by nobody's user."""
    contact = speaker(owner=owner, name="Kestrel Freight")
    consent = contact.consents.get()
    return services.store(upload=sent(cast)["file"], purpose=PURPOSE, subject=consent)


HIDDEN = {"but": READERS, "own": uploaded, "foreign": of_outsider, "foreign_but": {"rep": 404}}

MATRIX = {
    "kernel:file": Row(410, anonymous=410, own=uploaded),
    "kernel:upload": Row(410, anonymous=410, method="post"),
    "api:create_file": api_row(**only(201, "marketer", "admin", "rep"), data=sent),
    "api:get_file": api_row(404, **HIDDEN),
    "api:get_file_content": api_row(404, **HIDDEN),
}
