"""Entries to the demo's contests: judged ones of last year, thirty with the judges, some of each kind in the open one.

Rounds, ballots and awards are written by what comes after. Nobody is written to because of them.
"""

import datetime as dt
from decimal import Decimal
from typing import Any, Final, cast

from awards.contests.enums import ContestState
from awards.entries import content, default_form, metrics, wording
from awards.entries.enums import EntryState, InviteState, PlaceState
from awards.entries.services.agreeing import SOURCE
from awards.models import (
    Category,
    CategoryEntry,
    Contest,
    ContestEntry,
    EntryConsent,
    EntryInvite,
    EntryMetric,
    EntryVersion,
)
from references.accounts.enums import Membership
from references.models import Consent, ConsentTerm, Contact
from refprogram.kernel.models import FormAnswer, FormVersion
from refprogram.ops.demo import contesting, entry_words
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.entry_words import METHODS, PERIODS, STORIES, Story
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.ops.demo.portfolio import Portfolio

E = EntryState
CODE_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
PAST_ENTRIES, JUDGED_ENTRIES = 12, 30
# What stands in the contest that is open: (state, how many).
OPEN_ENTRIES: Final = (
    *((E.DRAFT, 4), (E.APPROVAL, 1), (E.SUBMITTED, 3), (E.SCREENING, 1), (E.NEEDS_FIX, 1), (E.ELIGIBLE, 2)),
)
INVITES: Final = ((InviteState.PROPOSED, 3), (InviteState.INVITED, 2), (InviteState.DECLINED, 1))
UNWRITTEN: Final = (E.DRAFT, E.APPROVAL)


def build(maker: Maker, company: Company, portfolio: Portfolio) -> None:
    """Write entries and invitations of every contest of customers."""
    mine = maker.apart("entries")
    entering = _Entering(mine, company, portfolio)
    found = contesting.found()
    entering.fill(found.past, [E.CLOSED] * PAST_ENTRIES)
    entering.fill(found.judging, [E.LOCKED] * JUDGED_ENTRIES)
    entering.fill(found.open, [state for state, n in OPEN_ENTRIES for _n in range(n)])
    entering.invite(found.open)
    mine.flush()


