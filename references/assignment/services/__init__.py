"""What can be done: make an assignment, call it off, accept what it proposes."""

from references.assignment.services.accepting import ACCEPT, accept, accept_all, start_accepting
from references.assignment.services.making import ASSIGN, call_off, make, run_job, start, start_nightly

__all__ = [
    "ACCEPT",
    "ASSIGN",
    "accept",
    "accept_all",
    "call_off",
    "make",
    "run_job",
    "start",
    "start_accepting",
    "start_nightly",
]
