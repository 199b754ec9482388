"""Trying rules on the past: what they would have given, to whom, and what that is beside what was given."""
