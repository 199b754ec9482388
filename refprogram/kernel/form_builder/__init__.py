"""Forms that people build: drafts, frozen versions, answers by page or by signed link, results and export."""
