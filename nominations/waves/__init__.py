"""Waves: colleagues are asked one cohort after the other, so that nobody waits for an answer."""
