"""Judges, rounds and criteria; conflicts of interest; ballots and the place where they are filled in."""
