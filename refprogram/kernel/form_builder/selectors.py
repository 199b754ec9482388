"""Which forms a person may see, their versions and answers, and what changed from one version to the next."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.kernel.enums import AnswerState
from refprogram.kernel.form_builder import depending
from refprogram.kernel.form_builder.enums import FieldType, Test
from refprogram.kernel.form_builder.fields import FieldSpec, from_json
from refprogram.kernel.form_builder.purposes import that_may
from refprogram.kernel.labels import Label
from refprogram.kernel.models import FormAnswer, FormDesign, FormVersion


def visible_to(user: Any) -> QuerySet[FormDesign]:
    """Return the forms that the user may build or read, archived ones too."""
    purposes = {*that_may(user, "build"), *that_may(user, "read")}
    return FormDesign.objects.filter(purpose__in=purposes)


def with_list_facts(designs: QuerySet[FormDesign]) -> QuerySet[FormDesign]:
    """Add the newest published version's number and day, and how many answers were sent."""
    out = FormVersion.objects.filter(design=OuterRef("pk"), published_at__isnull=False)
    sent = FormAnswer.objects.filter(version__design=OuterRef("pk"), state=AnswerState.SUBMITTED)
    return designs.annotate(
        published_number=Subquery(out.values("design").annotate(n=Max("number")).values("n")),
        published_on=Subquery(out.values("design").annotate(at=Max("published_at")).values("at")),
        answers=Subquery(sent.order_by().values("version__design").annotate(n=Count("pk")).values("n")),
    )


def drafts() -> QuerySet[FormVersion]:
    """Return the drafts with their designs."""
    return FormVersion.objects.filter(published_at__isnull=True).select_related("design")


def draft_of(design: FormDesign) -> FormVersion:
    """Return a form's one draft."""
    return drafts().get(design=design)


def published_versions(design: FormDesign) -> list[FormVersion]:
    """Return the frozen versions, newest first, each with the number of its answers."""
    out = FormVersion.objects.filter(design=design, published_at__isnull=False)
    sent = Count("answers", filter=Q(answers__state=AnswerState.SUBMITTED))
    return list(out.select_related("published_by").annotate(answered=sent).order_by("-number"))


def newest_published(purpose: str) -> QuerySet[FormVersion]:
    """Return the newest published version of every form of a purpose that is not archived."""
    out = FormVersion.objects.filter(design__purpose=purpose, design__archived_at__isnull=True)
    newest = out.filter(published_at__isnull=False).order_by("design_id", "-number").distinct("design_id").values("pk")
    return FormVersion.objects.filter(pk__in=newest).select_related("design").order_by("design__name")


def version_for(current: FormVersion, public_id: str) -> FormVersion:
    """Return the version that a page was drawn from, if it is one of the same form; else the current one."""
    if not public_id or public_id == current.public_id:
        return current
    same = FormVersion.objects.filter(design=current.design_id, published_at__isnull=False, public_id=public_id)
    return same.select_related("design").first() or current


def answer_about(subject_type: str, subject_id: int, person_id: int | None, design: FormDesign) -> FormAnswer | None:
    """Return what a person answered, or began to, about a subject with any version of a form; the newest first."""
    mine = FormAnswer.objects.filter(subject_type=subject_type, subject_id=subject_id, person_id=person_id)
    return mine.filter(version__design=design).select_related("version__design").order_by("-pk").first()


def sent_answers(version: FormVersion) -> QuerySet[FormAnswer]:
    """Return what was sent to a version."""
    return FormAnswer.objects.filter(version=version, state=AnswerState.SUBMITTED)


def answers_of(design: FormDesign) -> QuerySet[FormAnswer]:
    """Return what was sent to any version of a form."""
    sent = FormAnswer.objects.filter(version__design=design, state=AnswerState.SUBMITTED)
    return sent.select_related("version__design")


