"""One file a migration, `mNN_noun.py` with `upgrade(db)`; store/schema.py runs them in order."""
