"""The contest itself: its plan, team, categories, prizes, sponsors, questions, and its public site."""
