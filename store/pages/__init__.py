"""Page lines become articles: roles of lines, headlines, assembly, bylines. Pure; reads no file and keeps no state.

Files and formats are the readers' business (store/readers), places and dates are filled in by store/places.
"""

from store.pages.blocks import tables_in
from store.pages.parser import parse_page

__all__ = ["parse_page", "tables_in"]
