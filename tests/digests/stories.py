"""Reads tests/data/stories.txt: invented articles, labelled by story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from store.models import Article, Place

COUNTIES = {"青石": "青石县", "柳河": "柳河县", "白塔": "白塔区", "南原": "南原县"}
PATH = Path(__file__).parents[1] / "data" / "stories.txt"


@dataclass(frozen=True)
class Labelled:
    """An article and the number of its story."""

    story: int
    article: Article


def read() -> list[Labelled]:
    """All articles, with ids in the order of the file."""
    found: list[Labelled] = []
    for block in PATH.read_text("utf-8").split("\n= ")[1:]:
        head, *body = block.rstrip("\n").split("\n")
        story, paper, day, page, title = head.split(" ", 4)
        paragraphs = tuple(line for line in body if line)
        text = paper + title + "".join(paragraphs)
        found.append(
            Labelled(
                int(story),
                Article(
                    id=len(found) + 1,
                    paper=paper,
                    day=date.fromisoformat(day),
                    page=int(page),
                    position=0,
                    kind="article",
                    title=title,
                    body=paragraphs,
                    places=tuple(
                        Place(full, "county", city="云岭市")
                        for short, full in COUNTIES.items()
                        if short in text
                    ),
                ),
            )
        )
    return found
