"""Forms that marketers build: immutable versions, answers with drafts, results."""
