"""Building forms: start a draft, change it, publish it as a frozen version, put it away."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.form_builder import editing
from refprogram.kernel.form_builder.fields import FieldSpec, from_json, to_json
from refprogram.kernel.form_builder.purposes import purposes
from refprogram.kernel.form_builder.services.stale import StaleDraft
from refprogram.kernel.form_builder.soundness import check_structure, problems
from refprogram.kernel.models import FormDesign, FormVersion


@transaction.atomic
def create_design(
    *, name: str, purpose: str, by: Any, specs: list[FieldSpec] | None = None, intro: str = "", thanks: str = ""
) -> FormDesign:
    """Start a form with its first draft."""
    words = " ".join(name.split())[:120]
    if not words:
        raise InvalidInput(_("Give the form a name."), errors={"name": _("Give the form a name.")})
    if purpose not in purposes():
        raise InvalidInput(_("Choose what the form is for."), errors={"purpose": _("Choose what the form is for.")})
    if FormDesign.objects.filter(name=words).exists():
        sentence = _("There is a form of this name already.")
        raise InvalidInput(sentence, errors={"name": sentence})
    check_structure(specs or [])
    design = FormDesign(name=words, purpose=purpose, created_by=by)
    design.save(force_insert=True)
    FormVersion.objects.create(design=design, number=1, fields=to_json(specs or []), intro=intro, thanks=thanks)
    return design


@transaction.atomic
def save_draft(
    *,
    design: FormDesign,
    revision: int,
    specs: list[FieldSpec] | None = None,
    intro: str | None = None,
    thanks: str | None = None,
) -> FormVersion:
    """Keep what is named as the draft. Raises StaleDraft when somebody saved since `revision`."""
    draft = _locked_draft(design)
    if draft.revision != revision:
        raise StaleDraft(_("Somebody changed this form meanwhile, or you did in another tab. Load the page again."))
    if specs is not None:
        check_structure(specs)
        draft.fields = to_json(specs)
    draft.intro = draft.intro if intro is None else intro.strip()[:5_000]
    draft.thanks = draft.thanks if thanks is None else thanks.strip()[:5_000]
    draft.revision += 1
    draft.save(update_fields=["fields", "intro", "thanks", "revision"])
    return draft


@transaction.atomic
def edit_draft(*, design: FormDesign, revision: int, edit: str, data: Mapping[str, Any]) -> FormVersion:
    """Do one step of the builder to the draft's fields: add, change, move, remove."""
    draft = _locked_draft(design)
    return save_draft(design=design, revision=revision, specs=editing.edited(from_json(draft.fields), edit, data))


@transaction.atomic
def publish(*, design: FormDesign, revision: int, by: Any) -> FormVersion:
    """Freeze the draft as the next version; people are asked this from now on. A new draft starts as its copy."""
    draft = _locked_draft(design)
    if draft.revision != revision:
        raise StaleDraft(_("Somebody changed this form meanwhile. Look at it again, then publish."))
    found = problems(from_json(draft.fields))
    if found:
        raise InvalidInput(" ".join(sentence for _key, sentence in found))
    last = published(design)
    if last is not None and (last.fields, last.intro, last.thanks) == (draft.fields, draft.intro, draft.thanks):
        raise DomainError(_("Nothing has changed since version %(n)d.") % {"n": last.number})
    draft.published_at, draft.published_by = timezone.now(), by
    draft.save(update_fields=["published_at", "published_by"])
    FormVersion.objects.create(
        design=draft.design, number=draft.number + 1, fields=draft.fields, intro=draft.intro, thanks=draft.thanks
    )
    return draft


def published(design: FormDesign) -> FormVersion | None:
    """Return the newest published version; None while there is none."""
    return FormVersion.objects.filter(design=design, published_at__isnull=False).order_by("-number").first()


@transaction.atomic
def rename(*, design: FormDesign, name: str) -> FormDesign:
    """Give the form another name."""
    design = FormDesign.objects.select_for_update().get(pk=design.pk)
    words = " ".join(name.split())[:120]
    if not words or FormDesign.objects.filter(name=words).exclude(pk=design.pk).exists():
        sentence = _("There is a form of this name already.") if words else _("Give the form a name.")
        raise InvalidInput(sentence, errors={"name": sentence})
    design.name = words
    design.save(update_fields=["name"])
    return design


@transaction.atomic
def archive(*, design: FormDesign) -> FormDesign:
    """Put the form away: it is offered no more; what was asked and answered stays."""
    return _put_away(design, timezone.now())


@transaction.atomic
def bring_back(*, design: FormDesign) -> FormDesign:
    """Offer an archived form again."""
    return _put_away(design, None)


def _put_away(design: FormDesign, at: dt.datetime | None) -> FormDesign:
    design = FormDesign.objects.select_for_update().get(pk=design.pk)
    design.archived_at = at
    design.save(update_fields=["archived_at"])
    return design


def _locked_draft(design: FormDesign) -> FormVersion:
    locked = FormDesign.objects.select_for_update().get(pk=design.pk)
    if locked.archived_at is not None:
        raise DomainError(_("This form is archived. Bring it back first."))
    draft = FormVersion.objects.select_for_update().get(design=locked, published_at__isnull=True)
    draft.design = locked
    return draft
