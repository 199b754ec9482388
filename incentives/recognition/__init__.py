"""What is seen of what people did: their own points, and the standing among others."""
