"""Places, people and days of parsed articles, from a gazetteer of all China's prefectures and counties; pure.

`annotate` fills a parsed page; `find` looks a typed place up; `home_of` says where a paper is at home.
"""

from store.places.annotating import annotate
from store.places.gazetteer import find, home_of

__all__ = ["annotate", "find", "home_of"]
