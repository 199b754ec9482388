"""What the reference rooms emit."""

from references.accounts.events import TOPICS as ACCOUNTS
from references.exchange.events import TOPICS as EXCHANGE
from references.requests.events import TOPICS as REQUESTS
from references.surveys.events import TOPICS as SURVEYS

TOPICS = [*ACCOUNTS, *REQUESTS, *EXCHANGE, *SURVEYS]
