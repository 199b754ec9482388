"""What can be done with points and with the rules that give them."""

from incentives.services.ledger import post, reverse
from incentives.services.rules import apply_rule, change_draft, draft_rule, start_approved, start_rule, stop_rule

__all__ = ["apply_rule", "change_draft", "draft_rule", "post", "reverse", "start_approved", "start_rule", "stop_rule"]
