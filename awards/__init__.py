"""Award contests (its rooms are still to come)."""
