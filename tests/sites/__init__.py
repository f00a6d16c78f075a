"""Miniature e-paper sites on 127.0.0.1, with invented papers: written from what is known of the families, not from our reader."""
