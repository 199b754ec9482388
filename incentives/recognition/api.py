"""Recognition over the API. The same services and permissions as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from incentives.badges import selectors as badges
from incentives.recognition import feed, selectors, services
from incentives.recognition.enums import LetterState, PostKind, RecognitionSide
from incentives.recognition.levels import levels_of
from incentives.recognition.models import FeedPost, Letter, Thanks
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest
from refprogram.people.models import User
from refprogram.people.selectors import colleagues

router = api.Router(tags=["incentives"])


def _may(request: MemberRequest, permission: str = "incentives.view_rewards") -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _colleague(public_id: str, field: str) -> User:
    found = colleagues().filter(public_id=public_id).first()
    if found is None:
        sentence = _("There is no colleague of this id.")
        raise InvalidInput(sentence, errors={field: sentence})
    return found


# ---------------------------------------------------------------- one's own


class LevelOut(api.Schema):
    """How far one is in a dimension: `level` of `of`, the figure, and what is missing to the next level."""

    dimension: RecognitionSide
    level: int
    of: int
    name: str
    value: Decimal | None
    missing: Decimal | None


class WornOut(api.Schema):
    """A badge one wears, and how often it was won."""

    badge: api.Ref
    times: int


class RecognitionOut(api.Schema):
    """One's own recognition: levels, badges, thanks left this week, and where one would rather not stand."""

    levels: list[LevelOut]
    badges: list[WornOut]
    thanks_left: int
    in_ranks: bool
    in_feed: bool


class ChoiceIn(api.Input):
    """Whether one stands in rankings, and in the feed."""

    in_ranks: bool = True
    in_feed: bool = True


def _own(request: MemberRequest) -> dict[str, Any]:
    person = request.user.person
    choice = selectors.choice_of(person)
    return {
        "levels": levels_of(person.pk), "badges": badges.worn(badges.of_person(person)),
        "thanks_left": selectors.thanks_left(request.user), "in_ranks": choice.in_ranks, "in_feed": choice.in_feed,
    }  # fmt: skip


@router.get("/recognition", response=RecognitionOut)
def get_recognition(request: MemberRequest) -> Any:
    """Return one's own recognition."""
    _may(request)
    return _own(request)


@router.patch("/recognition", response=RecognitionOut)
def change_recognition(request: MemberRequest, data: api.PatchDict[ChoiceIn]) -> Any:
    """Say whether one stands in rankings, and in the feed."""
    _may(request)
    row = selectors.choice_of(request.user.person)
    services.choose(user=request.user, **{"in_ranks": row.in_ranks, "in_feed": row.in_feed, **data})
    return _own(request)


# ---------------------------------------------------------------- thanks


class ThanksOut(api.Thing):
    """Thanks of one colleague to another; `counts`: they add to the receiver's level."""

    giver: api.Ref
    receiver: api.Ref
    words: str
    given_at: dt.datetime
    counts: bool
    taken_back_at: dt.datetime | None


class ThanksIn(api.Input):
    """Whom (a user's id), and what for."""

    to: str
    words: str = Field(max_length=300)


def _thanks(request: MemberRequest) -> QuerySet[Thanks]:
    _may(request)
    return selectors.thanks_visible_to(request.user)


@api.listing(router, "/thanks", ThanksOut)
def list_thanks(request: MemberRequest) -> QuerySet[Thanks]:
    """List thanks."""
    return _thanks(request)


@router.get("/thanks/{public_id}", response=ThanksOut)
def get_thanks(request: MemberRequest, public_id: str) -> Any:
    """Return one."""
    return api.found(_thanks(request), public_id)


@router.post("/thanks", response={201: ThanksOut})
def give_thanks(request: MemberRequest, data: ThanksIn) -> Any:
    """Thank a colleague: a few times a week, each once."""
    _may(request, "incentives.give_thanks")
    given = services.give_thanks(to=_colleague(data.to, "to"), words=data.words, actor=request.user)
    return api.Status(201, given)


@router.post("/thanks/{public_id}/take-back", response=ThanksOut)
def take_thanks_back(request: MemberRequest, public_id: str) -> Any:
    """Take thanks back: by who gave them, or who runs recognition."""
    row = api.found(_thanks(request), public_id)
    services.take_thanks_back(thanks=row, actor=request.user)
    return api.found(_thanks(request), public_id)


# ---------------------------------------------------------------- letters


class LetterOut(api.Thing):
    """A letter of an executive; `facts` is what it was drafted from."""

    writer: api.Ref
    about: api.Ref
    subject: str
    body: str
    facts: list[str]
    public: bool
    revision: int
    state: LetterState
    sent_at: dt.datetime | None
    copied_to: api.Ref | None


