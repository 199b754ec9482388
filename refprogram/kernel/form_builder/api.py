"""Forms over the API: the same doors, rights and checks as the builder's pages.

A draft is read and written whole, under the revision it was read with: whoever writes a stale one is refused (409).
"""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import Field

from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.form_builder import editing, purposes, results, selectors, services
from refprogram.kernel.form_builder.enums import FieldType, Test
from refprogram.kernel.form_builder.fields import (
    KEY,
    MOST_FIELDS,
    MOST_OPTIONS,
    Condition,
    FieldSpec,
    Option,
    new_key,
    options_of,
)
from refprogram.kernel.form_builder.filters import DesignFilter
from refprogram.kernel.form_builder.soundness import problems
from refprogram.kernel.models import FormAnswer, FormDesign, FormVersion

router = api.Router(tags=["shared"])


class FormDesignOut(api.Thing):
    """A form. `published` is the number of the newest published version; null while there is none."""

    name: str
    purpose: str
    published: int | None
    archived_at: dt.datetime | None

    @staticmethod
    def resolve_published(obj: FormDesign) -> int | None:
        number: int | None = obj.published_number  # type: ignore[attr-defined]  # with_list_facts
        return number


class FormFieldOut(api.Schema):
    """One field of a form, whole."""

    key: str
    type: FieldType
    label: str
    help: str
    required: bool
    least: str
    most: str
    unit: str
    places: int
    options: list[dict[str, str]]
    scale: int
    low: str
    high: str
    metric: str
    period: str
    text: str
    blind: bool
    publishable: bool
    condition: dict[str, str] | None

    @staticmethod
    def resolve_options(obj: FieldSpec) -> list[dict[str, str]]:
        return [{"value": option.value, "label": option.label} for option in obj.options]

    @staticmethod
    def resolve_condition(obj: FieldSpec) -> dict[str, str] | None:
        rule = obj.condition
        return {"field": rule.field, "test": rule.test, "value": rule.value} if rule else None


class FormVersionOut(api.Schema):
    """What one version asks. `problems` are the sentences that keep a draft from being published."""

    number: int
    revision: int
    published_at: dt.datetime | None
    intro: str
    thanks: str
    fields: list[FormFieldOut]
    problems: list[str]

    @staticmethod
    def resolve_fields(obj: FormVersion) -> list[FieldSpec]:
        return selectors.specs_of(obj)

    @staticmethod
    def resolve_problems(obj: FormVersion) -> list[str]:
        return [sentence for _key, sentence in problems(selectors.specs_of(obj))]


class OptionIn(api.Input):
    """One thing to choose; the value is what answers keep, made of the label where it is left out."""

    value: str = Field("", max_length=40)
    label: str = Field(min_length=1, max_length=200)


class ConditionIn(api.Input):
    """Shown only if an earlier field was answered in this way."""

    field: str = Field(max_length=40)
    test: Test
    value: str = Field("", max_length=200)


class FormFieldIn(api.Input):
    """One field. Left out, the key is made of the label; `least` and `most` are figures, or days of a date."""

    key: str = Field("", max_length=40)
    type: FieldType
    label: str = Field("", max_length=300)
    help: str = Field("", max_length=500)
    required: bool = False
    least: str = Field("", max_length=20)
    most: str = Field("", max_length=20)
    unit: str = Field("", max_length=20)
    places: int = Field(0, ge=0, le=6)
    options: list[OptionIn] = Field([], max_length=MOST_OPTIONS)
    scale: int = Field(5, description="5 or 10, of a rating.")
    low: str = Field("", max_length=60)
    high: str = Field("", max_length=60)
    metric: str = Field("", max_length=120)
    period: str = Field("", max_length=60)
    text: str = Field("", max_length=5000, description="The exact words of a consent.")
    blind: bool = False
    publishable: bool = False
    condition: ConditionIn | None = None


class FormDraftIn(api.Input):
    """The whole draft, under the revision it was read with."""

    revision: int = Field(ge=0)
    fields: list[FormFieldIn] = Field(max_length=MOST_FIELDS)
    intro: str | None = Field(None, max_length=5000)
    thanks: str | None = Field(None, max_length=5000)


class FormIn(api.Input):
    """A form to start: empty, or with fields."""

    name: str = Field(max_length=120)
    purpose: str = Field(max_length=40)
    fields: list[FormFieldIn] = Field([], max_length=MOST_FIELDS)
    intro: str = Field("", max_length=5000)
    thanks: str = Field("", max_length=5000)


class FormPatch(api.Input):
    """What may be changed of a form itself."""

    name: str = Field(min_length=1, max_length=120)


class FormPublishIn(api.Input):
    """Which draft is meant."""

    revision: int = Field(ge=0)


class FormAnswerOut(api.Thing):
    """One answer that was sent. `values` leaves out what this reader may not see."""

    version: int
    sent_at: dt.datetime | None
    values: dict[str, Any]

    @staticmethod
    def resolve_sent_at(obj: FormAnswer) -> dt.datetime | None:
        return obj.submitted_at

    @staticmethod
    def resolve_version(obj: FormAnswer) -> int:
        return obj.version.number

    @staticmethod
    def resolve_url(obj: FormAnswer) -> str:
        return api.absolute(f"{obj.version.design.get_absolute_url()}results/?version={obj.version.number}")

    @staticmethod
    def resolve_values(obj: FormAnswer, context: Any) -> dict[str, Any]:
        design = obj.version.design
        blind_too = purposes.may(context["request"].user, design.purpose, "see_blind")
        specs = results.open_to(selectors.specs_of(obj.version), blind_too=blind_too)
        return {spec.key: obj.values[spec.key] for spec in specs if spec.key in obj.values}


# ---------------------------------------------------------------- from a body to fields


