"""Dated notices."""
