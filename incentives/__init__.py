"""Rules, the points ledger, leaderboard."""
