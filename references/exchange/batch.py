"""Importing files and folders in one go, for the command line: one transaction for all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from references.exchange import added, services
from references.exchange.checking import Checked, errors_by_reason
from references.exchange.models import ColumnMapping, ImportKind
from references.exchange.specs import SPECS, Spec, guess_kind
from refprogram.kernel import sheets

SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx"}
SHOWN_REASONS = 20
SHOWN_ROWS = 5


@dataclass(frozen=True)
class Options:
    """What was said on the command line."""

    kind: str | None = None
    mapping: str = ""
    dry_run: bool = False
    accept_repairs: bool = False
    keep_good: bool = False


@dataclass(frozen=True)
class Part:
    """One file of known kind."""

    path: Path
    spec: Spec
    sheet: sheets.Sheet


def import_paths(path: Path, options: Options) -> Iterator[str]:
    """Import a file or a folder; yield the lines to print. Raises DomainError after the lines that explain it.

    A dry run does all of it and takes it back, so that later files see what earlier ones would have brought.
    """
    parts, skipped = _parts(path, options)
    yield from (_("%(file)s: not a file that this program knows, passed over") % {"file": p.name} for p in skipped)
    if not parts:
        raise sheets.FileRefused(_("There is nothing to import in %(path)s.") % {"path": path})
    with transaction.atomic():
        for part in parts:
            yield from _import(part, options)
        if options.dry_run:
            transaction.set_rollback(True)
            yield _("Dry run: nothing was written.")


def _parts(path: Path, options: Options) -> tuple[list[Part], list[Path]]:
    files = sorted(f for f in path.iterdir() if f.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
    parts, skipped = [], []
    for file in files:
        sheet = sheets.read(file.read_bytes())
        kind = ImportKind(options.kind) if options.kind else guess_kind(sheet.header)
        if kind is None:
            skipped.append(file)
        else:
            parts.append(Part(file, added.spec_of(kind), sheet))
    order = list(SPECS)
    return sorted(parts, key=lambda p: order.index(p.spec.kind)), skipped


def _import(part: Part, options: Options) -> Iterator[str]:
    columns = _columns(part, options)
    checked = services.check(part.spec, part.sheet, columns)
    if options.accept_repairs and checked.suggestions:
        for s in checked.suggestions:
            services.remember_repair(kind=part.spec.kind, field=s.field, found=s.found, meant=s.meant, user=None)
            yield _("  repaired: %(field)s “%(found)s” is “%(meant)s” (%(rows)d rows)") % vars(s)
        checked = services.check(part.spec, part.sheet, columns)
    yield from _complaints(checked)
    done = services.write(part.spec, checked, columns, keep_good=options.keep_good, source=None)
    yield _(
        "%(kind)s: %(created)d created, %(updated)d updated, %(unchanged)d unchanged, %(rejected)d rejected"
    ) % vars(done)
    if done.owners_proposed:
        yield _("accounts: %(n)d got an owner, the agent with most of their deals") % {"n": done.owners_proposed}


def _columns(part: Part, options: Options) -> dict[str, str]:
    if not options.mapping:
        return services.remembered_columns(part.spec, part.sheet.header)
    kept = ColumnMapping.objects.filter(kind=part.spec.kind, name=options.mapping).first()
    if kept is None:
        raise sheets.FileRefused(_("No mapping is called “%(name)s”.") % {"name": options.mapping})
    return dict(kept.columns)


def _complaints(checked: Checked) -> Iterator[str]:
    for s in checked.suggestions:
        yield _("  suggested repair: %(field)s “%(found)s” is perhaps “%(meant)s” (%(rows)d rows)") % vars(s)
    for field, value, message, rows in errors_by_reason(checked.errors)[:SHOWN_REASONS]:
        numbers = [e.row for e in checked.errors if (e.field, e.value, e.message) == (field, value, message)]
        shown = ", ".join(map(str, numbers[:SHOWN_ROWS])) + (", …" if rows > SHOWN_ROWS else "")
        yield _("  rejected: %(field)s “%(value)s” %(message)s (%(rows)d rows: %(shown)s)") % {
            "field": field,
            "value": value,
            "message": message,
            "rows": rows,
            "shown": shown,
        }
