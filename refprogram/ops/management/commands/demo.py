"""`manage.py demo`: a believable company to try the program on."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from references.models import Account
from refprogram.ops.demo import (
    adding,
    aiming,
    approving,
    backing,
    batching,
    booking,
    budgeting,
    campaigning,
    chartering,
    closing,
    company,
    contesting,
    covering,
    deciding,
    desks,
    earning,
    editing,
    entering,
    giving,
    jurying,
    measuring,
    meeting,
    minding,
    nominating,
    owing,
    piloting,
    portfolio,
    prizing,
    profiling,
    promoting,
    readying,
    renominating,
    requesting,
    reserving,
    restricting,
    rewarding,
    routing,
    staking,
    storying,
    surveying,
    thanking,
    tidying,
    voting,
    working,
)
from refprogram.ops.demo.maker import Maker

DEFAULT_SCALE, DEFAULT_SEED = 400, 7


class Command(BaseCommand):
    """All or nothing; safe to run twice; never among real data."""

    help = "Make a demo company: N accounts and everything else in proportion."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options of contract.md."""
        parser.add_argument("--scale", type=int, default=DEFAULT_SCALE, help="number of accounts")
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
        parser.add_argument("--if-empty", action="store_true", help="do nothing where anything is")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the company, unless it is here already or real data are."""
        if company.exists() or (options["if_empty"] and (company.is_strange() or Account.objects.exists())):
            self.stdout.write("demo company: here already, nothing changed" if company.exists() else "not empty")
            return
        if company.is_strange() or Account.objects.exists():
            raise CommandError("This database holds real data. The demo company is made only in an empty one.")
        if options["scale"] < 1:
            raise CommandError("--scale: at least one account")
        began = time.monotonic()
        with transaction.atomic():
            build(Maker(scale=options["scale"], seed=options["seed"]))
        self.stdout.write(f"demo company: {options['scale']} accounts in {time.monotonic() - began:.0f} s")


def build(maker: Maker) -> None:
    """Make everything in the order in which it depends on each other."""
    people = company.build(maker)
    sold = portfolio.build(maker, people)
    nominating.build(maker, people, sold)
    requesting.build(maker, people, sold)
    desks.build(maker, people, sold)
    tidying.due(maker, people)
    approving.build(maker, people, sold)
    routing.build(maker, people)
    budgeting.build(maker, people)
    chartering.build(maker, people)
    staking.build(maker, people)
    backing.build(maker, people)
    giving.build(maker)
    working.build(maker, people)
    readying.build(maker, people)
    restricting.build(maker, people)
    surveying.build(maker, people, sold)
    adding.build(maker)
    storying.build(maker, people)
    booking.build(maker)
    batching.build(maker, people)
    meeting.build(maker, people)
    piloting.build(maker, people)
    maker.flush()
    editing.build(maker, people)
    covering.build(maker, people)
    profiling.build(maker, people)
    reserving.build(maker, people)
    tidying.build(maker, people)
    aiming.build(maker, people)
    renominating.build(maker, people)
    campaigning.build(maker, people)
    contesting.build(maker, people)
    entering.build(maker, people, sold)
    jurying.build(maker, people)
    deciding.build(maker, people)
    voting.build(maker, people)
    promoting.build(maker, people)
    prizing.build(maker, people)
    closing.build(maker, people)
    owing.build(maker, people)
    minding.build(maker, people)
    earning.build(maker, people)
    thanking.build(maker, people)
    rewarding.build(maker, people)
    readying.look_at_hours(maker)
    measuring.build(maker, people)
