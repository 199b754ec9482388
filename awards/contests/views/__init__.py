"""The pages of contests: list, new, settings, plan and team, concept, questions."""
