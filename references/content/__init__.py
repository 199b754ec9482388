"""Stories, quotes, videos and logos: made, approved, published, shared, and taken down when a customer says so."""
