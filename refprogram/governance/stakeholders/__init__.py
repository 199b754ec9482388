"""Who has a stake in the program, what they want of it, how they are; and who in the company knows what."""
