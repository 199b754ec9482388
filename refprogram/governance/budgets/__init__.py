"""Money set aside for a quarter: what is left, promised and spent."""
