"""The fields themselves: added, changed, put in order, archived. Key and type never change."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from refprogram.kernel.custom_fields.definitions import changed, nouns
from refprogram.kernel.custom_fields.reserved import is_built_in, plain
from refprogram.kernel.enums import CustomType
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import CustomField, CustomValue

EDIT: Final = "kernel.edit_custom_fields"
MOST: Final = 60  # in use, of one noun: more is a table of its own
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
CHANGEABLE: Final = frozenset({"label", "choices", "unit", "help", "required", "searchable", "filterable"})


def _refuse(field: str, message: str) -> InvalidInput:
    return InvalidInput(message, errors={field: message})


def key_of(label: str) -> str:
    """Return a key that reads like a label; empty where no letter of it can stand in one."""
    stem = slugify(label).replace("-", "_").lstrip("0123456789_")[:40].strip("_")
    return stem if KEY.fullmatch(stem) else ""


@transaction.atomic
def add_field(*, noun: str, key: str, label: str, type: str, **more: Any) -> CustomField:  # noqa: A002 - the field's name
    """Add a field to a noun, behind the others."""
    if noun not in nouns():
        raise _refuse("noun", _("Fields cannot be added to this."))
    if not KEY.fullmatch(key):
        raise _refuse("key", _("Small letters, figures and underscores only, beginning with a letter."))
    fields = CustomField.objects.select_for_update().filter(noun=noun)
    if any(field.key == key for field in fields):
        raise _refuse("key", _("There is a field of this key already; perhaps it is archived."))
    if sum(field.archived_at is None for field in fields) >= MOST:
        raise _refuse("noun", _("There are %(n)d fields already. Archive one first.") % {"n": MOST})
    last = CustomField.objects.filter(noun=noun).aggregate(last=Max("position"))["last"] or 0
    if is_built_in(nouns()[noun], key):
        raise _refuse("key", _("There is a field of this name from the beginning. Choose another key."))
    field = CustomField(noun=noun, key=key, type=CustomType(type), position=last + 1)
    _set(field, {**more, "label": label})
    field.save(force_insert=True)
    changed(noun)
    return field


@transaction.atomic
def change_field(*, field: CustomField, **more: Any) -> CustomField:
    """Change everything but key and type. A choice that rows still have cannot be taken away."""
    field = CustomField.objects.select_for_update().get(pk=field.pk)
    before = list(field.choices)
    _set(field, more)
    lost = set(before) - set(field.choices)
    if lost and CustomValue.objects.filter(field=field, text__in=lost).exists():
        raise _refuse("choices", _("Rows still have: %(choices)s.") % {"choices": ", ".join(sorted(lost))})
    field.save()
    changed(field.noun)
    return field


def _set(field: CustomField, more: dict[str, Any]) -> None:
    unknown = more.keys() - CHANGEABLE
    if unknown:
        message = f"not to be set: {sorted(unknown)}"
        raise TypeError(message)
    if "choices" in more:
        more["choices"] = _tidy(more["choices"])
    if more.get("label", field.label) != field.label:
        more["label"] = _free_label(field, more["label"])
    for name, value in more.items():
        setattr(field, name, value)
    _fit_to_type(field)
    field.full_clean()


def _fit_to_type(field: CustomField) -> None:
    """Leave out what a type does not have. A choice needs something to choose from."""
    if field.type == CustomType.CHOICE and len(field.choices) < 2:
        raise _refuse("choices", _("Name at least two choices, one on each line."))
    if field.type != CustomType.CHOICE:
        field.choices = []
    if field.type != CustomType.NUMBER:
        field.unit = ""
    if field.type not in {CustomType.TEXT, CustomType.CHOICE}:
        field.searchable = False


def _free_label(field: CustomField, label: str) -> str:
    """Return a label that no other field of the noun has, neither built in nor added and in use."""
    words = " ".join(label.split())
    if is_built_in(nouns()[field.noun], words):
        raise _refuse("label", _("There is a field of this name from the beginning. Choose another name."))
    others = CustomField.objects.filter(noun=field.noun, archived_at__isnull=True).exclude(pk=field.pk)
    if any(plain(other) == plain(words) for other in others.values_list("label", flat=True)):
        raise _refuse("label", _("There is an added field of this name already."))
    return words


def _tidy(choices: Sequence[str]) -> list[str]:
    """Return choices without blanks and twins, in order."""
    found: dict[str, str] = {}
    for choice in choices:
        word = " ".join(choice.split())
        if word:
            found.setdefault(word.casefold(), word[:100])
    return list(found.values())


@transaction.atomic
def archive_field(*, field: CustomField) -> CustomField:
    """Take a field out of use everywhere; its values stay and come back with it."""
    return _put(field, archived=True)


@transaction.atomic
def restore_field(*, field: CustomField) -> CustomField:
    """Take an archived field into use again."""
    return _put(field, archived=False)


def _put(field: CustomField, *, archived: bool) -> CustomField:
    field = CustomField.objects.select_for_update().get(pk=field.pk)
    if not archived and field.archived_at is not None:
        _free_label(field, field.label)
    field.archived_at = timezone.now() if archived else None
    field.save(update_fields=["archived_at"])
    changed(field.noun)
    return field


@transaction.atomic
def move_field(*, field: CustomField, by: int) -> None:
    """Move a field up (-1) or down (1) among those in use."""
    fields = list(CustomField.objects.select_for_update().filter(noun=field.noun, archived_at__isnull=True))
    ids = [one.pk for one in fields]
    if field.pk not in ids:
        return
    here = ids.index(field.pk)
    there = min(max(here + by, 0), len(ids) - 1)
    fields.insert(there, fields.pop(here))
    for position, one in enumerate(fields):
        one.position = position
    CustomField.objects.bulk_update(fields, ["position"])
    changed(field.noun)
