"""What is introduced, and how people are made ready for it: who does what today, and what instead; who tells them."""
