"""The catalogue: what customers can do for the program. The rows are `accounts.ActivityType`."""
