"""Asking for a trial of rules, and carrying it out."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.ledger.enums import BookingKind
from incentives.ledger.models import Entry
from incentives.pay.models import Escalator
from incentives.rulebook.definition import Gift, read
from incentives.rulebook.folding import Effect, LiveRule
from incentives.rulebook.models import Rule, RuleSpan
from incentives.rulebook.paying import rules_of
from incentives.rulebook.sentences import sentence
from incentives.simulation import escalators, figures
from incentives.simulation.models import Simulation
from incentives.simulation.replay import Replay, Stretch, Tell, filled, last_event
from refprogram.kernel import jobs, rollups
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.jobs import Progress
from refprogram.kernel.models import Job
from refprogram.people.models import User

KIND: Final = "simulation"
TRY: Final = "incentives.write_rules"
MOST_RULES: Final = 50
LONGEST: Final = 366 * 3


@transaction.atomic
def simulate(
    *, rules: Sequence[Rule], first: dt.date, last: dt.date, actor: User, rule: Rule | None = None
) -> Simulation:
    """Ask for a trial of rules, as they read now, over the days from `first` to `last`; a job carries it out.

    Raises InvalidInput for no rules, too many, or days that are not over one another.
    """
    if not actor.has_perm(TRY):
        raise NotAllowed(_("Only who may write rules tries them."))
    _check(rules, first, last)
    tried = [{"rule": one.pk, "version": one.version, "name": one.name, "definition": one.definition} for one in rules]
    row = Simulation.objects.create(rule=rule, tried=tried, first=first, last=last, upto=last_event(), created_by=actor)
    row.job = jobs.start(kind=KIND, params={"simulation": row.pk}, user=actor)
    row.save(update_fields=["job"])
    return row


@transaction.atomic
def simulate_escalator(*, escalator: Escalator, first: dt.date, last: dt.date, actor: User) -> Simulation:
    """Ask for a trial of a version of the escalator, over the whole months of these days; a job carries it out."""
    if not actor.has_perm(TRY):
        raise NotAllowed(_("Only who may write rules tries them."))
    _check_days(first, last)
    if not escalators.months_in(first, last):
        message = _("No whole month lies between these days, and the escalator goes by months.")
        raise InvalidInput(message, errors={"last": message})
    tried = [{"escalator": escalator.pk, "version": escalator.number, "name": str(escalator)}]
    row = Simulation.objects.create(tried=tried, first=first, last=last, upto=last_event(), created_by=actor)
    row.job = jobs.start(kind=KIND, params={"simulation": row.pk}, user=actor)
    row.save(update_fields=["job"])
    return row


def _check(rules: Sequence[Rule], first: dt.date, last: dt.date) -> None:
    if not 1 <= len(rules) <= MOST_RULES:
        message = _("Choose between one and %(most)d rules.") % {"most": MOST_RULES}
        raise InvalidInput(message, errors={"rules": message})
    _check_days(first, last)


def _check_days(first: dt.date, last: dt.date) -> None:
    errors: dict[str, str] = {}
    today = rollups.day_of(timezone.now())
    if last < first:
        errors["last"] = _("It would end before it begins.")
    elif first > today:
        errors["first"] = _("Choose days that are over: there is nothing to learn from days to come.")
    elif (last - first).days > LONGEST:
        errors["last"] = _("At most three years at once.")
    if errors:
        raise InvalidInput(" ".join(errors.values()), errors=errors)


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Carry out a trial: the runner of its job. Changes nothing but the trial's own row."""
    row = Simulation.objects.select_for_update().get(pk=job.params["simulation"])
    row.result = _of_escalator(row, progress) if "escalator" in row.tried[0] else _of_rules(row, progress)
    row.done_at = timezone.now()
    row.save(update_fields=["result", "done_at"])
    return {"url": row.get_absolute_url()}


def _of_rules(row: Simulation, progress: Progress) -> dict[str, Any]:
    stretch = Stretch(row.first, row.last, row.upto)
    tried, now = tried_rules(row.tried, stretch.since), rules_of_then(stretch)
    would, was = Replay(tried, stretch), Replay(now, stretch, from_the_start=True)
    first, second = would.count(), was.count()
    would_give = _outcome(would, lambda done: progress(done, first + second, _("Trying the rules")))
    gave = _outcome(was, lambda done: progress(first + done, first + second, _("Folding the rules of then")))
    return result_of(tried, now, would_give, gave, stretch)


