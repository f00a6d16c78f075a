"""One table, or one small family of tables, a file."""
