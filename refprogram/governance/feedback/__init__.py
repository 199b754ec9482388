"""What hurts or helps about the program, said by whoever meets it; who answers, and within what time."""
