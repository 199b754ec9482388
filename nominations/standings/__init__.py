"""Standings: who enrolled how many references, ranked, closed and told."""
