"""Why, and with whose blessing: approvals, budgets, charter (its rooms are still to come)."""
