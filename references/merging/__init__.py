"""Two rows that are one customer or one person: previewed, merged, and taken apart again."""
