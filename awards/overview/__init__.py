"""One contest at a glance: where it stands, in every room."""
