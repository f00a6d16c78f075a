"""Makes newspaper pages out of invented stories, damaged the way real pages are, with gold by construction."""