def _of_escalator(row: Simulation, progress: Progress) -> dict[str, Any]:
    escalator = Escalator.objects.get(pk=row.tried[0]["escalator"])
    months = escalators.months_in(row.first, row.last)
    words = _("Counting month by month")
    would, was = escalators.outcomes(escalator, months, lambda done: progress(done, len(months), words))
    names = {one.pk: str(one) for one in Escalator.objects.all()}
    told = {"would": would.told(names), "was": was.told(names)}
    return {**told, "people": _people(would, was), "pots": [], "posted": escalators.booked(months)}


def tried_rules(tried: Iterable[dict[str, Any]], since: dt.datetime) -> list[LiveRule]:
    """Return the rules of a trial: each as if it had been switched on then, and on ever since."""
    return [LiveRule(one["rule"], one["version"], one["name"], read(one["definition"]), since) for one in tried]


def rules_of_then(stretch: Stretch) -> list[LiveRule]:
    """Return the rules that were on in a stretch of the stream, version by version, with all their times."""
    on_then = RuleSpan.objects.exclude(until__lt=stretch.since).exclude(since__gte=stretch.before)
    return rules_of(RuleSpan.objects.filter(rule__in=on_then.values("rule")))


def _outcome(replay: Replay, tell: Tell) -> figures.Outcome:
    outcome = figures.Outcome()
    replay.run(outcome.add, tell)
    first = replay.stretch.first
    promised = [one for effects in replay.waiting.values() for one in effects if one.happening.day >= first]
    outcome.settle(promised, replay.stretch.before)
    return outcome


def result_of(
    tried: Sequence[LiveRule], now: Sequence[LiveRule], would: figures.Outcome, was: figures.Outcome, stretch: Stretch
) -> dict[str, Any]:
    """Return what came out, as it is kept: side by side what would be given, and what was."""
    return {
        "would": would.told({rule.id: rule.name for rule in tried}),
        "was": was.told({rule.id: rule.name for rule in now}),
        "people": _people(would, was),
        "pots": _pots(tried, would),
        "posted": posted(now, stretch),
    }


def _people(would: figures.Outcome, was: figures.Outcome) -> dict[str, Any]:
    nothing = figures.Tab()
    return {
        gift.value: figures.compared(was.tabs.get(gift, nothing).by_person, would.tabs.get(gift, nothing).by_person)
        for gift in Gift
        if gift in would.tabs or gift in was.tabs
    }


def _pots(tried: Sequence[LiveRule], would: figures.Outcome) -> list[list[Any]]:
    """Return [pot, all that was ever put in, what tried rules would take] of the pots that pay for them."""
    rules_of: dict[int, set[int]] = {}
    for rule in tried:
        if rule.definition.pot is not None:
            rules_of.setdefault(rule.definition.pot, set()).add(rule.id)
    held, tab = filled(set(rules_of)), would.tabs.get(Gift.POINTS, figures.Tab())
    return [
        [pot, held[pot], sum(tab.by_rule.get(rule, 0) for rule in rules)] for pot, rules in sorted(rules_of.items())
    ]


def posted(rules: Sequence[LiveRule], stretch: Stretch) -> int:
    """Return the points that the ledger says these rules gave or promised for the stretch: what a fold must equal."""
    keys = posted_keys(rules, stretch)
    return sum(keys.values())


def posted_keys(rules: Sequence[LiveRule], stretch: Stretch) -> dict[str, int]:
    """Return what the ledger says these rules gave or promised, key by key."""
    entries = Entry.objects.filter(
        kind=BookingKind.EARNED,
        rule__in={rule.id for rule in rules},
        occurred_at__gte=stretch.since,
        occurred_at__lt=stretch.before,
        postings__amount__gt=0,
        postings__wallet__person__isnull=False,
        event_id__lte=stretch.upto,
    )
    return dict(entries.values_list("key", "postings__amount"))


def given_keys(rules: Sequence[LiveRule], stretch: Stretch) -> dict[str, int]:
    """Return what the fold gives of points, key by key: compared with the ledger it proves both."""
    found: dict[str, int] = {}

    def keep(effect: Effect, _actor: int | None) -> None:
        if effect.rule.definition.gives.gift == Gift.POINTS:
            found[effect.key] = effect.amount

    Replay(rules, stretch, from_the_start=True).run(keep)
    return found


def sentences_of(row: Simulation) -> list[str]:
    """Return the rules of a trial in words, as they read then; of an escalator its name."""
    return [sentence(read(one["definition"])) if "definition" in one else one["name"] for one in row.tried]
