"""What people are told in this room."""

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from incentives.activity.enums import ProofState
from incentives.activity.models import ActivityProof, CharityPot, Presentation
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.enums import Role
from refprogram.people.models import User

on_day = lazy(rp.day, str)


def proof_asked(proof: ActivityProof, *, key: str) -> None:
    """Ask somebody to prove an activity that the lot chose."""
    person = proof.reward.user.person
    with as_reader(person):
        text = _("The lot chose your %(what)s: say what shows it") % {"what": proof.activity.detail}
        letter = Letter(
            text,
            "incentives/proof_asked",
            {
                "proof": proof,
                "facts": [
                    (_("What"), proof.activity.detail),
                    (_("When"), on_day(proof.activity.occurred_at)),
                    (_("Until"), on_day(proof.due_on)),
                ],
                "action_label": _("Say what shows it"),
                "action_url": absolute(proof.get_absolute_url()),
            },
        )
        tell(person=person, kind="activity_proof", key=key, text=text, url=proof.get_absolute_url(), letter=letter)


def proof_given(proof: ActivityProof, *, key: str) -> None:
    """Tell who judges it that a proof waits: their manager, else who runs the program. In the program only."""
    user = proof.reward.user
    manager = user.team.manager if user.team else None
    if manager is not None and manager.is_active and manager.pk != user.pk:
        readers = [manager]
    else:
        rows = User.objects.filter(role=Role.MARKETER, is_active=True).exclude(pk=user.pk)
        readers = list(rows.select_related("person"))
    for reader in readers:
        with as_reader(reader.person):
            text = _("%(name)s proved an activity: %(what)s") % {"name": user.name, "what": proof.activity.detail}
            tell(person=reader.person, kind="activity_judge", key=key, text=text, url=proof.get_absolute_url())


def proof_judged(proof: ActivityProof, *, key: str) -> None:
    """Tell its author what became of a proof, in the program."""
    person = proof.reward.user.person
    with as_reader(person):
        words = {
            ProofState.ACCEPTED: _("Your proof was accepted: %(what)s"),
            ProofState.REFUSED: _("Your proof was refused: %(what)s. “%(why)s”"),
            ProofState.LAPSED: _("Nobody proved it in time, so it earns nothing: %(what)s"),
        }.get(ProofState(proof.state))
        if words is not None:
            text = words % {"what": proof.activity.detail, "why": proof.verdict}
            tell(person=person, kind="activity_proof", key=key, text=text, url=proof.get_absolute_url())


def to_ask_for(row: Presentation, *, key: str) -> None:
    """Tell the executives that somebody is to be asked for a presentation."""
    rows = User.objects.filter(role=Role.EXECUTIVE, is_active=True).exclude(pk=row.user_id).select_related("person")
    for reader in rows:
        with as_reader(reader.person):
            text = _("Ask %(name)s for a presentation: %(topic)s") % {"name": row.user.name, "topic": row.topic}
            tell(person=reader.person, kind="presentation_ask", key=key, text=text, url=row.get_absolute_url())


def asked(row: Presentation, *, key: str, again: bool) -> None:
    """Send the executive's own words to whoever is to present, and tell the panel. Answers go to the executive."""
    by = row.executive
    if by is None:
        return
    person = row.user.person
    with as_reader(person):
        words = _("Once more, please: %(topic)s") if again else _("A presentation, please: %(topic)s")
        text = words % {"topic": row.topic}
        facts = [
            (_("When"), on_day(row.held_on)),
            (_("Where"), row.place),
            (_("Who listens"), ", ".join(user.name for user in row.panel.select_related("person").order_by("pk"))),
        ]
        letter = Letter(
            text,
            "incentives/presentation_asked",
            {
                "presentation": row,
                "words": row.verdict if again else row.letter,
                "by": by.name,
                "rubric": row.rubric,
                "facts": [fact for fact in facts if fact[1]],
                "action_label": _("See what is asked for"),
                "action_url": absolute(row.get_absolute_url()),
            },
            reply_to=by.email,
        )
        tell(person=person, kind="presentation", key=key, text=text, url=row.get_absolute_url(), letter=letter)
    for listener in row.panel.select_related("person").order_by("pk"):
        with as_reader(listener.person):
            text = _("%(name)s presents to you: %(topic)s, %(day)s") % {
                "name": row.user.name,
                "topic": row.topic,
                "day": rp.day(row.held_on),
            }
            tell(person=listener.person, kind="presentation_panel", key=key, text=text, url=row.get_absolute_url())


def ended(row: Presentation, *, key: str, passed: bool) -> None:
    """Tell whoever presented that it is over: with thanks, or because nothing is asked any more."""
    with as_reader(row.user.person):
        words = _("Well presented: %(topic)s. Nothing is held against you any more.") if passed else _(
            "You need not present any more: %(topic)s"
        )  # fmt: skip
        text = words % {"topic": row.topic}
        tell(person=row.user.person, kind="presentation", key=key, text=text, url=row.get_absolute_url())


def pot_proposed(pot: CharityPot, *, key: str) -> None:
    """Ask Legal to sign a charity pot off."""
    for reader in User.objects.filter(role=Role.LEGAL, is_active=True).select_related("person"):
        with as_reader(reader.person):
            text = _("Sign the charity pot off, or not: %(name)s") % {"name": pot.name}
            tell(person=reader.person, kind="charity_pot", key=key, text=text, url=reverse("incentives:charity"))
