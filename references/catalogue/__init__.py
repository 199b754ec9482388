"""The catalogue: what customers can do for the program, and what each of it takes. The rows are `accounts.ActivityType`."""
