"""Who listens to which topic: topic → handlers, in the order in which they run; one file for each room that tells."""
