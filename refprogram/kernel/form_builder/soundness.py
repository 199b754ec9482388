"""Whether a form is sound: what not even a draft may hold, and what keeps it from being published."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.form_builder import depending
from refprogram.kernel.form_builder.enums import TESTS, WITH_OPTIONS, FieldType
from refprogram.kernel.form_builder.fields import KEY, MOST_FIELDS, SCALES, FieldSpec


def check_structure(specs: list[FieldSpec]) -> None:
    """Raise InvalidInput for what not even a draft may hold: keys that clash, or far too many fields."""
    keys = [spec.key for spec in specs]
    if len(specs) > MOST_FIELDS:
        raise InvalidInput(_("A form has at most %(n)d fields. Nobody answers more.") % {"n": MOST_FIELDS})
    if len(set(keys)) < len(keys) or not all(KEY.fullmatch(key) for key in keys):
        raise InvalidInput(_("Two fields of this form have the same key."))


def problems(specs: list[FieldSpec]) -> list[tuple[str, str]]:
    """Return (key, sentence) of everything that has to be put right before the form can be published."""
    found: list[tuple[str, str]] = []
    if not any(spec.asks for spec in specs):
        found.append(("", _("The form asks nothing yet. Add a field.")))
    earlier: dict[str, FieldSpec] = {}
    for spec in specs:
        found += [(spec.key, sentence) for sentence in (*_own_problems(spec), *_condition_problems(spec, earlier))]
        earlier[spec.key] = spec
    return found


def _own_problems(spec: FieldSpec) -> list[str]:
    name = spec.label or spec.type_name
    found = []
    if not spec.label:
        found.append(_("%(type)s: write what is asked.") % {"type": spec.type_name})
    if spec.type in WITH_OPTIONS and len(spec.options) < 2:
        found.append(_("“%(name)s”: give at least two things to choose from.") % {"name": name})
    if spec.type == FieldType.CONSENT and not spec.text.strip():
        found.append(_("“%(name)s”: write the exact words that people agree to.") % {"name": name})
    if spec.scale not in SCALES:
        found.append(_("“%(name)s”: a rating goes from 1 to 5 or from 1 to 10.") % {"name": name})
    if _crossed(spec):
        found.append(_("“%(name)s”: the upper limit lies below the lower one.") % {"name": name})
    return found


def _crossed(spec: FieldSpec) -> bool:
    if not spec.least or not spec.most:
        return False
    if spec.type == FieldType.DATE:
        return spec.most < spec.least
    return Decimal(spec.most) < Decimal(spec.least)


def _condition_problems(spec: FieldSpec, earlier: Mapping[str, FieldSpec]) -> list[str]:
    condition = spec.condition
    if condition is None:
        return []
    name, other = spec.label or spec.type_name, earlier.get(condition.field)
    if other is None:
        return [_("“%(name)s” depends on a field that does not come before it.") % {"name": name}]
    if condition.test not in TESTS.get(other.type, ()):
        return [_("“%(name)s” depends on “%(other)s” in a way that cannot be.") % {"name": name, "other": other.label}]
    if not depending.fits(condition, other):
        return [
            _("“%(name)s” waits for an answer that “%(other)s” does not offer any more.")
            % {"name": name, "other": other.label}
        ]
    return []
