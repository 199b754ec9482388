"""What is handed over: one row or sheet for each customer who may be named, and of nobody else."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from typing import Final

from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Cm, Pt

from references.accounts.wording import program_of
from references.batches.naming import Usable, usable
from references.batches.selectors import names_of
from references.profiles.models import Outcome
from references.requests.models import RequestBatch
from refprogram.kernel.exports import BYTE_ORDER_MARK, safe
from refprogram.kernel.templatetags import rp

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What XML cannot hold, whatever a name was typed with.
UNPRINTABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Facts = list[tuple[str, str]]


def sheets(batch: RequestBatch) -> list[Facts]:
    """Return what is said of each customer who may be named: (heading, value), in the order of a tender's form."""
    found = usable(batch, names_of(batch))
    figures = _outcomes(found)
    return [_facts(one, figures.get(one.name.account_id, "")) for one in found]


def _facts(one: Usable, figures: str) -> Facts:
    account = one.name.account
    products = ", ".join(product.name for product in account.products.all())
    return [
        (_("Company"), account.name),
        (_("Industry"), account.industry),
        (_("Place"), ", ".join(part for part in (account.city, account.country) if part)),
        (_("Employees"), rp.number(account.employees) if account.employees else ""),
        (_("Services used"), products),
        (_("Customer of ours since"), str(account.member_since.year) if account.member_since else ""),
        (_("Purpose"), ", ".join(account.use_cases)),
        (_("Result"), figures),
        (_("Person to speak to"), one.person),
        (_("Position"), one.title),
    ]


def _outcomes(found: Iterable[Usable]) -> dict[int, str]:
    """Return the verified figures of those who agreed that figures are shown. One query."""
    ids = [one.name.account_id for one in found if "metrics" in one.scopes]
    rows = Outcome.objects.filter(account__in=ids, verified_at__isnull=False).order_by("-verified_at")
    said: dict[int, str] = {}
    for row in rows:
        words = {"metric": row.metric, "before": rp.number(row.before), "after": rp.number(row.after), "u": row.unit}
        said.setdefault(row.account_id, (_("%(metric)s: %(before)s → %(after)s %(u)s") % words).strip())
    return said


def head(batch: RequestBatch) -> list[str]:
    """Return what stands above the sheets: for what, from whom, and from when on it may be read by others."""
    lines = [
        _("%(kind)s. Put together by %(who)s.") % {"kind": batch.get_kind_display(), "who": program_of()},
        _("These customers agreed to be named for this purpose. It may not be used for anything else."),
    ]
    if batch.embargo_until is not None:
        lines.append(_("Not to be published before %(day)s.") % {"day": rp.day(batch.embargo_until)})
    return [_plain(line) for line in lines]


def csv_text(batch: RequestBatch) -> Iterator[str]:
    """Yield the rows as CSV; the embargo stands in each."""
    buffer = StringIO()
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    embargo = batch.embargo_until.isoformat() if batch.embargo_until else ""
    for number, facts in enumerate(sheets(batch), start=1):
        if number == 1:
            writer.writerow([_("No."), *(name for name, _value in facts), _("Not to be published before")])
        writer.writerow([number, *(safe(value) for _name, value in facts), embargo])
    yield buffer.getvalue()


def docx_bytes(batch: RequestBatch) -> bytes:
    """Return a document in the layout of a tender: a title, and a form for each reference."""
    document = Document()
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(_xml(_("References: %(name)s") % {"name": batch.name}), level=0)
    for line in head(batch):
        document.add_paragraph(_xml(line))
    for number, facts in enumerate(sheets(batch), start=1):
        document.add_heading(_xml(_("Reference %(n)d") % {"n": number}), level=1)
        table = document.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        for name, value in facts:
            cells = table.add_row().cells
            cells[0].width, cells[1].width = Cm(5), Cm(11)
            cells[0].paragraphs[0].add_run(_xml(name)).bold = True
            cells[1].text = _xml(value)
    document.core_properties.author = _xml(program_of())
    document.core_properties.title = _xml(batch.name)[:255]
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _plain(text: str) -> str:
    """Return text without the markup that days have on pages."""
    return re.sub(r"<[^>]+>", "", text)


def _xml(text: str) -> str:
    return UNPRINTABLE.sub("", text)