class _Entering:
    """Takes customers one after the other, so that nobody enters a contest twice."""

    def __init__(self, maker: Maker, company: Company, portfolio: Portfolio) -> None:
        self.maker, self.company = maker, company
        self.version: FormVersion | None = None
        alone = {Membership.DO_NOT_CONTACT, Membership.DECLINED}
        accounts = [one for one in portfolio.accounts if one.state not in alone and portfolio.contacts.get(one.pk)]
        self.people = [portfolio.contacts[one.pk][0] for one in accounts]
        self.next = 0
        self.codes: set[str] = set()

    def _contact(self) -> Contact | None:
        """Return the next customer’s first person; None when a small demo has no more."""
        if self.next >= len(self.people):
            return None
        self.next += 1
        return self.people[self.next - 1]

    def _code(self) -> str:
        while True:
            code = "".join(self.maker.chance.choices(CODE_LETTERS, k=6))
            if code not in self.codes:
                self.codes.add(code)
                return code

    def fill(self, contest: Contest, states: list[EntryState]) -> None:
        """Write one entry for each state."""
        categories = list(contest.categories.order_by("precedence", "pk"))
        if self.version is None:
            self.version = default_form.version_for(contest)
        first = self.maker.chance.randrange(len(STORIES))
        entries, stories = [], []
        for at, state in enumerate(states):
            contact = self._contact()
            if contact is None:
                break
            stories.append(STORIES[(first + at) % len(STORIES)])
            entries.append(self._entry(contest, contact, state, stories[-1], at))
        bulk(self.maker, entries)
        answers = [self._answer(entry, story, categories, at) for at, (entry, story) in
                   enumerate(zip(entries, stories, strict=True))]  # fmt: skip
        bulk(self.maker, answers)
        for entry, answer in zip(entries, answers, strict=True):
            entry.answer = answer
        ContestEntry.objects.bulk_update(entries, ["answer"])
        self._hand_in(contest, entries, categories)

    def _entry(self, contest: Contest, contact: Contact, state: EntryState, story: Story, at: int) -> ContestEntry:
        over = min(contest.closes_at, self.maker.moment(self.maker.today))
        window = max(2, (over - contest.opens_at).days)
        sent = contest.opens_at + dt.timedelta(days=self.maker.chance.randint(1, window - 1), minutes=at)
        began = min(sent - dt.timedelta(days=1), contest.opens_at + dt.timedelta(days=at % window, minutes=7))
        handed = state not in UNWRITTEN
        facts: dict[str, Any] = {}
        if state == E.NEEDS_FIX:
            facts = {"fix_until": self.maker.moment(self.maker.today) + dt.timedelta(days=6),
                     "reason_codes": ["no_evidence"], "reason": "Please add what the figures rest on."}  # fmt: skip
        if handed and state != E.SUBMITTED:
            facts |= {"screened_by": self.company.marketer, "redacted_at": sent if state != E.NEEDS_FIX else None}
        entry = ContestEntry(
            contest=contest, account_id=contact.account_id, contact=contact, owner=contact.person, code=self._code(),
            title=story.title, summary=story.summary, state=state, submitted_at=sent if handed else None,
            version=int(handed), revision=at % 5 + 1, nominator=self._nominator(at), created_at=began,
            state_since=sent if handed else began, **facts,
        )  # fmt: skip
        if state == E.SCREENING:
            entry.screened_by = None
        return entry

    def _nominator(self, at: int) -> Any:
        """Two of three were brought by a colleague."""
        return None if at % 3 == 2 else self.company.reps[at % len(self.company.reps)]

    def _answer(self, entry: ContestEntry, story: Story, categories: list[Category], at: int) -> FormAnswer:
        row = {
            "id": f"m{at:03d}", "factor": story.factor, "what": story.what, "before": f"{story.before:g}",
            "after": f"{story.after:g}", "unit": story.unit, "period": PERIODS[at % len(PERIODS)],
            "method": METHODS[at % len(METHODS)], "publishable": at % 4 != 3,
        }  # fmt: skip
        chosen = [categories[at % len(categories)]] if categories else []
        if at % 7 == 3 and len(categories) > 1:
            chosen.append(categories[(at + 1) % len(categories)])
        values: dict[str, Any] = {
            "challenge": story.challenge, "solution": story.solution, metrics.KEY: metrics.as_typed([row]),
            content.CATEGORIES: sorted(category.slug for category in chosen),
        }  # fmt: skip
        if entry.state == E.DRAFT and at % 2:
            values.pop("solution")  # half written
        return FormAnswer(
            version=self.version, subject_type="contestentry", subject_id=entry.pk, person_id=entry.owner_id,
            values=values, revision=entry.revision,
        )  # fmt: skip

    def _hand_in(self, contest: Contest, entries: list[ContestEntry], categories: list[Category]) -> None:
        by_slug = {category.slug: category for category in categories}
        handed = [entry for entry in entries if entry.submitted_at is not None]
        said = {entry.pk: content.written(entry) for entry in handed}
        EntryVersion.objects.bulk_create(
            EntryVersion(
                entry=entry, number=1, form_version=self.version, content=said[entry.pk],
                hash=content.hash_of(said[entry.pk]), author=entry.owner, at=_when(entry),
            )
            for entry in handed
        )  # fmt: skip
        bulk(self.maker, [_metric(entry, row) for entry in handed for row in said[entry.pk]["metrics"]])
        places = [
            CategoryEntry(entry=entry, category=by_slug[slug], state=_place(entry))
            for entry in handed
            for slug in said[entry.pk]["categories"]
        ]
        bulk(self.maker, places)
        self._agree(contest, handed)
        for entry in entries:
            self._tell(entry, [place.category_id for place in places if place.entry_id == entry.pk])

    def _agree(self, contest: Contest, entries: list[ContestEntry]) -> None:
        """Write down what each entrant agreed to or not, and in references what may be shown because of it."""
        until = self.maker.today + dt.timedelta(days=700)
        uses = wording.uses_of(contest)
        chosen = {
            entry.pk: [use for n, use in enumerate(uses) if (at + 2 * n) % 5 != 4] for at, entry in enumerate(entries)
        }
        consents = {
            entry.pk: Consent(
                contact=_contact(entry), activities=[], source=SOURCE, given_at=_when(entry),
                expires_on=until, wording=wording.agreement([u for u in chosen[entry.pk] if u.terms], contest, until),
            )
            for entry in entries
        }  # fmt: skip
        bulk(self.maker, consents.values())
        bulk(self.maker, [
            ConsentTerm(
                consent=consents[entry.pk], contact=_contact(entry), scope=term.scope, channel=term.channel,
                audience=term.audience, territory=term.territory, ask_first=term.ask_first, expires_on=until,
            )
            for entry in entries
            for term in sorted({term for use in chosen[entry.pk] for term in use.terms})
        ])  # fmt: skip
        EntryConsent.objects.bulk_create(
            EntryConsent(
                entry=entry, use=use.key[0], sponsor_id=use.key[1], given=use in chosen[entry.pk],
                wording=wording.sentence(use, contest), signer=entry.owner, signed_at=_when(entry),
                consent=consents[entry.pk] if use in chosen[entry.pk] and use.terms else None,
            )
            for entry in entries
            for use in uses
        )  # fmt: skip
        for entry in entries:
            self._tell_consent(entry, consents[entry.pk])

    def _tell_consent(self, entry: ContestEntry, consent: Consent) -> None:
        self.maker.tell(
            "consent.given", consent, consent.given_at, account_id=entry.account_id, actor_id=entry.owner_id,
            contact=entry.contact_id, activities=[], source=SOURCE,
        )  # fmt: skip

    def _tell(self, entry: ContestEntry, categories: list[int]) -> None:
        user = entry.nominator
        region = user.team.region_id if user is not None and user.team is not None else None
        facts = {
            "contest": entry.contest_id, "category": categories, "internal": False, "late": False,
            "credits": [] if user is None else [[user.person_id, user.team_id, region, 100]],
        }  # fmt: skip
        told = [("entry.begun", entry.created_at)]
        if entry.submitted_at is not None:
            told.append(("entry.submitted", entry.submitted_at))
            if entry.state in (E.ELIGIBLE, E.LOCKED, E.CLOSED):
                told.append(("entry.eligible", entry.submitted_at + dt.timedelta(hours=30)))
        for topic, at in told:
            self.maker.tell(
                topic, entry, min(at, self.maker.moment(self.maker.today)), account_id=entry.account_id,
                actor_id=entry.owner_id, **facts,
            )  # fmt: skip

    def invite(self, contest: Contest) -> None:
        """Customers who were proposed, and what became of it."""
        states = [state for state, n in INVITES for _n in range(n)]
        rows = []
        for at, state in enumerate(states):
            contact = self._contact()
            if contact is None:
                break
            rows.append(self._invite(contest, contact, state, at))
        bulk(self.maker, rows)
        for row in rows:
            self._tell_invite(row)

    def _invite(self, contest: Contest, contact: Contact, state: InviteState, at: int) -> EntryInvite:
        proposed = self.maker.moment(self.maker.today - dt.timedelta(days=9 - at))
        row = EntryInvite(
            contest=contest, account_id=contact.account_id, contact=contact, state=state, proposed_at=proposed,
            proposed_by=self.company.reps[at % len(self.company.reps)],
            note=entry_words.STORIES[at].summary,
        )  # fmt: skip
        if state != InviteState.PROPOSED:
            row.invited_at = proposed + dt.timedelta(days=1)
        if state == InviteState.DECLINED:
            row.answered_at, row.reason = proposed + dt.timedelta(days=2), "Not before our own launch, please."
        return row

    def _tell_invite(self, row: EntryInvite) -> None:
        told = [
            ("entry.proposed", row.proposed_at, row.proposed_by.person_id),
            ("entry.invited", row.invited_at, self.company.marketer.person_id),
            ("entry.declined", row.answered_at, row.contact.person_id),
        ]
        user = row.proposed_by
        region = user.team.region_id if user.team is not None else None
        facts = {
            "contest": row.contest_id, "category": [], "internal": False, "late": False,
            "credits": [[user.person_id, user.team_id, region, 100]],
        }  # fmt: skip
        for topic, at, actor in told:
            if at is not None:
                self.maker.tell(topic, row, at, account_id=row.account_id, actor_id=actor, **facts)


def _metric(entry: ContestEntry, row: dict[str, Any]) -> EntryMetric:
    names = ("factor", "what", "unit", "period", "method", "publishable")
    figures = {part: Decimal(row[part]) for part in ("before", "after")}
    return EntryMetric(entry=entry, **{name: row[name] for name in names}, **figures)


def _place(entry: ContestEntry) -> PlaceState:
    judged = entry.contest.state in (ContestState.JUDGING, ContestState.PUBLISHED)
    return PlaceState.IN_ROUND if judged else PlaceState.ENTERED


def _when(entry: ContestEntry) -> dt.datetime:
    """Return when an entry was handed in."""
    return entry.submitted_at or entry.created_at


def _contact(entry: ContestEntry) -> Contact:
    """Return who entered: the demo has no entry of a customer without somebody there."""
    return cast("Contact", entry.contact)
