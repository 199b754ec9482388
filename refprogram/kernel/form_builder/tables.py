"""Forms as a list shows them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.kernel import tables
from refprogram.kernel.form_builder.purposes import purpose_of
from refprogram.kernel.models import FormDesign


def _purpose(design: FormDesign) -> str:
    return str(purpose_of(design.purpose).label)


def _state(design: FormDesign) -> tables.Pill:
    if design.archived_at is not None:
        return tables.Pill(_("Archived"), "idle")
    number = getattr(design, "published_number", None)
    return tables.Pill(_("Version %(n)d") % {"n": number}, "ok") if number else tables.Pill(_("Draft"), "wait")


class DesignTable(tables.Table):
    """Forms with what they are for and how far they are."""

    name = tables.NameColumn(gettext_lazy("Form"), "name", small=_purpose, avatar="", order_by="name")
    state = tables.PillColumn(gettext_lazy("State"), _state, phone="end", order_by="published_number", nulls_last=True)
    published = tables.DateColumn(
        gettext_lazy("Published"), "published_on", order_by="published_on", desc_first=True, nulls_last=True
    )
    answers = tables.NumberColumn(
        gettext_lazy("Answers"), "answers", order_by="answers", desc_first=True, nulls_last=True, nothing="0"
    )
