"""robots.txt: what a site asks of programs (RFC 9309), as one small decision; pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

AGENT = "Baozhai"
"""The name a robots.txt may speak to."""
LONGEST_DELAY_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Robots:
    """What may be asked, and how slowly. `rules` are (path pattern, allowed), of the group that speaks to us."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay_seconds: float = 0.0

    def permits(self, url: str) -> bool:
        """Whether the address may be asked: the longest pattern that fits decides, of two equal ones the one that allows."""
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


def read_robots(text: str) -> Robots:
    """The rules of a robots.txt: of all groups that name us, else of those for everybody."""
    rules: dict[str, list[tuple[str, bool]]] = {}
    delays: dict[str, float] = {}
    names: list[str] = []
    heard = False
    for line in text.lstrip("\ufeff").splitlines():
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            if heard:
                names, heard = [], False
            name = value.split("/")[0].strip().lower()
            names.append(name)
            rules.setdefault(name, [])
        elif key in ("allow", "disallow", "crawl-delay"):
            heard = True
            for name in names:
                if key == "crawl-delay":
                    delays[name] = max(delays.get(name, 0.0), _seconds(value))
                elif value:  # an empty Disallow forbids nothing
                    rules[name].append((unquote(value), key == "allow"))
        elif key and key != "sitemap":
            heard = True
    ours = AGENT.lower() if AGENT.lower() in rules else "*"
    return Robots(tuple(rules.get(ours, ())), min(delays.get(ours, 0.0), LONGEST_DELAY_SECONDS))


def _seconds(value: str) -> float:
    try:
        return max(0.0, float(value))
    except ValueError:
        return 0.0


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as the pattern says; `*` stands for anything, `$` at its end for the end of the path."""
    ends = pattern.endswith("$")
    first, *rest = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, piece in enumerate(rest):
        if ends and number == len(rest) - 1:
            return len(path) - len(piece) >= at and path.endswith(piece)
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not ends or at == len(path)


EVERYTHING = Robots()
"""Where a site has no robots.txt."""
