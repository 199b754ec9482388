"""Executives' face time: hours offered, asked for, given; what customers said of it, and what was done about that."""
