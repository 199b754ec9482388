"""Telling: in-app, mail, digests; knows no nouns, only sends."""
