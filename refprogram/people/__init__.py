"""Who: persons, users, roles, teams, tokens, restrictions."""
