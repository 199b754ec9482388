"""An import's way: taken in, checked and shown, applied whole or not at all."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.exchange import added, loading, lookups, owners, purchases, samples
from references.exchange.checking import Checked, Checker, errors_by_reason
from references.exchange.contacts import load_contacts
from references.exchange.models import ColumnMapping, ImportFile, ImportKind, ImportState, Repair
from references.exchange.specs import Spec, guess_columns, guess_kind
from references.profiles.services import close_confirmed
from refprogram.kernel import jobs, sheets
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput
from refprogram.kernel.models import Job, new_public_id
from refprogram.kernel.stream import emit
from refprogram.people import sales_force
from refprogram.people.models import User

SHOWN_ERRORS, SHOWN_REASONS = 500, 50
Tell = Callable[[int, int, str], None]


class ImportRefused(DomainError):
    """Rows with errors stand in the way; nothing was written."""

    code = "import-refused"
    status = 422


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do."""

    kind: str
    rows: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    owners_proposed: int = 0
    added_values: int = 0


@transaction.atomic
def take_in(*, name: str, content: bytes, kind: str | None, user: User | None) -> ImportFile:
    """Keep an uploaded file and queue its check. Raises FileRefused if it is no table or of no known kind."""
    sheet = sheets.read(content)
    found = ImportKind(kind) if kind else guess_kind(sheet.header)
    if found is None:
        message = _("The columns fit none of the known kinds. Choose what the file holds.")
        raise sheets.FileRefused(message, errors={"kind": message})
    upload = ImportFile(
        kind=found,
        original_name=PurePath(name).name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        columns=remembered_columns(added.spec_of(found), sheet.header),
        uploaded_by=user,
    )
    upload.file.save(f"{new_public_id()}.table", ContentFile(content), save=False)
    upload.save()
    return _queue(upload, "check", user)


def _queue(upload: ImportFile, step: str, user: User | None, **params: Any) -> ImportFile:
    upload.job = jobs.start(kind="import", params={"file_id": upload.pk, "step": step, **params}, user=user)
    upload.save(update_fields=["job"])
    return upload


def remembered_columns(spec: Spec, header: list[str]) -> dict[str, str]:
    """Return the mapping that was last used for this header, else a guess by the columns' names."""
    kept = ColumnMapping.objects.filter(kind=spec.kind, header_hash=_header_hash(header)).first()
    return dict(kept.columns) if kept else guess_columns(spec, header)


def _header_hash(header: list[str]) -> str:
    return hashlib.sha256("\x1f".join(t.casefold() for t in header).encode()).hexdigest()


@transaction.atomic
def choose_columns(*, upload: ImportFile, columns: Mapping[str, str], user: User) -> ImportFile:
    """Set which column means which field, remember it for files with the same header, and check again."""
    upload = _locked(upload, ImportState.READY, ImportState.REFUSED)
    sheet = sheets.read(_content(upload))
    chosen = {f: title for f, title in columns.items() if title}
    twice = len(set(chosen.values())) != len(chosen)
    if twice:
        raise InvalidInput(_("One column was chosen for two fields."))
    ColumnMapping.objects.update_or_create(
        kind=upload.kind, header_hash=_header_hash(sheet.header), defaults={"columns": chosen}
    )
    upload.columns, upload.state = chosen, ImportState.UPLOADED
    upload.save(update_fields=["columns", "state"])
    return _queue(upload, "check", user)


@transaction.atomic
def accept_repairs(*, upload: ImportFile, accepted: list[tuple[str, str]], user: User) -> ImportFile:
    """Remember the chosen (field, found) repairs of the preview and check again with them."""
    upload = _locked(upload, ImportState.READY)
    offered = {(s["field"], s["found"]): s["meant"] for s in upload.report.get("suggestions", [])}
    for key in accepted:
        if key not in offered:
            raise InvalidInput(_("This repair was not offered for this file."))
        remember_repair(kind=upload.kind, field=key[0], found=key[1], meant=offered[key], user=user)
    upload.state = ImportState.UPLOADED
    upload.save(update_fields=["state"])
    return _queue(upload, "check", user)


def remember_repair(*, kind: str, field: str, found: str, meant: str, user: User | None) -> None:
    """Keep a repair for this file and all later ones of the kind."""
    Repair.objects.update_or_create(kind=kind, field=field, found=found, defaults={"meant": meant, "accepted_by": user})


@transaction.atomic
def apply(*, upload: ImportFile, keep_good: bool, user: User) -> ImportFile:
    """Queue the writing of a checked file. Raises ImportRefused while it has errors and `keep_good` is not set."""
    upload = _locked(upload, ImportState.READY)
    bad = upload.report.get("bad_rows", 0)
    if bad and not keep_good:
        raise _refusal(bad)
    upload.state = ImportState.UPLOADED
    upload.save(update_fields=["state"])
    return _queue(upload, "apply", user, keep_good=keep_good)


@transaction.atomic
def discard(*, upload: ImportFile) -> ImportFile:
    """Throw a file away without writing anything."""
    upload = _locked(upload, ImportState.READY, ImportState.REFUSED, ImportState.UPLOADED)
    if upload.job is not None and upload.job.open:
        raise IllegalMove(_("file"), str(ImportState.UPLOADED.label))
    upload.state = ImportState.DISCARDED
    upload.file.delete(save=False)
    upload.save(update_fields=["state", "file"])
    return upload


def _locked(upload: ImportFile, *states: ImportState) -> ImportFile:
    locked = ImportFile.objects.select_for_update().get(pk=upload.pk)
    if locked.state not in states:
        raise IllegalMove(_("file"), str(ImportState(locked.state).label))
    return locked


