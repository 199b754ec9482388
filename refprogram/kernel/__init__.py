"""Ground: the event stream, jobs, signed links, list and form bases."""
