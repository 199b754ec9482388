"""Recruiting: nominate, screen, enrol; standings."""
