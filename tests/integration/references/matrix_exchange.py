"""Imports: the program's people bring data in; whose file it is does not matter."""

from django.core.files.uploadedfile import SimpleUploadedFile

from references.exchange import services
from refprogram.kernel import jobs
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
PRODUCTS = b"product,series,sales_price\nGTX Pro,GTX,4821\n"


def brought(cast):
    """A file that waits for its check."""
    upload = services.take_in(name="products.csv", content=PRODUCTS, kind=None, user=cast.marketer)
    return {"public_id": upload.public_id}


def checked(cast):
    """A file that may be applied."""
    upload = services.take_in(name="products.csv", content=PRODUCTS, kind=None, user=cast.marketer)
    jobs.run(job_id=upload.job_id)
    return {"public_id": upload.public_id}


def sent(_cast):
    return {"file": SimpleUploadedFile("products.csv", PRODUCTS)}


HIDDEN = only(200, *PROGRAM, others=404)

MATRIX = {
    "references:imports": Row(**only(200, *PROGRAM)),
    "references:import-add": Row(**only(200, *PROGRAM)),
    "references:import-add POST": Row(**only(302, *PROGRAM), method="post", data=sent),
    "references:import": Row(**only(200, *PROGRAM), own=checked),
    "references:import POST": Row(**only(302, *PROGRAM), own=checked, method="post", data={"do": "apply"}),
    "api:list_imports": api_row(**only(200, *PROGRAM)),
    "api:get_import": api_row(**HIDDEN, own=brought),
    "api:import_accounts": api_row(**only(202, *PROGRAM), data=sent),
    "api:apply_import": api_row(**only(202, *PROGRAM), own=checked, data={}),
    "api:discard_import": api_row(**only(200, *PROGRAM), own=checked, data={}),
}
