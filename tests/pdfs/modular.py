"""Pages made up of modules, as dailies are: stacks of stories beside tall ones, measures of their own, frames, hairlines, upright headlines."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from tests.pdfs.press import Gold, wrapped
from tests.pdfs.sheet import Sheet
from tests.pdfs.stories import STORIES, Story

WIDE = {code: code + 0xFEE0 for code in range(33, 127)}
TOLD = Path(__file__).parent.parent / "data" / "stories.txt"


def told() -> list[Story]:
    """Invented articles that are short or middling: one a story, for a page does not tell one twice."""
    found: dict[str, Story] = {}
    for block in TOLD.read_text(encoding="utf-8").split("\n= ")[1:]:
        head, *body = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        number, _, _, _, title = head.split(" ", 4)
        # The font of sheet.py has no half-width figures: they are set as wide as the rest, as papers do too.
        found.setdefault(number, Story(title.translate(WIDE), tuple(line.translate(WIDE) for line in body)))
    return [*STORIES, *found.values()]


@dataclass(frozen=True)
class Type:
    """A page's sizes in points, and its habits."""

    body: float
    leading: float
    gutter: float
    title: float
    centred: bool
    hairlines: bool
    indent: int = 2


class Modular:
    """Fills a sheet from the top, a band of modules at a time."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        body = self.dice.choice([8.5, 9.0, 9.5, 10.0])
        self.type = Type(
            body,
            round(body * self.dice.choice([1.35, 1.5, 1.65]), 1),
            body * self.dice.choice([1.0, 1.3, 1.8, 2.4]),
            self.dice.choice([17.0, 20.0, 24.0]),
            self.dice.random() < 0.6,
            self.dice.random() < 0.5,
        )
        self.sheet = Sheet(842, 1190)
        self.gold = Gold()
        self.stories = told()
        self.dice.shuffle(self.stories)
        self.fill()

    def fill(self) -> None:
        """Head, bands, foot."""
        t, sheet = self.type, self.sheet
        margin, inner = 34.0, sheet.width - 68.0
        sheet.text(margin, 24, 15, "第四版　综合新闻")
        sheet.text(sheet.width - margin - 170, 28, 9, "2024年8月5日　星期一　云岭日报")
        self.rule(margin, 48, inner, 1.0)
        top = 62.0
        while top < sheet.height - 330 and len(self.stories) > 6:
            shares = self.dice.choice(
                [(1.0,), (0.5, 0.5), (0.36, 0.64), (0.64, 0.36), (0.33, 0.33, 0.34), (0.28, 0.44, 0.28)]
            )
            gaps = (len(shares) - 1) * 1.6 * t.gutter
            left, bottoms = margin, []
            hairs: list[float] = []
            for number, share in enumerate(shares):
                width = share * (inner - gaps)
                bottoms.append(self.module(left, top, width, number))
                left += width + 1.6 * t.gutter
                if self.type.hairlines and number < len(shares) - 1:
                    hairs.append(left - 0.8 * t.gutter)
            bottom = max(bottoms)
            for x in hairs:
                self.upright(x, top, bottom)
            top = bottom + self.dice.choice([1.6, 2.4]) * t.leading
        self.rule(margin, top + 4, inner, 0.6)
        sheet.text(margin, top + 12, 8, "责任编辑 石榴　版式 金晓　校对 何苗　本报地址：云岭市柳荫路八号")

    def rule(self, left: float, top: float, width: float, thick: float) -> None:
        """A rule that lies."""
        self.sheet.content.append(
            f"0 g {left:.2f} {self.sheet.height - top:.2f} {width:.2f} {thick:.2f} re f"
        )

    def upright(self, left: float, top: float, bottom: float) -> None:
        """A hairline that stands."""
        self.sheet.content.append(
            f"0 g {left:.2f} {self.sheet.height - bottom:.2f} 0.4 {bottom - top:.2f} re f"
        )

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """A frame of hairlines."""
        self.sheet.content.append(
            f"0 G 0.5 w {left:.2f} {self.sheet.height - bottom:.2f} {right - left:.2f} {bottom - top:.2f} re S"
        )

    def module(self, left: float, top: float, width: float, number: int) -> float:
        """One story, or (in a narrow module) two or three above each other; the bottom."""
        if width < 300 and self.dice.random() < 0.5:
            for _ in range(self.dice.choice([2, 2, 3])):
                top = self.story(self.short(), left, top, width) + 1.5 * self.type.leading
            return top - 1.5 * self.type.leading
        if self.dice.random() < 0.25:
            inset = 1.1 * self.type.body
            bottom = self.story(self.stories.pop(), left + inset, top + inset, width - 2 * inset) + inset
            self.frame(left, top, left + width, bottom)
            return bottom
        return self.story(self.stories.pop(), left, top, width, upright=self.dice.random() < 0.2)

    def short(self) -> Story:
        """The shortest of what comes next."""
        story = min(self.stories[-5:], key=lambda s: sum(map(len, s.body)))
        self.stories.remove(story)
        return story

    def story(self, story: Story, left: float, top: float, width: float, *, upright: bool = False) -> float:
        """A headline and its columns, of this story's own width."""
        t = self.type
        size = max(13.0, min(t.title, t.title * width / 330))
        if upright and len(story.title) <= 16 and width > 240:
            high = len(story.title) * size * 1.04
            for at, character in enumerate(story.title):
                self.sheet.text(left, top + at * size * 1.04, size, character)
            self.gold_of(story)
            inset = size + 1.4 * t.body
            return max(self.columns(story, left + inset, top, width - inset), top + high)
        kicker = story.kicker and len(story.kicker) * 11 < width
        if kicker:
            self.sheet.text(left + self.middle(width, len(story.kicker) * 11), top, 11, story.kicker)
            top += 16
        for line in wrapped(story.title, int(width / size)):
            self.sheet.text(left + self.middle(width, len(line) * size), top, size, line)
            top += size * 1.25
        if story.subtitle and len(story.subtitle) * 12 < width:
            self.sheet.text(left + self.middle(width, len(story.subtitle) * 12), top, 12, story.subtitle)
            top += 18
        if story.byline and len(story.byline) * t.body < width:
            self.sheet.text(left + self.middle(width, len(story.byline) * t.body), top, t.body, story.byline)
            top += t.body + 7
        self.gold_of(story, kicker=bool(kicker))
        return self.columns(story, left, top + 0.4 * t.leading, width)

    def middle(self, width: float, used: float) -> float:
        """How far from the left a line of a headline begins."""
        return max(0.0, (width - used) / 2) if self.type.centred else 0.0

    def columns(self, story: Story, left: float, top: float, width: float) -> float:
        """The body, in as many columns as make lines of 12 to 26 characters."""
        t = self.type
        most = max(1, int((width + t.gutter) / (12 * t.body + t.gutter)))
        fewest = max(1, round((width + t.gutter) / (24 * t.body + t.gutter)))
        count = self.dice.randint(min(fewest, most), most)
        each = (width - (count - 1) * t.gutter) / count
        fits = int(each / t.body + 0.001)
        rows: list[tuple[str, float]] = []
        for paragraph in story.body:
            for at, line in enumerate(wrapped(paragraph, fits, t.indent)):
                rows.append((line, t.indent * t.body if at == 0 else 0.0))
        picture = 0
        if story.caption and count > 1:
            caption = wrapped(story.caption + " " + story.credit, int(each / 8))
            picture = int((0.62 * each + 11.0 * len(caption) + 14) / t.leading) + 1
        height = -(-(len(rows) + picture) // count)
        bottom = top
        where = self.dice.randrange(count)
        for column in range(count):
            x, y = left + column * (each + t.gutter), top
            room = height
            if picture and column == where:
                self.sheet.picture(x, y, each, 0.62 * each)
                under = y + 0.62 * each + 4
                for line in caption:
                    self.sheet.text(x, under, 8, line)
                    under += 11
                y += picture * t.leading
                room = max(0, height - picture)
            if column == count - 1:
                room = len(rows)
            taken, rows = rows[:room], rows[room:]
            for line, indent in taken:
                self.sheet.text(x + indent, y, t.body, line)
                y += t.leading
            bottom = max(bottom, y - t.leading + t.body)
        if picture:
            self.gold.articles.append(
                {"kind": "photo", "title": "", "kicker": "", "subtitle": "", "body": (story.caption,)}
            )
        return bottom

    def gold_of(self, story: Story, *, kicker: bool = False) -> None:
        """What the story is, as it is printed."""
        self.gold.articles.append(
            {
                "kind": "article",
                "title": story.title,
                "kicker": story.kicker if kicker else "",
                "subtitle": story.subtitle,
                "body": story.body,
            }
        )