def _specs(given: list[FormFieldIn]) -> list[FieldSpec]:
    """Return the fields of a body, checked as the builder checks its own steps."""
    taken = [one.key for one in given if one.key]
    specs = []
    for at, one in enumerate(given):
        key = one.key or new_key(one.label or one.type, taken)
        if not KEY.fullmatch(key):
            raise _refusal(at, "key", _("Small letters, figures and underscores only, beginning with a letter."))
        taken.append(key)
        specs.append(_spec(at, key, one))
    return editing.checked(specs)


def _spec(at: int, key: str, one: FormFieldIn) -> FieldSpec:
    rule = one.condition
    return FieldSpec(
        key=key,
        type=one.type.value,
        options=_options(at, one.options),
        condition=Condition(rule.field, rule.test.value, rule.value) if rule else None,
        **one.dict(exclude={"key", "type", "options", "condition"}),
    )


def _options(at: int, given: list[OptionIn]) -> tuple[Option, ...]:
    """Return the options, with values made of their labels where none are given."""
    labels, values = [" ".join(one.label.split()) for one in given], [one.value for one in given if one.value]
    if len({*labels}) < len(labels) or len({*values}) < len(values) or "" in labels:
        raise _refusal(at, "options", _("Each option needs a label and a value of its own."))
    known = [Option(one.value, label) for one, label in zip(given, labels, strict=True) if one.value]
    return options_of("\n".join(labels), known)


def _refusal(at: int, name: str, sentence: str) -> InvalidInput:
    return InvalidInput(sentence, errors={f"fields.{at}.{name}": sentence})


# ---------------------------------------------------------------- operations


def _forms(request: HttpRequest) -> QuerySet[FormDesign]:
    if not purposes.that_may(request.user, "read"):
        raise NotAllowed(_("Forms are read by who runs the program and who reads its results."))
    return selectors.with_list_facts(selectors.visible_to(request.user))


def _form(request: HttpRequest, public_id: str, right: str = "read") -> FormDesign:
    design: FormDesign = api.found(_forms(request), public_id)
    if not purposes.may(request.user, design.purpose, right):
        raise NotAllowed(_("This form is built by who runs the program."))
    return design


@api.listing(router, "/forms", FormDesignOut, filters=DesignFilter)
def list_forms(request: HttpRequest) -> QuerySet[FormDesign]:
    """List the forms you may build or read."""
    return _forms(request)


@router.post("/forms", response={201: FormDesignOut})
def create_form(request: HttpRequest, data: FormIn) -> Any:
    """Start a form with its first draft; nobody is asked before it is published."""
    if data.purpose in purposes.purposes() and not purposes.may(request.user, data.purpose, "build"):
        raise NotAllowed(_("This form is built by who runs the program."))
    if not purposes.that_may(request.user, "build"):
        raise NotAllowed(_("Forms are built by who runs the program."))
    design = services.create_design(
        name=data.name,
        purpose=data.purpose,
        by=request.user,
        specs=_specs(data.fields),
        intro=data.intro,
        thanks=data.thanks,
    )
    return api.Status(201, _form(request, design.public_id))


@router.get("/forms/{public_id}", response=FormDesignOut)
def get_form(request: HttpRequest, public_id: str) -> FormDesign:
    """Return one form."""
    return _form(request, public_id)


@router.patch("/forms/{public_id}", response=FormDesignOut)
def change_form(request: HttpRequest, public_id: str, data: api.PatchDict[FormPatch]) -> FormDesign:
    """Rename a form."""
    design = _form(request, public_id, "build")
    if "name" in data:
        services.rename(design=design, name=data["name"])
    return _form(request, public_id)


@router.post("/forms/{public_id}/archive", response=FormDesignOut)
def archive_form(request: HttpRequest, public_id: str) -> FormDesign:
    """Put a form away: it is offered no more; what was asked and answered stays."""
    services.archive(design=_form(request, public_id, "build"))
    return _form(request, public_id)


@router.post("/forms/{public_id}/restore", response=FormDesignOut)
def restore_form(request: HttpRequest, public_id: str) -> FormDesign:
    """Offer an archived form again."""
    services.bring_back(design=_form(request, public_id, "build"))
    return _form(request, public_id)


@router.get("/forms/{public_id}/versions", response=list[FormVersionOut])
def list_form_versions(request: HttpRequest, public_id: str) -> list[FormVersion]:
    """List what was published, newest first."""
    return selectors.published_versions(_form(request, public_id))


@router.get("/forms/{public_id}/draft", response=FormVersionOut)
def get_form_draft(request: HttpRequest, public_id: str) -> FormVersion:
    """Return the draft with the revision under which it can be written."""
    return selectors.draft_of(_form(request, public_id))


@router.put("/forms/{public_id}/draft", response=FormVersionOut)
def change_form_draft(request: HttpRequest, public_id: str, data: FormDraftIn) -> FormVersion:
    """Write all fields of the draft. 409 if somebody changed it since this revision: read it again."""
    design = _form(request, public_id, "build")
    return services.save_draft(
        design=design, revision=data.revision, specs=_specs(data.fields), intro=data.intro, thanks=data.thanks
    )


@router.post("/forms/{public_id}/publish", response=FormVersionOut)
def publish_form(request: HttpRequest, public_id: str, data: FormPublishIn) -> FormVersion:
    """Freeze the draft as the next version: people are asked this from now on."""
    return services.publish(design=_form(request, public_id, "build"), revision=data.revision, by=request.user)


@api.listing(router, "/forms/{public_id}/answers", FormAnswerOut)
def list_form_answers(request: HttpRequest, public_id: str) -> QuerySet[FormAnswer]:
    """List what was sent to all versions of a form; values by the fields' keys."""
    return selectors.answers_of(_form(request, public_id))
