"""`manage.py token EMAIL --name NAME [--scope read|write]`: a new API token, printed once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from refprogram.kernel.errors import DomainError
from refprogram.people import selectors
from refprogram.people.enums import Scope
from refprogram.people.services import issue_token


class Command(BaseCommand):
    """Print a token and nothing else, so that a script can take it."""

    help = "Print a new API token for the colleague of this e-mail address. It cannot be shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say whose, what for, and how far it goes."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="what will use it")
        parser.add_argument("--scope", choices=Scope.values, default=Scope.READ.value)

    def handle(self, *args: Any, **options: Any) -> None:
        """Issue and print."""
        user = selectors.user_by_email(options["email"])
        if user is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        try:
            _token, secret = issue_token(user=user, name=options["name"], scope=Scope(options["scope"]))
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(secret)
