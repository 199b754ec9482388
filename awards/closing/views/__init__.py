"""Pages of a contest's end: what came of it, letters of thanks, comments on their way to entrants."""
