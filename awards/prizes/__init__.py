"""What winners are given, and what follows for everybody: kit, thanks, feedback, stories, references."""
