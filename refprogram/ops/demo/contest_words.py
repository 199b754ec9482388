"""What the demo's contests say."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

SLUGS: Final = ("proof-last-year", "proof-awards", "field-awards", "better-every-day")
IDEAS: Final = ("Better every day", "The Small Steps Cup", "Improve!", "One Percent Club")
RULES: Final = """## Who may enter
Customers who have used one of our products for six months. Partners enter together with a customer.

## What is judged
Only what the entry says and proves. Judges see a code and no names, and never an entry of a company they are tied to.

## Dates
The deadline is the moment that is printed here, in the zone that is printed with it; the server’s clock decides.
A grace of fifteen minutes is for slow lines, and for nothing else.

## Winners
Winners are told in confidence three weeks before the event. Who declines is replaced by the next; nobody learns of it.
Nothing is published that you did not agree to, use by use, and you may take it back."""


@dataclass(frozen=True)
class Words:
    """One contest. categories: (name, kind, text, who may enter); prizes: (item, kind, value, of the first category,

    people's choice); sponsors: (name, tier, address); questions: (text, answer or nothing)."""

    slug: str
    name: str
    audience: str
    tagline: str
    overview: str
    process: str
    payoff: str
    event: str
    place: str
    categories: tuple[tuple[str, str, str, str], ...]
    prizes: tuple[tuple[str, str, int, bool, bool], ...]
    sponsors: tuple[tuple[str, str, str], ...]
    questions: tuple[tuple[str, str], ...]
    rules: str = RULES
    vote: tuple[int, int] | None = None  # days from today on which the public vote opens and closes
    beside: str = ""  # why the vote opens while judges read without names
    cost: Decimal | None = None


_CATEGORIES: Final = (
    ("Finance", "roi", "Close the books sooner, pay on time, sleep at month’s end.",
     "Teams in finance and controlling, in any industry."),
    ("Supply", "application", "Move more with less: stock, trucks, waste.", "Whoever plans, buys, stores or drives."),
    ("Insight", "innovation", "A decision that a number changed.", "Any team that measured what it did."),
)  # fmt: skip
_PRIZES: Final = (
    ("Ten minutes on the stage, two tickets, travel", "conference", 4_000, False, False),
    ("A gift to the cause of your choice", "donation", 10_000, False, False),
    ("Dinner with our chief executive", "dinner", 1_500, True, False),
)
_FILM: Final = ("The people’s choice: a film about your team", "buzz", 6_000, False, True)
_QUESTIONS: Final = (
    ("Who may enter?", "Any customer who has used one of our products for six months. Partners may enter together with "
     "a customer. One team may enter two categories."),
    ("What if my company must not be named?", "Judges never see your name. Before anything is published you decide how "
     "you are shown, or that you are not."),
    ("What counts as evidence?", "A report, an export, an invoice, a letter from your controller. Figures without "
     "proof may be told, and score lower."),
)  # fmt: skip
_PAYOFF: Final = (
    "Every entrant gets the judges’ reasons, and sees where they stand. The best entries become stories that are yours "
    "to use, approved by you word for word."
)
_PROCESS: Final = (
    "Three to five judges read each entry, without your name. Harsh judges are corrected for. You get their reasons, "
    "whether you win or not."
)
PAST: Final = Words(
    slug=SLUGS[0], name="The Proof Awards", audience="customers", tagline="You changed a number. Show us which.",
    overview="An award for people, not for software. Three categories, independent judges, every score explained.",
    process=_PROCESS, payoff=_PAYOFF, event="Customer days", place="Lisbon", categories=_CATEGORIES,
    prizes=(*_PRIZES, _FILM), vote=(-230, -204), cost=Decimal(64_000), questions=_QUESTIONS,
    sponsors=(("Nordvik Consulting", "lead", "https://nordvik.example/"),),
)  # fmt: skip
JUDGING: Final = Words(
    slug=SLUGS[1], name="The Proof Awards", audience="customers", tagline="You changed a number. Show us which.",
    overview="An award for people, not for software. Three categories, independent judges, and every score explained "
    "to every entrant.\n\nWhat is measurably better today, and how do you know?",
    process=_PROCESS, payoff=_PAYOFF, event="Customer days", place="Lisbon", categories=_CATEGORIES,
    prizes=(*_PRIZES, _FILM),
    sponsors=(("Nordvik Consulting", "lead", "https://nordvik.example/"), ("Lumen Institute", "partner", "")),
    questions=_QUESTIONS, vote=(-5, 12),
    beside="The film needs the weeks before the event. Judges are asked not to look at the page of the vote.",
)  # fmt: skip
OPEN: Final = Words(
    slug=SLUGS[2], name="The Field Awards", audience="customers", tagline="Right person, right part, first visit.",
    overview="For teams whose work is outside: service, logistics, care. Four categories, and every score explained."
    "\n\nTell us what a visit cost before, what it costs now, and what you did in between.",
    process=_PROCESS, payoff=_PAYOFF, event="Service summit", place="Rotterdam",
    categories=(
        ("First visit", "application", "More solved at the first visit.", "Service teams of any size."),
        ("On the road", "roi", "Fewer kilometres for the same work.", "Whoever plans routes or drives them."),
        ("Small team", "region", "Under twenty people, and measurably better.", "Teams of at most twenty."),
        ("New idea", "innovation", "Something nobody did before you.", "Everybody, also with a first trial."),
    ),
    prizes=(*_PRIZES[:2], ("A day with our product team: your wishes first", "guest", 2_500, False, False)),
    sponsors=(("Pacific Tools", "gold", "https://pacific-tools.example/"),),
    questions=(*_QUESTIONS, ("May we enter in our own language?", "")),
)  # fmt: skip
DRAFT: Final = Words(
    slug=SLUGS[3], name="Better every day", audience="internal", tagline="What did your team make better?",
    overview="For our own improvement teams: a small change, measured before and after.",
    process="Judges are colleagues of other teams.", payoff="A half day off for the whole team, and the stage at the "
    "summer meeting.", event="Summer meeting", place="Amsterdam",
    categories=(
        ("Process", "application", "Fewer steps, fewer mistakes.", "Every team of ours."),
        ("Customers", "other", "Something our customers noticed.", "Every team of ours."),
    ),
    prizes=(("A team event of your choice", "team_event", 1_200, False, False),), sponsors=(), questions=(),
)  # fmt: skip
