"""New articles in the store: the watched folder, and who is rung for what came in."""
