"""What is said of last year's winners: words they lent, press draft, run-of-show; logos of theirs and of sponsors."""

import datetime as dt
import hashlib
import io
import secrets
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont

from awards.models import Award, Sponsor, WinnerKit, WinnerQuote
from awards.promotion import drafts, selectors, services
from references.consents.enums import Scope
from references.content.enums import AssetKind, AssetState, PartKind
from references.content.models import Asset, AssetNeed, AssetPart, AssetVersion
from refprogram.kernel.enums import FileState
from refprogram.kernel.models import StoredFile
from refprogram.kernel.stream import Subject, subject_of
from refprogram.kernel.typesetting import FONTS
from refprogram.ops.demo import contesting
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk

# The last one is proposed, and waits for the winner.
QUOTES: Final = (
    "We thought we knew our numbers. Then we measured, and the people on the floor had been right all along.",
    "Nobody had to work faster. We only stopped doing what nobody needed.",
    "The jury asked for proof. Looking for it taught us more than the prize.",
)
COLOURS: Final = ("#0f5c4d", "#7a2e8e", "#b3471d")
LOGO: Final = (480, 140)


def build(maker: Maker, company: Company) -> None:
    """Write them; nobody is written to because of them."""
    mine = maker.apart("promotion")
    for place, sponsor in enumerate(Sponsor.objects.order_by("pk")):
        if sponsor.tier != "partner":
            _logo(mine, sponsor, COLOURS[place % len(COLOURS)], company)
    contest = contesting.found().past
    winners = selectors.winners_of(contest)
    _quotes(mine, company, winners)
    for place, award in enumerate([row for row in winners if selectors.may(row, "logo")][:2]):
        _winners_logo(mine, award, COLOURS[place % len(COLOURS)], company)
    told = services.told_of(contest)
    bulk(mine, [WinnerKit(contest=contest, press_draft=drafts.press(told), run_of_show=drafts.run_of_show(told))])
    day = contest.announce_at - dt.timedelta(days=5)
    for what in (services.PRESS, services.SHOW):
        mine.tell("kit.changed", contest, day, account_id=None, actor_id=company.marketer.person_id, what=what)
    mine.flush()


def _quotes(maker: Maker, company: Company, winners: list[Award]) -> None:
    """Those who let themselves be quoted lent us words."""
    willing = [row for row in winners if selectors.may(row, "quote")]
    rows = []
    for place, (award, text) in enumerate(zip(willing, QUOTES, strict=False)):
        released = place < len(QUOTES) - 1
        at = award.contest.announce_at + dt.timedelta(days=2, hours=place)
        rows.append(
            WinnerQuote(
                award=award, text=text, proposed_by=None if released else company.marketer,
                released_by=award.place.entry.owner if released else None, released_at=at if released else None,
            )
        )  # fmt: skip
    bulk(maker, rows)


def _winners_logo(maker: Maker, award: Award, colour: str, company: Company) -> None:
    """Keep a winner's logo among the content, where its picture may be shown as long as they agree."""
    entry, day = award.place.entry, maker.moment(award.contest.announce_at.date())
    if entry.account is None or entry.contact is None:
        return
    asset = Asset(
        title=f"Logo of {entry.account.name}", kind=AssetKind.LOGO, account=entry.account, owner=company.marketer,
        state=AssetState.APPROVED, created_at=day,
    )  # fmt: skip
    bulk(maker, [asset])
    bulk(maker, [AssetVersion(asset=asset, number=1, written_by=company.marketer, at=day)])
    bulk(maker, [AssetNeed(asset=asset, contact=entry.contact, scope=Scope.LOGO)])
    part = AssetPart(asset=asset, kind=PartKind.PICTURE, speaker=entry.contact)
    bulk(maker, [part])
    file = _word_mark(maker, entry.account.name, colour, purpose="asset_file", about=subject_of(part))
    file.uploaded_by = company.marketer
    bulk(maker, [file])


def _logo(maker: Maker, sponsor: Sponsor, colour: str, company: Company) -> None:
    """Give a sponsor its logo."""
    file = _word_mark(maker, sponsor.name, colour, purpose="sponsor_logo", about=subject_of(sponsor))
    file.uploaded_by = company.marketer
    bulk(maker, [file])
    sponsor.logo = file
    sponsor.save(update_fields=["logo"])


def _word_mark(maker: Maker, name: str, colour: str, *, purpose: str, about: Subject) -> StoredFile:
    """Draw a plain word mark, and return it kept as an upload would be kept."""
    picture = Image.new("RGB", LOGO, "white")
    brush = ImageDraw.Draw(picture)
    brush.ellipse((20, 30, 100, 110), fill=colour)
    brush.ellipse((44, 54, 76, 86), fill="white")
    brush.text((122, 70), name, fill=colour, font=_font(name), anchor="lm")
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    content = made.getvalue()
    day = maker.moment(maker.today - dt.timedelta(days=200))
    return StoredFile(
        name=f"{name.lower().replace(' ', '-')}.png",
        path=default_storage.save(f"{day:%Y-%m-%d}/{secrets.token_hex(20)}", ContentFile(content)),
        media_type="image/png", size=len(content), sha256=hashlib.sha256(content).hexdigest(), state=FileState.CLEAN,
        purpose=purpose, subject_type=about.type, subject_id=about.id,
    )  # fmt: skip


def _font(name: str) -> ImageFont.FreeTypeFont:
    """Return letters that fit beside the mark."""
    size = 44
    while size > 18 and ImageFont.truetype(FONTS / "inter-600.ttf", size).getlength(name) > LOGO[0] - 140:
        size -= 2
    return ImageFont.truetype(FONTS / "inter-600.ttf", size)
