"""Executive sponsors: who backs which part of the program, what they promised, and whether they did it."""
