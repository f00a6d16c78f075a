"""From one article to the few of its own sentences and clauses that tell it. Pure."""
