"""Baozhai's search and its peers behind one small interface: build from records, the first ten, all that match."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from search_queries import Record

from store.chinese import words
from store.chinese.folding import fold
from store.database import Store
from store.search import tokens

PAPERS, PLACES = 30, 300
"""Each record gets a paper and a place by its number, for the filters."""


def paper_of(number: int) -> int:
    """1 to 30."""
    return number * 7919 % PAPERS + 1


def place_of(number: int) -> str:
    """One of 300 names."""
    return f"地{chr(0x4E00 + number * 104729 % PLACES * 7)}县"


def short_snippet(title: str, body: str, terms: tuple[str, ...]) -> str:
    """What the peers show of a hit: sixty characters with the words marked."""
    at = min((place for term in terms if (place := body.find(term)) >= 0), default=0)
    text = body[max(0, at - 20) : max(0, at - 20) + 60]
    for term in terms:
        text = text.replace(term, f"<b>{term}</b>")
    return text


class Peer:
    """One design. `build` makes the index of records that are stored already; its time is the ingest time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def store(self, records: list[Record]) -> None:
        """Put the records where the index will find them."""
        self.db = sqlite3.connect(self.folder / "peer.db", isolation_level=None)
        for pragma in (
            "journal_mode = off",
            "synchronous = off",
            "cache_size = -262144",
            "mmap_size = 8000000000",
        ):
            self.db.execute(f"PRAGMA {pragma}")
        self.db.execute(
            "CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, body TEXT, day TEXT, paper INT)"
        )
        self.db.execute("BEGIN")
        self.db.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?)",
            ((record.id, record.title, record.body, record.day, paper_of(record.id)) for record in records),
        )
        self.db.execute("COMMIT")
        self.before = self._bytes()

    def build(self) -> None:
        """Make the index."""

    def size(self) -> int:
        """Bytes of the index."""
        return self._bytes() - self.before

    def first(self, terms: tuple[str, ...]) -> list[int]:
        """The ids of the first ten, snippets made."""
        raise NotImplementedError

    def every(self, terms: tuple[str, ...]) -> set[int]:
        """The ids of all."""
        raise NotImplementedError

    def _bytes(self) -> int:
        pages, free, size = (
            self.db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)

    def _texts(self) -> Iterator[tuple[int, str, str]]:
        yield from self.db.execute("SELECT id, title, body FROM articles ORDER BY id")

    def _shown(self, ids: list[int], terms: tuple[str, ...]) -> list[int]:
        marks = ",".join("?" * len(ids))
        for _, title, body in self.db.execute(
            f"SELECT id, title, body FROM articles WHERE id IN ({marks})", ids
        ):
            short_snippet(title, body, terms)
        return ids


class Baozhai(Peer):
    """Baozhai itself, through `Store.search.find`."""

    def store(self, records: list[Record]) -> None:
        self.opened = Store(self.folder / "baozhai.db")
        self.db = self.opened.db.raw
        for pragma in ("synchronous = off", "cache_size = -262144", "mmap_size = 8000000000"):
            self.db.execute(f"PRAGMA {pragma}")
        with self.opened.transaction():
            for paper in range(1, PAPERS + 1):
                self.db.execute("INSERT INTO papers VALUES (?, ?, '')", [paper, f"第{paper:02}日报"])
            pages: dict[tuple[int, str], int] = {}
            for record in records:
                key = (paper_of(record.id), record.day)
                if key not in pages:
                    edition = self.db.execute(
                        "INSERT INTO editions (paper_id, day) VALUES (?, ?)", key
                    ).lastrowid
                    pages[key] = (
                        self.db.execute(
                            "INSERT INTO pages (edition_id, number, source, format, raw_text, content_hash, legibility, parser,"
                            " read_at) VALUES (?, 1, '', 'jsonl', '', ?, 1, '1', '')",
                            [edition, str(key)],
                        ).lastrowid
                        or 0
                    )
                self.db.execute(
                    "INSERT INTO articles (id, page_id, position, kind, kicker, title, subtitle, byline, body, confidence,"
                    " legibility, complete, content_hash, first_seen_at, updated_at)"
                    " VALUES (?, ?, ?, 'article', '', ?, '', '', ?, 1, 1, 1, '', '', '')",
                    [record.id, pages[key], record.id, record.title, record.body],
                )
                self.db.execute(
                    "INSERT INTO article_places VALUES (?, 0, ?, 'county', '', '', 1)",
                    [record.id, place_of(record.id)],
                )
        self.before = self._bytes()

    def build(self) -> None:
        self.opened.search.rebuild()

    def first(self, terms: tuple[str, ...]) -> list[int]:
        return [hit.article_id for hit in self.opened.search.find(" ".join(terms)).hits]

    def every(self, terms: tuple[str, ...]) -> set[int]:
        newest = self.opened.articles.newest_id()
        return self.opened.search.matches(" ".join(terms), range(1, newest + 1))


