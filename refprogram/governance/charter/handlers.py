"""What this room does when events arrive. Each is safe to run twice."""

from refprogram.governance.charter import letters, selectors, services
from refprogram.governance.charter.content import changes
from refprogram.governance.charter.enums import ASKED, CharterState
from refprogram.governance.charter.models import CharterOpinion, CharterVersion
from refprogram.kernel.models import Event
from refprogram.people.models import Person, User


def _version(event: Event) -> CharterVersion:
    return CharterVersion.objects.select_related("made_by__person").get(pk=event.subject_id)


def ask_for_opinions(event: Event) -> None:
    """Colleagues are asked what they think; each once for a version."""
    version = _version(event)
    if version.state != CharterState.CONSULT:
        return
    asker = Person.objects.get(pk=event.actor_id or 0).name
    rows = CharterOpinion.objects.filter(
        version=version, said_at__isnull=True, user__person__in=event.payload["people"], user__is_active=True
    )
    for opinion in rows.select_related("user__person"):
        letters.opinion_wanted(version, opinion.user, asker, key=f"charter.opinion:{version.pk}")


def tell_of_opinion(event: Event) -> None:
    """Who made the draft hears that somebody commented."""
    version = _version(event)
    if version.made_by is not None and version.made_by.person_id != event.actor_id:
        name = Person.objects.get(pk=event.actor_id or 0).name
        letters.commented(version, version.made_by, name, key=f"charter.commented:{event.pk}")


def carry_out(event: Event) -> None:
    """An approval was given or refused: the version is approved, or a draft again."""
    facts = event.payload
    if facts["subject_type"] != "charterversion":
        return
    by = User.objects.filter(person=event.actor_id or 0).first()
    verb = services.approve_asked if facts["verdict"] == "approve" else services.decline_asked
    verb(version_id=facts["subject_id"], by=by)


def tell_of_approval(event: Event) -> None:
    """Who made it hears that it can be published."""
    version = _version(event)
    if version.made_by is not None:
        letters.approved(version, version.made_by, key=f"charter.approved:{event.pk}")


def ask_to_acknowledge(event: Event) -> None:
    """A charter holds now: those above, beside and in the program are asked to know it."""
    version = selectors.with_parts(CharterVersion.objects.all()).get(pk=event.subject_id)
    if version.state != CharterState.PUBLISHED:
        return
    before = selectors.version_before(version)
    found = changes(selectors.content_of(before), selectors.content_of(version)) if before else []
    for reader in User.objects.filter(is_active=True, role__in=ASKED).select_related("person").order_by("pk"):
        letters.published(version, reader, found, key=f"charter.published:{version.pk}")
