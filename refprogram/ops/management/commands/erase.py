"""`manage.py erase EMAIL|ID`: erase a person for good, after asking."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from refprogram.kernel.errors import DomainError
from refprogram.ops import erasing, finding


class Command(BaseCommand):
    """Shows what is held about a person, asks for the word, erases."""

    help = "Erase a person for good: by e-mail address, or by the id in their addresses."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whom, and whether to ask."""
        parser.add_argument("person", help="E-mail address or id")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase one person."""
        person = finding.person(options["person"])
        for room in erasing.held(person):
            self.stdout.write(f"  {room.room}: " + ", ".join(f"{what} {count}" for what, count in room.counts))
        if not options["yes"] and input("Type “erase” to confirm: ").strip() != "erase":
            raise CommandError("nothing was done")
        try:
            done = erasing.erase(person=person)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"erased; the name stood in {sum(done.swept.values())} texts of others")
