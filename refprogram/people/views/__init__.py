"""Pages: colleagues, teams, and one's own settings."""
