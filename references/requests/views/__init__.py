"""The pages of reference requests."""
