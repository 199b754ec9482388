"""People’s choice: a prize of its own, one vote per person, never mixed into the judges’ scores."""
