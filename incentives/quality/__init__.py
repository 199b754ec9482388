"""Data quality: what records lack, who mends it until when, and what a month of it comes to (100 minus demerits)."""