def design_labels(ids: Iterable[int], viewer: Any) -> dict[int, Label]:
    """Name forms; link those that the viewer may open."""
    wanted = list(ids)
    seen = set(visible_to(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    rows = FormDesign.objects.filter(pk__in=wanted)
    return {row.pk: Label(row.name, row.get_absolute_url() if row.pk in seen else "") for row in rows}


# ---------------------------------------------------------------- what changed


@dataclass(frozen=True)
class Change:
    """One difference between two versions, in words."""

    word: str
    tone: str
    label: str
    details: list[str]


NAMES = {
    "type": gettext_lazy("kind"),
    "label": gettext_lazy("question"),
    "help": gettext_lazy("help"),
    "required": gettext_lazy("required"),
    "least": gettext_lazy("lower limit"),
    "most": gettext_lazy("upper limit"),
    "unit": gettext_lazy("unit"),
    "places": gettext_lazy("decimal places"),
    "scale": gettext_lazy("scale"),
    "low": gettext_lazy("lowest"),
    "high": gettext_lazy("highest"),
    "metric": gettext_lazy("measured"),
    "period": gettext_lazy("period"),
    "text": gettext_lazy("words"),
    "blind": gettext_lazy("hidden from judges"),
    "publishable": gettext_lazy("may be published"),
}


def changes(before: list[FieldSpec], after: list[FieldSpec]) -> list[Change]:
    """Return what is new, gone, moved or different from one list of fields to another."""
    old, new = {spec.key: spec for spec in before}, {spec.key: spec for spec in after}
    found = [Change(_("New"), "ok", _called(spec), []) for key, spec in new.items() if key not in old]
    found += [Change(_("Gone"), "stop", _called(spec), []) for key, spec in old.items() if key not in new]
    for key in (key for key in new if key in old):
        details = _details(old[key], new[key])
        if details:
            found.append(Change(_("Changed"), "wait", _called(new[key]), details))
    order_before = [key for key in old if key in new]
    order_after = [key for key in new if key in old]
    if order_before != order_after:
        found.append(Change(_("Order"), "info", _("The fields come in another order"), []))
    return found


def _called(spec: FieldSpec) -> str:
    return spec.label or spec.type_name


def _details(before: FieldSpec, after: FieldSpec) -> list[str]:
    details = []
    for name in (one.name for one in fields(FieldSpec) if one.name in NAMES):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            details.append(f"{NAMES[name]}: {_shown(was)} → {_shown(now)}")
    if before.options != after.options:
        was_words, now_words = ([option.label for option in one.options] for one in (before, after))
        details.append(f"{_('answers')}: {_shown(', '.join(was_words))} → {_shown(', '.join(now_words))}")
    if before.condition != after.condition:
        details.append(_("shown under another condition"))
    return details


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"“{value}”" if value != "" else _("nothing")


def condition_words(spec: FieldSpec, specs: Iterable[FieldSpec]) -> str:
    """Return "Only if “Are you happy?” is “no”"; empty without a condition."""
    condition = spec.condition
    other = next((one for one in specs if condition and one.key == condition.field), None)
    if condition is None or other is None:
        return ""
    words = {
        "field": other.label,
        "test": depending.words_of(other, condition.test),
        "value": depending.value_words(other, condition.value),
    }
    if condition.test == Test.ANSWERED:
        sentence = _("Only if “%(field)s” %(test)s")
    else:
        sentence = _("Only if “%(field)s” %(test)s “%(value)s”")
    return sentence % words


def specs_of(version: FormVersion) -> list[FieldSpec]:
    """Return the fields of a version."""
    return from_json(version.fields)


def first_of(specs: Iterable[FieldSpec], *kinds: FieldType) -> FieldSpec | None:
    """Return the first field of one of these kinds."""
    return next((spec for spec in specs if spec.type in kinds), None)


def open_to_colleagues(purposes: Iterable[str]) -> QuerySet[FormDesign]:
    """Return the forms of these purposes that are not archived."""
    return FormDesign.objects.filter(purpose__in=list(purposes), archived_at__isnull=True)


def answers_with_files_for(user: Any) -> QuerySet[Any, Any]:
    """Return the keys of the answers whose files the user may read: of purposes where even blind fields are open."""
    purposes = sorted({*that_may(user, "read")} & {*that_may(user, "see_blind")})
    return FormAnswer.objects.filter(version__design__purpose__in=purposes).values("pk")
