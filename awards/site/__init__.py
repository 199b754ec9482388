"""What everybody reads of contests, without signing in: page, one-page PDF, dates, what is there to share."""
