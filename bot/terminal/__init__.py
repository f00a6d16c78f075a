"""The reader's side of a visit in the terminal."""
