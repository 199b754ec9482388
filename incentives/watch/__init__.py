"""Watching for gaming: what was given and looks odd, and a random part of all, is looked at by people."""
