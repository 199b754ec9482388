"""After the last award: thanks and feedback to all, entries that become references, and what the contest brought."""
