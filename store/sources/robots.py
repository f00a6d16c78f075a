"""robots.txt: what a site asks of programs (RFC 9309), as one small decision; pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

AGENT = "Baozhai"
"""The name a robots.txt may speak to."""
LONGEST_DELAY_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Robots:
    """What may be asked, and how slowly."""

    rules: RobotFileParser | None
    delay_seconds: float = 0.0

    def permits(self, url: str) -> bool:
        """Whether the address may be asked."""
        return self.rules is None or self.rules.can_fetch(AGENT, url)


def read_robots(text: str) -> Robots:
    """The rules of a robots.txt."""
    rules = RobotFileParser()
    lines = [line.lstrip("\ufeff") for line in text.splitlines()]
    rules.parse(lines)
    try:
        delay = float(rules.crawl_delay(AGENT) or 0) or _fraction(lines)
    except (TypeError, ValueError):
        delay = 0.0
    return Robots(rules, min(delay, LONGEST_DELAY_SECONDS))


def _fraction(lines: list[str]) -> float:
    """A crawl delay with a fraction (0.5), which the standard library passes over; of the group that speaks to us."""
    heard, own, found = False, False, {"*": 0.0, AGENT.lower(): 0.0}
    names: list[str] = []
    for line in lines:
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip().lower()
        if key == "user-agent":
            if heard:
                names, heard = [], False
            names.append(value)
        elif key:
            heard = True
            if key == "crawl-delay":
                for name in names:
                    if name in found:
                        found[name] = float(value)
        own = own or AGENT.lower() in names
    return found[AGENT.lower()] if own else found["*"]


EVERYTHING = Robots(None)
"""Where a site has no robots.txt."""