class LetterIn(api.Input):
    """To whom, and in whose name (users' ids; without `writer` in one's own)."""

    about: str
    writer: str | None = None


class LetterPatch(api.Input):
    """The words; `revision` of what was read, so that nobody's change is lost."""

    subject: str = Field("", max_length=120)
    body: str = Field("", max_length=4000)
    public: bool = True
    revision: int | None = None


class ReadIn(api.Input):
    """`revision` of what was read: nothing else is sent."""

    revision: int | None = None


def _letters(request: MemberRequest) -> QuerySet[Letter]:
    _may(request)
    return selectors.letters_visible_to(request.user)


@api.listing(router, "/letters", LetterOut)
def list_letters(request: MemberRequest) -> QuerySet[Letter]:
    """List the letters one wrote, drafted, got or had a copy of; all of them for who runs recognition."""
    return _letters(request)


@router.get("/letters/{public_id}", response=LetterOut)
def get_letter(request: MemberRequest, public_id: str) -> Any:
    """Return one letter."""
    return api.found(_letters(request), public_id)


@router.post("/letters", response={201: LetterOut})
def draft_letter(request: MemberRequest, data: LetterIn) -> Any:
    """Draft a letter from what the program knows."""
    _may(request, "incentives.draft_letters")
    writer = _colleague(data.writer, "writer") if data.writer else request.user
    row = services.draft_letter(about=_colleague(data.about, "about"), writer=writer, actor=request.user)
    return api.Status(201, api.found(_letters(request), row.public_id))


@router.patch("/letters/{public_id}", response=LetterOut)
def change_letter(request: MemberRequest, public_id: str, data: api.PatchDict[LetterPatch]) -> Any:
    """Change a draft."""
    row = api.found(_letters(request), public_id)
    services.change_letter(letter=row, actor=request.user, **data)
    return api.found(_letters(request), public_id)


@router.post("/letters/{public_id}/send", response=LetterOut)
def send_letter(request: MemberRequest, public_id: str, data: ReadIn | None = None) -> Any:
    """Send a letter: only its writer does, and not if it was changed since `revision`."""
    row, read = api.found(_letters(request), public_id), data.revision if data else None
    services.send_letter(letter=row, actor=request.user, revision=read)
    return api.found(_letters(request), public_id)


@router.post("/letters/{public_id}/drop", response=LetterOut)
def drop_letter(request: MemberRequest, public_id: str) -> Any:
    """Drop a draft."""
    services.drop_letter(letter=api.found(_letters(request), public_id), actor=request.user)
    return api.found(_letters(request), public_id)


# ---------------------------------------------------------------- feed


class PostOut(api.Schema):
    """One post of the feed, as its reader may know it: `said` in a sentence, and the words given with it.

    `actor` is who wrote a letter or gave thanks.
    """

    id: str
    kind: PostKind
    at: dt.datetime
    person: api.Ref | None
    actor: api.Ref | None
    said: str
    words: str

    @staticmethod
    def of(line: feed.Line) -> dict[str, Any]:
        """Return a line of the feed as the API says it."""
        row: FeedPost = line.row
        actor = row.actor if row.kind in feed.NAME_THE_ACTOR else None
        return {
            "id": row.public_id, "kind": row.kind, "at": row.at, "person": row.person, "actor": actor,
            "said": feed.plain(line.said), "words": line.words,
        }  # fmt: skip


class FeedLineOut(api.Schema):
    """A page of the feed; `older` is what `before` takes for the next one, empty at the end."""

    items: list[PostOut]
    older: str


class FeedIn(api.Schema):
    """Which part of the feed."""

    kind: PostKind | None = None
    before: str = Field("", max_length=40)


@router.get("/feed", response=FeedLineOut)
def list_feed(request: MemberRequest, cut: Query[FeedIn]) -> Any:
    """Read the feed, newest first, 30 at a time."""
    _may(request, "incentives.read_feed")
    page = feed.read(request.user, kind=cut.kind or "", before=cut.before.replace("\x00", ""))
    return {"items": [PostOut.of(line) for line in page.lines], "older": page.older}


class HiddenOut(api.Schema):
    """What was taken out of the feed."""

    id: str


@router.post("/feed/{public_id}/hide", response=HiddenOut)
def hide_post(request: MemberRequest, public_id: str) -> Any:
    """Take something out of the feed: whom it is about, and who runs recognition, may."""
    _may(request)
    row = api.found(feed.visible_to(request.user), public_id)
    return {"id": services.hide_post(row=row, actor=request.user).public_id}
