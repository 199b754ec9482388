"""The words that customers agree to. A version never changes; the next one takes its place for who is asked then."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references.consents.enums import Scope
from references.consents.models import ConsentTemplate
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User

LONGEST_MONTHS = 120


@transaction.atomic
def write_template(*, name: str, text: str, scopes: Iterable[str], months: int, by: User) -> ConsentTemplate:
    """Write the first version of a template, or the next one of the name; earlier agreements keep their own words."""
    name, text = " ".join(name.split()), text.strip()
    wanted = [scope for scope in Scope.values if scope in set(scopes)]
    _refuse_unsound(name, text, wanted, months)
    versions = ConsentTemplate.objects.select_for_update().filter(name=name).order_by("-version")
    newest = versions.first()
    if newest is not None and (newest.text, newest.scopes, newest.months) == (text, wanted, months):
        message = _("Nothing is different from version %(n)d.") % {"n": newest.version}
        raise InvalidInput(message, errors={"text": message})
    template = ConsentTemplate(
        name=name, version=(newest.version if newest else 0) + 1, text=text, scopes=wanted, months=months, written_by=by
    )
    template.save(force_insert=True)
    versions.exclude(pk=template.pk).filter(retired_at__isnull=True).update(retired_at=timezone.now())
    emit("consent_words.written", subject=template, actor_id=by.person_id, payload={"version": template.version})
    return template


def _refuse_unsound(name: str, text: str, scopes: list[str], months: int) -> None:
    errors = {}
    if not name:
        errors["name"] = _("Give it a name.")
    if not text:
        errors["text"] = _("Write the words that a customer agrees to.")
    if not scopes:
        errors["scopes"] = _("Say what it can be used for.")
    if not 1 <= months <= LONGEST_MONTHS:
        errors["months"] = _("Between 1 and %(most)d months.") % {"most": LONGEST_MONTHS}
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)


@transaction.atomic
def retire_template(*, template: ConsentTemplate, by: User) -> ConsentTemplate:
    """Ask nobody in these words any more; who agreed to them has agreed to them."""
    row = ConsentTemplate.objects.select_for_update().get(pk=template.pk)
    if row.retired_at is None:
        row.retired_at = timezone.now()
        row.save(update_fields=["retired_at"])
        emit("consent_words.retired", subject=row, actor_id=by.person_id, payload={"version": row.version})
    return row
