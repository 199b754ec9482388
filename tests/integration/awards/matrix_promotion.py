"""Winners: the public gallery, what colleagues may use once they are announced, what only those read who write it."""

from awards.entries import services as entries
from awards.entries import wording
from awards.models import Contest, EntryConsent
from awards.promotion import services
from refprogram.kernel.files import services as files
from tests import hostile
from tests.factories.content import agreed, with_logo
from tests.factories.contests import ContestFactory, SponsorFactory, WonFactory, opened, over_and_published
from tests.factories.entries import EntryFactory, handed_in
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")


def won(cast):
    """Return the award of a customer who agreed to be named, in a contest whose winners are announced."""
    contest = opened(ContestFactory(owner=cast.marketer))
    entry = handed_in(EntryFactory(contest=contest), consents={"winners_page": True})
    award = WonFactory(place=entry.places.get())
    award.contest = over_and_published(contest)
    return award


def slug(cast):
    return {"slug": won(cast).contest.slug}


def award(cast):
    made = won(cast)
    return {"slug": made.contest.slug, "public_id": made.public_id}


def picture(cast):
    return {**award(cast), "name": "badge.svg"}


def with_a_logo(cast):
    made = won(cast)
    file = files.store(upload=hostile.upload("l.png", hostile.picture("PNG")), purpose="asset_file", user=cast.marketer)
    agreed(made.place.entry.contact, "logo", "company", "story")
    entries.begin_use(entry=made.place.entry, use=wording.BY_NAME["logo"], by=made.place.entry.owner)
    with_logo(made.place.entry.contact, file)
    return {"slug": made.contest.slug, "public_id": made.public_id}


def text(cast):
    return {**slug(cast), "what": "press"}


def written(cast):
    made = slug(cast)
    services.write_anew(contest=Contest.objects.get(slug=made["slug"]), what="show", by=cast.marketer)
    return made


def sponsor(cast):
    made = won(cast)
    sponsor = SponsorFactory(contest=made.contest, takes_leads=True)
    entry = made.place.entry
    entries.begin_use(entry=entry, use=wording.uses_of(made.contest)[-1], by=entry.owner)
    assert EntryConsent.objects.filter(sponsor=sponsor, given=True).exists()
    return {"slug": made.contest.slug, "public_id": sponsor.public_id}


def contest_id(cast):
    return {"public_id": won(cast).contest.public_id}


def seen(status=200, **options):
    """A page of every colleague."""
    return Row(status, but={"judge": 403}, **options)


def write(status, own, **options):
    """What only those do who write about winners."""
    return Row(**only(status, *PROGRAM), own=own, **options)


PAGES = {
    "awards:gallery": Row(200, anonymous=200),
    "awards:winners": Row(200, anonymous=200, own=slug),
    "awards:winner": Row(200, anonymous=200, own=award),
    "awards:winner-logo": Row(200, anonymous=200, own=with_a_logo),
    "awards:winner-file": Row(200, anonymous=200, own=picture),
    "awards:promotion": seen(own=slug),
    "awards:promotion-kit": seen(own=award),
    "awards:promotion-file": seen(own=picture),
    "awards:promotion-text": write(200, text),
    "awards:promotion-text POST": write(302, text, method="post", data={"text": "We won.", "seen": "e3b0c44298fc1c14"}),
    "awards:promotion-anew": write(302, text, method="post"),
    "awards:promotion-show-pdf": write(200, written),
    "awards:promotion-words": write(302, award, method="post", data={"text": "We measured."}),
    "awards:sponsor-leads": write(200, sponsor, method="post"),
}
API = {
    "api:list_contest_winners": api_row(200, but={"judge": 404}, own=contest_id),
    "api:get_contest_kit": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=contest_id),
    "api:change_contest_kit": api_row(
        403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=contest_id, method="patch",
        data={"press_draft": "We won.", "press_mark": "e3b0c44298fc1c14"},
    ),
    "api:write_contest_press": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=contest_id),
    "api:write_contest_show": api_row(403, but={**dict.fromkeys(PROGRAM, 200), "judge": 404}, own=contest_id),
}  # fmt: skip
MATRIX = {**PAGES, **API}
