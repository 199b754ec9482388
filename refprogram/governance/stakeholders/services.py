"""The verbs of stakeholders and of the directory."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from refprogram.governance.capacity.services import record_demand
from refprogram.governance.stakeholders.models import (
    DirectoryEntry,
    Launch,
    Pulse,
    Requirement,
    Stakeholder,
    StakeholderContact,
    StakeholderGroup,
)
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stale import refuse_stale
from refprogram.kernel.stream import emit
from refprogram.people.models import User

MOST_KEY: Final = 3
PULSE: Final = "pulse"
FACTS: Final = ("name", "part", "group", "influence", "interest", "success", "keeper", "every_days")
LAUNCH: Final = ("name", "product", "on", "references", "hours")
LIKELY_DAYS: Final = 3650  # a contact of longer ago is a slip of the hand


def _refuse_unless(by: User, permission: str) -> None:
    if not by.has_perm(permission):
        raise NotAllowed(_("That is kept by the reference managers."))


def _refuse(field: str, message: str) -> None:
    raise InvalidInput(message, errors={field: message})


def _filled(facts: Mapping[str, Any], names: Sequence[str], but: Sequence[str] = ()) -> dict[str, Any]:
    """Return what is said under these names. Raises InvalidInput for nothing, where that is no answer."""
    said = {name: facts[name] for name in names if name in facts}
    empty = [name for name, value in said.items() if value is None and name not in but]
    if empty:
        message = _("This cannot be left empty.")
        raise InvalidInput(message, errors=dict.fromkeys(empty, message))
    return said


def _note(topic: str, row: Stakeholder, by: User | None, **facts: Any) -> None:
    emit(topic, subject=row, actor_id=by.person_id if by else None, payload=facts)


def _locked(row: Stakeholder) -> Stakeholder:
    return Stakeholder.objects.select_for_update().get(pk=row.pk)


# ---------------------------------------------------------------- groups


@transaction.atomic
def add_group(*, name: str, by: User) -> StakeholderGroup:
    """Add a group of stakeholders."""
    _refuse_unless(by, "governance.keep_stakeholders")
    name = " ".join(name.split())[:80]
    if not name:
        _refuse("name", _("Give the group a name."))
    if StakeholderGroup.objects.filter(name__iexact=name).exists():
        _refuse("name", _("There is a group of this name already."))
    row = StakeholderGroup(name=name)
    row.save(force_insert=True)
    return row


@transaction.atomic
def flag_group(*, group: StakeholderGroup, by: User) -> StakeholderGroup:
    """Make a group a key one, or no longer. Raises DomainError for a fourth: three at most can be key."""
    _refuse_unless(by, "governance.keep_stakeholders")
    known = {row.pk: row for row in StakeholderGroup.objects.select_for_update().order_by("pk")}
    row = known[group.pk]
    if not row.is_key and sum(one.is_key for one in known.values()) >= MOST_KEY:
        raise DomainError(_("Three groups are key already. Take the flag from one of them first."))
    row.is_key = not row.is_key
    row.save(update_fields=["is_key"])
    return row


# ---------------------------------------------------------------- stakeholders


@transaction.atomic
def add_stakeholder(*, facts: Mapping[str, Any], by: User, user: User | None = None) -> Stakeholder:
    """Add a colleague, or somebody outside by name. Raises InvalidInput for one who is there already."""
    _refuse_unless(by, "governance.keep_stakeholders")
    row = Stakeholder(user=user, **_known(facts))
    if user is not None:
        row.name = user.name
    if not row.name:
        _refuse("name", _("Choose a colleague, or write the name of somebody outside."))
    if user is not None and Stakeholder.objects.filter(user=user).exists():
        _refuse("user", _("They are in the register already."))
    row.save(force_insert=True)
    _note("stakeholder.added", row, by)
    return row


@transaction.atomic
def change_stakeholder(
    *, row: Stakeholder, facts: Mapping[str, Any], by: User, revision: int | None = None
) -> Stakeholder:
    """Change what is known of a stakeholder; a colleague keeps their own name. Raises Stale if somebody was faster."""
    _refuse_unless(by, "governance.keep_stakeholders")
    row, known = _locked(row), _known(facts)
    refuse_stale(row, revision, _("Somebody changed this while you wrote. Nothing was overwritten."), known)
    for name, value in known.items():
        if not (name == "name" and row.user_id):
            setattr(row, name, value)
    if not row.name:
        _refuse("name", _("Write their name."))
    row.revision += 1
    row.save()
    _note("stakeholder.changed", row, by)
    return row


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of a stakeholder, a name without spaces around it."""
    known = _filled(facts, FACTS, but=("keeper",))
    if "name" in known:
        known["name"] = " ".join(known["name"].split())[:120]
    return known


@transaction.atomic
def note_contact(*, row: Stakeholder, on: dt.date, note: str, by: User) -> StakeholderContact:
    """Note that they were spoken to."""
    _refuse_unless(by, "governance.keep_stakeholders")
    row = _locked(row)
    today = timezone.localdate()
    if not today - dt.timedelta(days=LIKELY_DAYS) <= on <= today:
        _refuse("on", _("Choose today or a day before it."))
    made = StakeholderContact(stakeholder=row, on=on, note=note.strip(), by=by)
    made.save(force_insert=True)
    row.contacted_on = max(on, row.contacted_on or on)
    row.save(update_fields=["contacted_on"])
    _note("stakeholder.contacted", row, by, on=on.isoformat())
    return made


