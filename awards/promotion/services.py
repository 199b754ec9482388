"""What is done around winners: texts are written and changed, words are lent and released, names go to sponsors."""

import hashlib
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.enums import AFTER_PUBLICATION, ContestState
from awards.contests.services.rows import held, lock, words
from awards.models import Award, Contest, EntryConsent, Sponsor
from awards.promotion import drafts, letters, selectors
from awards.promotion.models import WinnerKit, WinnerQuote
from awards.results.enums import AwardState
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.form_builder.services import StaleDraft
from refprogram.kernel.stream import emit
from refprogram.people.models import Person, User

PRESS: Final = "press"
SHOW: Final = "show"
FIELDS: Final = {PRESS: "press_draft", SHOW: "run_of_show"}
WRITERS: Final = {PRESS: drafts.press, SHOW: drafts.run_of_show}
LONGEST: Final = 20_000
READY: Final = (ContestState.DECIDED, *AFTER_PUBLICATION)


def mark_of(text: str) -> str:
    """Return the mark of a text: a page sends it back, so that an old page overwrites nothing."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@transaction.atomic
def write(*, contest: Contest, what: str, text: str, seen: str, by: User) -> WinnerKit:
    """Keep the press draft ("press") or the run-of-show ("show") as written; `seen`: the mark of what they saw before.

    The same words again are no change.
    """
    kit = _held_kit(contest)
    now = getattr(kit, FIELDS[what])
    said = text.replace("\r\n", "\n").strip()
    if len(said) > LONGEST:
        sentence = _("At most 20,000 characters.")
        raise InvalidInput(sentence, errors={"text": sentence})
    if said == now.strip():
        return kit
    if seen != mark_of(now):
        raise StaleDraft(
            _("Somebody changed this text meanwhile. Nothing was overwritten: copy your words and load the page anew.")
        )
    return _keep(kit, what, f"{said}\n" if said else "", by)


@transaction.atomic
def write_both(*, contest: Contest, texts: Mapping[str, tuple[str, str]], by: User) -> None:
    """Keep several texts, or none if one of them is stale: what -> (text, mark of what was seen)."""
    for what, (text, seen) in texts.items():
        write(contest=contest, what=what, text=text, seen=seen, by=by)


@transaction.atomic
def write_anew(*, contest: Contest, what: str, by: User) -> WinnerKit:
    """Write the text from what is known now; what stood there is replaced."""
    kit = _held_kit(contest)
    return _keep(kit, what, WRITERS[what](told_of(kit.contest)), by)


def _held_kit(contest: Contest) -> WinnerKit:
    row = held(contest)
    if row.state not in READY:
        raise DomainError(_("What is said about the winners is written once the results are certified."))
    kit, _made = WinnerKit.objects.select_for_update().get_or_create(contest=row)
    kit.contest = row
    return kit


def _keep(kit: WinnerKit, what: str, text: str, by: User) -> WinnerKit:
    if getattr(kit, FIELDS[what]) == text:
        return kit
    setattr(kit, FIELDS[what], text)
    kit.save(update_fields=[FIELDS[what]])
    emit("kit.changed", subject=kit.contest, actor_id=by.person_id, payload={"what": what})
    return kit


def told_of(contest: Contest) -> drafts.Told:
    """Return what drafts about a contest are written from."""
    return drafts.Told(
        contest=contest,
        winners=selectors.winners_of(contest),
        categories=selectors.categories_of(contest),
        sponsors=selectors.sponsors_of(contest),
        prizes=selectors.prizes_of(contest),
        judges=selectors.judges_of(contest),
        entries=selectors.judged_in(contest),
    )


# ---------------------------------------------------------------- words of winners


@transaction.atomic
def propose_quote(*, award: Award, text: str, by: User) -> WinnerQuote:
    """Propose words to a winner, who is asked to release or change them. Other words than before need a new release."""
    row = _held_award(award)
    quote, fresh = _quote(row, text)
    if not fresh:
        return quote
    quote.proposed_by, quote.released_by, quote.released_at = by, None, None
    quote.save()
    emit("quote.proposed", subject=row, actor_id=by.person_id, payload={"contest": row.contest_id})
    return quote


@transaction.atomic
def release_quote(*, award: Award, text: str, by: Person) -> WinnerQuote:
    """The winner releases words: those that were proposed, or their own. From now on they may be shown."""
    row = _held_award(award)
    _demand_winner(row, by)
    quote, fresh = _quote(row, text)
    if not fresh and quote.released_at is not None:
        return quote
    if fresh:
        quote.proposed_by = None
    quote.released_by, quote.released_at = by, timezone.now()
    quote.save()
    emit("quote.released", subject=row, actor_id=by.pk, payload={"contest": row.contest_id})
    return quote


@transaction.atomic
def take_quote_back(*, award: Award, by: Person) -> None:
    """The winner takes their words back: they are shown nowhere any more, and not kept."""
    row = _held_award(award)
    _demand_winner(row, by)
    gone, _by_kind = WinnerQuote.objects.filter(award=row).delete()
    if gone:
        emit("quote.taken_back", subject=row, actor_id=by.pk, payload={"contest": row.contest_id})


def _held_award(award: Award) -> Award:
    lock(award.contest)
    rows = Award.objects.select_for_update(of=("self",)).select_related("contest", "place__entry__owner")
    row = rows.get(pk=award.pk)
    if row.state != AwardState.PUBLISHED or row.kind not in selectors.WON:
        raise DomainError(_("Words of winners are gathered once they are announced."))
    return row


def _demand_winner(award: Award, person: Person) -> None:
    if award.place.entry.owner_id != person.pk:
        raise NotAllowed(_("Only who stands for the entry speaks for it."))


def _quote(award: Award, text: str) -> tuple[WinnerQuote, bool]:
    """Return the award's quote with these words, and whether they are new."""
    said = words(text.strip('“”"„‟«» \n'), field="text", sentence=_("Write the words to be quoted."), most=280)
    quote = WinnerQuote.objects.select_for_update().filter(award=award).first() or WinnerQuote(award=award)
    fresh = quote.text != said
    quote.text = said
    return quote, fresh


# ---------------------------------------------------------------- the kit, and names for sponsors


def send_kits(contest: Contest) -> int:
    """Send each winner of an announced contest the link to what they may use; once each. Return how many there are."""
    rows = [row for row in selectors.winners_of(contest) if row.state == AwardState.PUBLISHED]
    for award in rows:
        if (owner := award.place.entry.owner) is not None and owner.erased_at is None:
            letters.kit(award, owner)
    return len(rows)


@transaction.atomic
def take_leads(*, sponsor: Sponsor, by: User) -> list[EntryConsent]:
    """Return who agreed to be named to this sponsor; the stream keeps that the names were taken, and how many."""
    contest = lock(sponsor.contest)
    rows = list(selectors.leads_of(sponsor))
    payload = {"contest": contest.pk, "names": len(rows)}
    emit("sponsor.leads_exported", subject=sponsor, actor_id=by.person_id, payload=payload)
    return rows
