"""Reference requests, candidates, matching, feedback."""
