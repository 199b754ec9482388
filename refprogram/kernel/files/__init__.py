"""What people upload: sniffed, cleaned, kept under random names, handed out by short-lived signed addresses."""
