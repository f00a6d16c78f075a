"""Newspaper pages as PDF files, set in columns, with what they hold known by construction."""
