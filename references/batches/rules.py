"""Who may, with batches."""

import rules

from references.accounts.rules import has_overview, is_colleague, runs_the_program
from references.requests.models import RequestBatch
from refprogram.people.models import User


@rules.predicate
def asked_for_it(user: User, batch: RequestBatch | None) -> bool:
    """Who needs the names."""
    return batch is not None and batch.requester_id == user.pk


rules.add_perm("references.see_batches", is_colleague)
rules.add_perm("references.see_batch", has_overview | asked_for_it)
rules.add_perm("references.make_batch", is_colleague)
rules.add_perm("references.change_batch", runs_the_program | asked_for_it)
rules.add_perm("references.fill_batch", runs_the_program)
