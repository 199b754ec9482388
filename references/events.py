"""What the reference rooms emit."""

from references.accounts.events import TOPICS as ACCOUNTS
from references.exchange.events import TOPICS as EXCHANGE
from references.requests.events import TOPICS as REQUESTS

TOPICS = [*ACCOUNTS, *REQUESTS, *EXCHANGE]
