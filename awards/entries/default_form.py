"""The form that contests ask with until somebody builds their own: a design of the kernel's form builder."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from awards.contests.models import Contest
from refprogram.kernel.errors import DomainError
from refprogram.kernel.form_builder import services as forms
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.kernel.models import FormDesign, FormVersion

PURPOSE: Final = "entry"


def default_name() -> str:
    """Return what the default form is called."""
    return _("Contest entry")


def default_fields() -> list[FieldSpec]:
    """Return what the default form asks; who stands behind the entry is kept from blind judges."""
    long_text = FieldType.LONG_TEXT.value
    return [
        FieldSpec(
            "challenge", long_text, _("What was the problem?"), most="2000", required=True, publishable=True,
            help=_("Two or three sentences. What did it cost you before?"),
        ),
        FieldSpec(
            "solution", long_text, _("What did you do?"), most="3000", required=True, publishable=True,
            help=_("What is different from how others do it?"),
        ),
        FieldSpec(
            "proof", FieldType.FILE.value, _("Something that shows it"),
            help=_("A report, a picture, a table; judges may open it. Leave your company’s name out of it."),
        ),
        FieldSpec(
            "team", FieldType.TEXT.value, _("Who was behind it?"), most="300", blind=True, publishable=True,
            help=_("The people you would like on the stage. Judges do not see this."),
        ),
    ]  # fmt: skip


def version_for(contest: Contest) -> FormVersion:
    """Return the version that the contest asks now: its own form's newest one, or the default form's."""
    design = contest.form if contest.form is not None else ensure_default()
    version = forms.published(design)
    if version is None:
        raise DomainError(_("The form of this contest is not published yet."))
    version.design = design
    return version


@transaction.atomic
def ensure_default() -> FormDesign:
    """Return the default form, made and published now if it is not there. Safe twice; contests are started with it."""
    found = _default()
    if found is not None:
        return found
    design = forms.create_design(name=_free_name(), purpose=PURPOSE, by=None, specs=default_fields())
    forms.publish(design=design, revision=0, by=None)
    return design


def _default() -> FormDesign | None:
    """Return the oldest form of this purpose that has been published and is not put away."""
    rows = FormDesign.objects.filter(
        purpose=PURPOSE, archived_at__isnull=True, versions__published_at__isnull=False
    ).distinct()
    return rows.order_by("pk").first()


def _free_name() -> str:
    name, n = default_name(), 2
    while FormDesign.objects.filter(name=name).exists():
        name, n = f"{default_name()} {n}", n + 1
    return name
