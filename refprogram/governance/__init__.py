"""Why, and with whose blessing: approvals, budgets, fulfilment, consequences. Knows no customer noun."""
