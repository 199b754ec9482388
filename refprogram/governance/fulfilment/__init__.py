"""Whatever is given to a person, from the policy check to the thank-you."""