class Bigrams(Peer):
    """FTS5 over pairs of characters, every hit weighed by BM25."""

    sql = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found, 10.0, 1.0) LIMIT 10"
    columns = f"title, body, content = '', tokenize = \"ascii tokenchars '{tokens.ASCII_SIGNS}'\""

    def cut(self, text: str) -> str:
        """The tokens of a text."""
        return " ".join(tokens.tokens(fold(text)))

    def build(self) -> None:
        self.db.execute(f"CREATE VIRTUAL TABLE found USING fts5({self.columns})")
        for setting, value in (("hashsize", 64 << 20), ("automerge", 0)):
            self.db.execute(f"INSERT INTO found (found, rank) VALUES ('{setting}', {value})")
        self.db.execute("BEGIN")
        for number, title, body in self._texts():
            self.db.execute(
                "INSERT INTO found (rowid, title, body) VALUES (?, ?, ?)",
                [number, self.cut(title), self.cut(body)],
            )
        self.db.execute("COMMIT")
        self.db.execute("INSERT INTO found (found) VALUES ('optimize')")

    def query(self, terms: tuple[str, ...]) -> str:
        """The terms in FTS5's language."""
        return " AND ".join(self.phrase(fold(term)) for term in terms)

    def phrase(self, term: str) -> str:
        """One term: a phrase of its pairs; a single character is the start of a pair."""
        if len(term) == 1:
            return f'"{term}"*'
        return '"' + " ".join(tokens.tokens(term)) + '"'

    def first(self, terms: tuple[str, ...]) -> list[int]:
        return self._shown([row[0] for row in self.db.execute(self.sql, [self.query(terms)])], terms)

    def every(self, terms: tuple[str, ...]) -> set[int]:
        return {
            row[0]
            for row in self.db.execute("SELECT rowid FROM found WHERE found MATCH ?", [self.query(terms)])
        }


class Words(Bigrams):
    """FTS5 over jieba's words, as most bots do it."""

    columns = "title, body, content = '', tokenize = 'unicode61 remove_diacritics 0'"

    def cut(self, text: str) -> str:
        return " ".join(words.cut(fold(text)))

    def phrase(self, term: str) -> str:
        return " AND ".join(f'"{word}"' for word in words.cut(term) if word.strip())


class Trigram(Bigrams):
    """FTS5's own trigram tokenizer; it finds nothing for fewer than three characters."""

    columns = "title, body, content = '', tokenize = 'trigram'"

    def cut(self, text: str) -> str:
        return fold(text)

    def phrase(self, term: str) -> str:
        return '"' + term.replace('"', '""') + '"'


class Like(Peer):
    """No index: every text is read."""

    sql = "SELECT id FROM articles WHERE {} ORDER BY (title LIKE ?) DESC, id DESC"

    def _ids(self, terms: tuple[str, ...], tail: str) -> list[int]:
        where = " AND ".join("(title LIKE ? OR body LIKE ?)" for _ in terms)
        values = [f"%{term}%" for term in terms for _ in range(2)]
        return [row[0] for row in self.db.execute(self.sql.format(where) + tail, [*values, f"%{terms[0]}%"])]

    def first(self, terms: tuple[str, ...]) -> list[int]:
        return self._shown(self._ids(terms, " LIMIT 10"), terms)

    def every(self, terms: tuple[str, ...]) -> set[int]:
        return set(self._ids(terms, ""))


class Tantivy(Peer):
    """Tantivy over the same pairs."""

    def build(self) -> None:
        import tantivy

        self.tantivy = tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=True, indexed=True, fast=True)
        for name in ("title", "body"):
            schema.add_text_field(name, stored=False, tokenizer_name="blanks", index_option="position")
        self.schema = schema.build()
        (self.folder / "tantivy").mkdir()
        self.index = tantivy.Index(self.schema, path=str(self.folder / "tantivy"))
        self.index.register_tokenizer(
            "blanks", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        writer = self.index.writer(256_000_000, 1)
        for number, title, body in self._texts():
            cut = [" ".join(tokens.tokens(fold(text))) for text in (title, body)]
            writer.add_document(tantivy.Document(id=number, title=cut[0], body=cut[1]))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def size(self) -> int:
        return sum(file.stat().st_size for file in (self.folder / "tantivy").rglob("*") if file.is_file())

    def _query(self, terms: tuple[str, ...]) -> Any:
        make, occur = self.tantivy.Query, self.tantivy.Occur
        parts = []
        for term in map(fold, terms):
            cut = [term] if len(term) == 1 else tokens.tokens(term)
            fields = []
            for name, boost in (("title", 10.0), ("body", 1.0)):
                if len(term) == 1:
                    one = make.regex_query(self.schema, name, re.escape(term) + ".?")
                elif len(cut) == 1:
                    one = make.term_query(self.schema, name, cut[0])
                else:
                    one = make.phrase_query(self.schema, name, cut)
                fields.append((occur.Should, make.boost_query(one, boost)))
            parts.append((occur.Must, make.boolean_query(fields)))
        return make.boolean_query(parts)

    def _ids(self, terms: tuple[str, ...], limit: int) -> list[int]:
        found = self.searcher.search(self._query(terms), limit, count=False).hits
        return [self.searcher.doc(address)["id"][0] for _, address in found]

    def first(self, terms: tuple[str, ...]) -> list[int]:
        return self._shown(self._ids(terms, 10), terms)

    def every(self, terms: tuple[str, ...]) -> set[int]:
        return set(self._ids(terms, max(self.searcher.num_docs, 1)))


PEERS: dict[str, type[Peer]] = {
    "baozhai": Baozhai,
    "tantivy": Tantivy,
    "bigrams-bm25": Bigrams,
    "words": Words,
    "trigram": Trigram,
    "like": Like,
}