def header_of(upload: ImportFile) -> list[str]:
    """Return the column titles of a kept file; empty if it cannot be read."""
    try:
        return sheets.read(_content(upload)).header
    except sheets.FileRefused:
        return []


def _content(upload: ImportFile) -> bytes:
    with upload.file.open("rb") as file:
        return bytes(file.read())


def run_import(job: Job, progress: Tell) -> dict[str, Any]:
    """The job behind `check` and `apply`. A refusal is written on the file, so that its page can say why."""
    upload = ImportFile.objects.select_for_update().get(pk=job.params["file_id"])
    spec = added.spec_of(upload.kind)
    try:
        sheet = sheets.read(_content(upload))
        checked = check(spec, sheet, upload.columns, progress=progress)
        upload.report, upload.message, upload.state = _report(checked), "", ImportState.READY
        if job.params["step"] == "check":
            progress(checked.rows, checked.rows, _("Trying it out"))
            would, sample = try_out(spec, checked, upload.columns)
            upload.report |= {"would": asdict(would), "sample": sample}
        if job.params["step"] == "apply":
            progress(checked.rows, checked.rows, _("Writing"))
            with transaction.atomic():
                done = write(spec, checked, upload.columns, keep_good=job.params["keep_good"], source=upload)
            upload.report |= {"outcome": asdict(done)}
            upload.state = ImportState.APPLIED
    except DomainError as error:
        upload.state, upload.message = ImportState.REFUSED, error.message
    upload.save(update_fields=["report", "message", "state"])
    return {"file": upload.public_id, "state": upload.state, **upload.report.get("outcome", {})}


def check(spec: Spec, sheet: sheets.Sheet, columns: Mapping[str, str], *, progress: Tell | None = None) -> Checked:
    """Check a sheet with every repair accepted so far."""
    total = len(sheet.rows)
    repairs = {
        (r.field, r.found): r.meant for r in Repair.objects.filter(kind=spec.kind).only("field", "found", "meant")
    }
    checker = Checker(spec, sheet, columns, lookups.known_for(spec), repairs)
    if progress is None:
        return checker.run()
    return checker.run(lambda done: progress(done, total, _("Checking")))


def try_out(spec: Spec, checked: Checked, columns: Mapping[str, str]) -> tuple[Outcome, samples.Sample]:
    """Return what writing the good rows would do, and the first as they would be stored.

    It is done and taken back, so the preview cannot be mistaken.
    """
    with transaction.atomic():
        would = write(spec, checked, columns, keep_good=True, source=None)
        sample = samples.sample_of(spec, checked.good, columns)
        transaction.set_rollback(True)
    return would, sample


def write(
    spec: Spec, checked: Checked, columns: Mapping[str, str], *, keep_good: bool, source: ImportFile | None
) -> Outcome:
    """Write a checked sheet in the caller's transaction. Raises ImportRefused for errors, unless `keep_good`."""
    if checked.errors and not keep_good:
        raise _refusal(checked.bad_rows)
    loaded = _load(spec, checked, columns)
    if spec.kind == ImportKind.ACCOUNTS:
        close_confirmed()
    proposals = owners.propose_owners() if spec.kind == ImportKind.OPPORTUNITIES else []
    done = Outcome(
        kind=spec.kind,
        rows=checked.rows,
        created=loaded.created,
        updated=loaded.updated,
        unchanged=loaded.unchanged,
        rejected=checked.bad_rows,
        owners_proposed=len(proposals),
        added_values=added.keep(spec, checked.good, accept=columns),
    )
    if source is not None:
        facts = {k: getattr(done, k) for k in ("kind", "created", "updated", "unchanged", "rejected")}
        emit("import.applied", subject=source, actor_id=_person_id(source.uploaded_by), payload=facts)
    return done


def _person_id(user: User | None) -> int | None:
    return None if user is None else user.person_id


def _load(spec: Spec, checked: Checked, columns: Mapping[str, str]) -> loading.Loaded:
    if spec.kind == ImportKind.TEAMS:
        lines = [sales_force.Line(r["agent"], r.get("manager", ""), r.get("region", "")) for r in checked.good]
        return loading.Loaded(**sales_force.ensure(lines))
    if spec.kind == ImportKind.CONTACTS:
        return load_contacts(checked.good, accept=columns)
    loaded = loading.load(spec, checked.good, accept=columns)
    if "parent" in columns:
        loading.set_parents(checked.good)
    if spec.kind == ImportKind.OPPORTUNITIES:
        purchases.note_purchases()
    return loaded


def _refusal(bad: int) -> ImportRefused:
    return ImportRefused(
        ngettext(
            "%(n)d row has an error; nothing was written. Mend the file, accept a repair, or keep only the good rows.",
            "%(n)d rows have errors; nothing was written. Mend the file, accept repairs, or keep only the good rows.",
            bad,
        )
        % {"n": bad}
    )


def _report(checked: Checked) -> dict[str, Any]:
    reasons = errors_by_reason(checked.errors)
    return {
        "rows": checked.rows,
        "good": len(checked.good),
        "bad_rows": checked.bad_rows,
        "first": checked.first,
        "reasons": reasons[:SHOWN_REASONS],
        "more_reasons": max(0, len(reasons) - SHOWN_REASONS),
        "errors": [asdict(e) for e in checked.errors[:SHOWN_ERRORS]],
        "suggestions": [asdict(s) for s in checked.suggestions],
    }
