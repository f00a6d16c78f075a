"""Names the store knows, found by how they sound or by all but one character: 瑞城 or ruicheng → 芮城."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from functools import cache, cached_property
from threading import Lock

from store.chinese import words
from store.chinese.names import short_place
from store.chinese.sounds import sound
from store.connection import Connection

_MOST = 3
_MOST_NAMES = 4000
_MOST_TITLES = 400
_HAN = re.compile("[\u4e00-\u9fff]{2,8}\\Z")
_LETTERS = re.compile("[a-z]{3,30}\\Z")


class Sounds:
    """Names and how they sound, the important first."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list(names)

    @cached_property
    def _sounds(self) -> list[str]:
        # Not before somebody is to be helped.
        return [_blurred_sound(name) for name in self._names]

    @cached_property
    def _alike(self) -> dict[str, list[str]]:
        alike: dict[str, list[str]] = defaultdict(list)
        for name, blurred in zip(self._names, self._sounds, strict=True):
            alike[blurred].append(name)
        return alike

    def nearest(self, text: str) -> list[str]:
        """The names that sound like the text (Han characters or pinyin) or differ in one character, best first."""
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import extract

        text = text.replace(" ", "").replace("'", "")
        if _LETTERS.match(text):
            return self._alike.get(_blurred(text), [])[:_MOST]
        if not _HAN.match(text):
            return []
        wanted = _blurred_sound(text)
        found = [name for name in self._alike.get(wanted, ()) if abs(len(name) - len(text)) <= 1]
        if len(text) >= 3:
            near = extract(
                text,
                self._names,
                scorer=Levenshtein.distance,
                score_cutoff=1,
                limit=2 * _MOST,
                processor=None,
            )
            found += [name for name, _, _ in near]
        if len(wanted) > 6 and len(found) < _MOST:
            near = extract(
                wanted, self._sounds, scorer=Levenshtein.distance, score_cutoff=1, limit=50, processor=None
            )
            found += [self._names[at] for _, _, at in near if len(self._names[at]) == len(text)]
        return [name for name in dict.fromkeys(found) if name != text][:_MOST]


class Names:
    """The names in a store, kept up as articles arrive: places, people and papers, the frequent first, then the words
    of the newest titles.

    What a first look costs is not paid again for each new edition, nor for each connection: one object serves all
    threads that search the same file (`names_of`).
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._upto = -1
        self._counts: dict[str, Counter[str]] = {"article_places": Counter(), "article_people": Counter()}
        self._titles: deque[list[str]] = deque(maxlen=_MOST_TITLES)
        self._sounds = Sounds(())

    def sounds(self, db: Connection, upto: int) -> Sounds:
        """The names up to this article (or a later one known already)."""
        with self._lock:
            if upto > self._upto:
                self._follow(db, upto)
            return self._sounds

    def _follow(self, db: Connection, upto: int) -> None:
        known: dict[str, None] = {}
        for table, counts in self._counts.items():
            for name, many in db.rows(
                f"SELECT name, count(*) FROM {table} WHERE article_id > ? AND article_id <= ? GROUP BY name",
                [self._upto, upto],
            ):
                counts[name] += many
            for name, _ in counts.most_common(_MOST_NAMES):
                known.setdefault(short_place(name) if table == "article_places" else name)
                known.setdefault(name)
        for row in db.rows("SELECT name FROM papers ORDER BY id"):
            known.setdefault(row["name"])
        titles = db.rows(
            "SELECT title FROM articles WHERE id > ? AND id <= ? AND removed_at IS NULL ORDER BY id DESC LIMIT ?",
            [self._upto, upto, _MOST_TITLES],
        )
        self._titles.extend(words.cut(row["title"]) for row in reversed(titles))
        known.update(dict.fromkeys(word for title in reversed(self._titles) for word in title))
        self._sounds = Sounds([name for name in known if _HAN.match(name)])
        self._upto = upto


def names_of(db: Connection) -> Names:
    """The names in the file of this connection; a database in memory has its own."""
    return Names() if db.path == ":memory:" else _names_of_file(db.path)


@cache
def _names_of_file(path: str) -> Names:
    return Names()


@cache
def _blurred_sound(name: str) -> str:
    return _blurred(sound(name))


_BLURS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("f", "h"), ("v", "u"))


def _blurred(pinyin: str) -> str:
    """What many speakers do not tell apart is written alike."""
    for told, blurred in _BLURS:
        pinyin = pinyin.replace(told, blurred)
    return pinyin
