"""What `--json` prints, verb by verb, as types; docs/schemas.py writes docs/schema/*.json from them.

Stable: keys are added, never renamed or removed. Absent text is "". Tests hold what the verbs really print against these.
"""

from __future__ import annotations

from bot.commands.shapes.articles import Clips, Ingest, Labels, Parse, Search, Show, Summarize
from bot.commands.shapes.digest import Digest
from bot.commands.shapes.papers import Fetch, Sources, SourcesAdd, SourcesTry
from bot.commands.shapes.running import Check, Health, Prune, Upgrade

SHAPES: dict[str, type] = {
    "parse": Parse,
    "ingest": Ingest,
    "fetch": Fetch,
    "sources": Sources,
    "sources-try": SourcesTry,
    "sources-add": SourcesAdd,
    "search": Search,
    "show": Show,
    "clips": Clips,
    "digest": Digest,
    "summarize": Summarize,
    "check": Check,
    "health": Health,
    "prune": Prune,
    "upgrade": Upgrade,
    "labels": Labels,
}
"""Name of the schema → what the verb prints."""
