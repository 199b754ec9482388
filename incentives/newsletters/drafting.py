"""An issue's first words: the wins, stories, letters, badges and thanks since the last one.

Who would rather not stand in the feed is left out. A customer is named only where they agreed to that, and where every
colleague may know the name.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _

from incentives.recognition.enums import PostKind
from incentives.recognition.feed import NAME_THE_ACTOR, agreed_to_name, for_everybody
from incentives.recognition.models import FeedPost, RecognitionChoice
from references.accounts.selectors.access import MASKED
from references.content.selectors.access import shareable
from references.models import Account, Asset
from refprogram.people.models import Person

MOST: Final = 12
Fact = dict[str, Any]


def facts_since(since: dt.datetime, until: dt.datetime) -> list[Fact]:
    """Return what an issue can tell: each with its words, and whom it is about (`person`, `actor`, `account`).

    The customer is kept where the words do not name them, too: whoever writes the name by hand is told (`in_vain`).
    """
    posts = FeedPost.objects.filter(for_everybody(), at__gte=since, at__lt=until, hidden_at__isnull=True)
    rows = posts.select_related("person", "actor", "thanks", "letter", "grant__badge", "account").order_by("-at", "-pk")
    found: list[Fact] = []
    for kind in (PostKind.WIN, PostKind.LETTER, PostKind.BADGE, PostKind.THANKS):
        some = list(rows.filter(kind=kind)[:MOST])
        names = public_names(row.account_id for row in some if row.account_id is not None)
        found += [_fact(row, names) for row in some if row.person_id is not None]
    return found + _stories(since, until)


def public_names(accounts: Iterable[int]) -> dict[int, str]:
    """Return the names of those customers whom everybody may name: they agreed, and no mask lies over them."""
    rows = agreed_to_name(accounts).exclude(tier__in=MASKED)
    return dict(rows.values_list("pk", "name"))


def _fact(row: FeedPost, names: dict[int, str]) -> Fact:
    words: dict[str, Any] = {
        "person": row.person.name if row.person is not None else "",
        "actor": row.actor.name if row.actor is not None else "",
    }
    actor = row.actor_id if row.kind in NAME_THE_ACTOR else None
    fact: Fact = {"kind": row.kind, "person": row.person_id, "actor": actor, "account": row.account_id}
    if row.kind == PostKind.WIN:
        words["customer"] = names.get(row.account_id or 0) or _anonymous(row.account)
        return {**fact, "said": _("%(person)s brought in a reference: %(customer)s.") % words}
    if row.kind == PostKind.BADGE and row.grant is not None:
        return {**fact, "said": _("%(person)s: %(badge)s") % {**words, "badge": row.grant.badge.name}}
    if row.kind == PostKind.THANKS and row.thanks is not None:
        return {**fact, "said": _("%(actor)s thanks %(person)s: %(words)s") % {**words, "words": row.thanks.words}}
    return {**fact, "said": _("%(actor)s wrote to %(person)s.") % words}


def _anonymous(account: Account | None) -> str:
    industry = account.industry if account is not None else ""
    return _("a customer in %(industry)s") % {"industry": industry} if industry else _("a customer")


def _stories(since: dt.datetime, until: dt.datetime) -> list[Fact]:
    """Return the stories that are new, of those that may be shown to anybody outside."""
    rows = shareable(Asset.objects.filter(updated_at__gte=since, updated_at__lt=until))
    rows = rows.select_related("account").order_by("-updated_at", "-pk")[:MOST]
    said = _("%(title)s (%(kind)s)")
    return [
        {"kind": "story", "person": None, "actor": None, "account": row.account_id, "asset": row.pk,
         "said": said % {"title": row.title, "kind": row.get_kind_display()}}
        for row in rows
    ]  # fmt: skip


def body_of(facts: list[Fact]) -> str:
    """Return the text of an issue from its facts; empty parts are left out."""
    parts = [_("Here is what colleagues and customers made happen.")]
    heads = {
        "win": _("New references"), "story": _("Stories to tell"), "letter": _("Letters"), "badge": _("Badges"),
        "thanks": _("Thanks"),
    }  # fmt: skip
    for kind, head in heads.items():
        said = [f"- {fact['said']}" for fact in facts if fact["kind"] == kind]
        if said:
            parts.append("\n".join([f"## {head}", *said]))
    return "\n\n".join(parts)


def in_vain(facts: list[Fact], text: str) -> list[str]:
    """Return who is named in a text though they agree to it no longer: customers, stories, colleagues."""
    lower = text.lower()
    accounts = {fact["account"] for fact in facts if fact.get("account")}
    gone = accounts - set(public_names(accounts))
    stories = {fact["asset"]: fact["account"] for fact in facts if fact.get("asset")}
    shown = set(shareable(Asset.objects.filter(pk__in=stories)).values_list("pk", flat=True))
    gone -= {stories[pk] for pk in shown}
    names = list(Account.objects.filter(pk__in=gone).values_list("name", flat=True))
    names += list(Asset.objects.filter(pk__in=stories.keys() - shown).values_list("title", flat=True))
    people = {fact[side] for fact in facts for side in ("person", "actor") if fact.get(side)}
    private = RecognitionChoice.objects.filter(person__in=people, in_feed=False).values("person")
    names += list(Person.objects.filter(pk__in=private).values_list("name", flat=True))
    return sorted({name for name in names if name.lower() in lower})
