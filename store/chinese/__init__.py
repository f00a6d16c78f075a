"""The one Chinese vocabulary: characters, words, names, days. Everything else takes it from here."""
