"""Pilots: a rule, a wave, a message or a feature reaches a chosen few before it reaches everybody."""