@transaction.atomic
def add_requirement(*, row: Stakeholder, text: str, due_on: dt.date | None, by: User) -> Requirement:
    """Note what they need of the program."""
    _refuse_unless(by, "governance.keep_stakeholders")
    text = " ".join(text.split())[:300]
    if not text:
        _refuse("text", _("Write what they need."))
    made = Requirement(stakeholder=_locked(row), text=text, due_on=due_on)
    made.save(force_insert=True)
    return made


@transaction.atomic
def meet_requirement(*, requirement: Requirement, by: User) -> Requirement:
    """Say that it is met today; again takes it back."""
    _refuse_unless(by, "governance.keep_stakeholders")
    row = Requirement.objects.select_for_update().select_related("stakeholder").get(pk=requirement.pk)
    row.met_on = None if row.met_on else timezone.localdate()
    row.save(update_fields=["met_on"])
    if row.met_on:
        _note("stakeholder.met", row.stakeholder, by)
    return row


# ---------------------------------------------------------------- pulse


@transaction.atomic
def ask_pulse(*, row: Stakeholder, by: User) -> Pulse:
    """Ask one question by a link; while one is open, return that."""
    _refuse_unless(by, "governance.keep_stakeholders")
    row = _locked(row)
    known = Pulse.objects.filter(stakeholder=row, answered_at__isnull=True).first()
    if known is not None:
        return known
    pulse = Pulse(stakeholder=row, asked_by=by)
    pulse.save(force_insert=True)
    person = row.user.person_id if row.user else None
    links.issue(purpose=PULSE, subject=pulse, person_id=person, token=_token_of(pulse))
    _note("stakeholder.pulse_asked", row, by, pulse=pulse.pk)
    return pulse


@transaction.atomic
def answer_pulse(*, token: str, score: int, words: str = "") -> Pulse:
    """Take the answer: from 1 to 5, with a word if they like. The link answers once."""
    link = links.use(token)
    pulse = Pulse.objects.select_for_update(of=("self",)).select_related("stakeholder__user").get(pk=link.subject_id)
    if score not in range(1, 6):
        raise InvalidInput(_("Choose one of the five."))
    pulse.score, pulse.words, pulse.answered_at = score, words.strip()[:2000], timezone.now()
    pulse.save(update_fields=["score", "words", "answered_at"])
    stakeholder = pulse.stakeholder
    _note("stakeholder.pulse_given", stakeholder, stakeholder.user, score=score)
    return pulse


def address_of(pulse: Pulse) -> str:
    """Return the address of a question, for who has no mail from us."""
    return links.address(_token_of(pulse))


def _token_of(pulse: Pulse) -> str:
    return salted_hmac("governance.pulse", pulse.public_id, algorithm="sha256").hexdigest()[:40]


# ---------------------------------------------------------------- the directory


@transaction.atomic
def add_entry(*, user: User, knows: str, topics: str, reach: str, by: User) -> DirectoryEntry:
    """Say what a colleague knows; said again, the last word holds."""
    _refuse_unless(by, "governance.keep_directory")
    words = _words(topics, reach)
    row, _is_new = DirectoryEntry.objects.update_or_create(user=user, knows=knows, defaults=words)
    return row


@transaction.atomic
def change_entry(*, entry: DirectoryEntry, topics: str, reach: str, by: User) -> DirectoryEntry:
    """Say differently what they know. Raises DomainError where somebody took them out meanwhile."""
    _refuse_unless(by, "governance.keep_directory")
    row = DirectoryEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if row is None:
        raise DomainError(_("Somebody took them out of the directory meanwhile."))
    words = _words(topics, reach)
    row.topics, row.reach = words["topics"], words["reach"]
    row.save(update_fields=["topics", "reach"])
    return row


def _words(topics: str, reach: str) -> dict[str, str]:
    said = {"topics": " ".join(topics.split())[:300], "reach": " ".join(reach.split())[:200]}
    if not said["topics"]:
        _refuse("topics", _("Write what they know."))
    return said


@transaction.atomic
def remove_entry(*, entry: DirectoryEntry, by: User) -> None:
    """Take a colleague out of the directory."""
    _refuse_unless(by, "governance.keep_directory")
    entry.delete()


@transaction.atomic
def plan_launch(*, facts: Mapping[str, Any], by: User, launch: Launch | None = None) -> Launch:
    """Plan a launch, or change one: the references that it needs count as work of its month."""
    _refuse_unless(by, "governance.keep_directory")
    row = Launch.objects.select_for_update().filter(pk=launch.pk).first() if launch else Launch()
    if row is None:
        raise DomainError(_("Somebody took this launch off the roadmap meanwhile."))
    said = _filled(facts, LAUNCH)
    for name, value in said.items():
        setattr(row, name, value)
    row.name = " ".join(row.name.split())
    if not row.name:
        _refuse("name", _("Write what comes."))
    row.save()
    record_demand(subject=row, kind="launch", name=_("Launches"), hours=row.total_hours, on=row.on)
    return row


@transaction.atomic
def drop_launch(*, launch: Launch, by: User) -> None:
    """Take a launch off the roadmap: it asks for nothing any more."""
    _refuse_unless(by, "governance.keep_directory")
    record_demand(subject=launch, kind="launch", name=launch.name[:80], hours=Decimal(0), on=launch.on)
    launch.delete()
