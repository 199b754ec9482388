"""Rules: what gives points, to whom, how much, and how a rule comes to be on."""
