"""Sets stories in columns on a sheet, and remembers what it set."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.pdfs.sheet import Sheet
from tests.pdfs.stories import STORIES, Story

CLOSING = "，。、；：！？”’）》"
OPENING = "“‘（《"


@dataclass(frozen=True)
class Measures:
    """Sizes in points."""

    columns: int = 3
    body: float = 9.5
    leading: float = 14.5
    gutter: float = 13.0
    margin: float = 28.0
    title: float = 22.0
    kicker: float = 12.0
    caption: float = 8.0


@dataclass
class Gold:
    """What stands on the page: an article a story, a photo a caption."""

    articles: list[dict[str, object]] = field(default_factory=list)


def wrapped(text: str, width: int, first: int = 0) -> list[str]:
    """Text in lines of so many characters; no line begins with a closing mark or ends with an opening one."""
    lines: list[str] = []
    room = width - first
    while len(text) > room:
        cut = room
        while cut > 1 and (text[cut] in CLOSING or text[cut - 1] in OPENING):
            cut -= 1
        lines.append(text[:cut])
        text, room = text[cut:], width
    return [*lines, text]


class Press:
    """Fills a sheet from the top: bands of stories side by side."""

    def __init__(self, measures: Measures | None = None, *, wide: bool = False) -> None:
        self.m = measures or Measures()
        self.sheet = Sheet(842, 1190) if wide else Sheet()
        self.gold = Gold()
        self.top = self.m.margin
        inner = self.sheet.width - 2 * self.m.margin
        self.column = (inner - (self.m.columns - 1) * self.m.gutter) / self.m.columns

    def left(self, column: int) -> float:
        """Where a column begins."""
        return self.m.margin + column * (self.column + self.m.gutter)

    def width(self, span: int) -> float:
        """How wide so many columns are together."""
        return span * self.column + (span - 1) * self.m.gutter

    def line(self, text: str, size: float = 9.0) -> None:
        """A line over the whole page: the date, a column's banner, the staff."""
        self.sheet.text(self.m.margin, self.top, size, text)
        self.top += size + 14

    def band(self, *stories: tuple[Story, int]) -> None:
        """Stories side by side, each over so many columns."""
        start, bottoms = 0, []
        for story, span in stories:
            bottoms.append(self.story(story, start, span))
            start += span
        self.top = max(bottoms) + 18

    def story(self, story: Story, start: int, span: int) -> float:
        """One story; the bottom of what it fills."""
        m = self.m
        top = self.top
        left, width = self.left(start), self.width(span)
        if story.kicker:
            self.sheet.text(left, top, m.kicker, story.kicker)
            top += m.kicker + 5
        size = m.title if span > 1 else m.title * 0.75
        for line in wrapped(story.title, int(width / size)):
            self.sheet.text(
                left + max(0.0, (width - len(line) * size) / 2 if span > 1 else 0), top, size, line
            )
            top += size + 6
        if story.subtitle:
            for line in wrapped(story.subtitle, int(width / 13)):
                self.sheet.text(left + max(0.0, (width - len(line) * 13) / 2), top, 13, line)
                top += 19
        if story.byline:
            whole = len(story.byline) * m.body <= width
            for names in [story.byline] if whole else story.byline.replace(" 通讯员", "\n通讯员").split("\n"):
                self.sheet.text(left + (width - len(names) * m.body) / 2, top, m.body, names)
                top += m.body + 8
        self._remember(story)
        return self._flow(story, start, span, top + 2)

    def _flow(self, story: Story, start: int, span: int, top: float) -> float:
        """The body in its columns, of equal height; the picture stands at the head of the last."""
        m = self.m
        each = int(self.column / m.body + 0.01)
        rows: list[tuple[str, float]] = []
        for number, paragraph in enumerate(story.body):
            rows += [(subhead, -1.0) for subhead, before in story.subheads if before == number]
            for position, line in enumerate(wrapped(paragraph, each, 2)):
                rows.append((line, 2 * m.body if position == 0 else 0.0))
        picture_rows = 0
        if story.caption:
            caption = wrapped(story.caption + " " + story.credit, int(self.column / m.caption))
            picture_rows = round((self.column * 0.6 + len(caption) * (m.caption + 3) + 12) / m.leading) + 1
        height = -(-(len(rows) + picture_rows) // span)
        bottom = top
        for column in range(span):
            y, here = top, height
            x = self.left(start + column)
            if story.caption and column == span - 1:
                self.sheet.picture(x, y, self.column, self.column * 0.6)
                under = y + self.column * 0.6 + 4
                for line in caption:
                    self.sheet.text(x, under, m.caption, line)
                    under += m.caption + 3
                y = top + picture_rows * m.leading
                here = len(rows) if span == 1 else max(0, height - picture_rows)
            taken, rows = rows[:here], rows[here:]
            if column == span - 1:
                taken, rows = taken + rows, []
            for text, indent in taken:
                if indent < 0:
                    indent = (self.column - len(text) * m.body) / 2
                self.sheet.text(x + indent, y, m.body, text)
                y += m.leading
            bottom = max(bottom, y)
        return bottom

    def _remember(self, story: Story) -> None:
        self.gold.articles.append(
            {
                "kind": "article",
                "title": story.title,
                "kicker": story.kicker,
                "subtitle": story.subtitle,
                "body": story.body,
            }
        )
        if story.caption:
            self.gold.articles.append(
                {"kind": "photo", "title": "", "kicker": "", "subtitle": "", "body": (story.caption,)}
            )


def newspaper(seed: int, columns: int = 3) -> Press:
    """A page of random make-up: type, gutters, how many columns each story takes, a picture here and there."""
    dice = random.Random(seed)
    stories = list(STORIES)
    dice.shuffle(stories)
    measures = Measures(
        columns=columns,
        body=dice.choice([9, 9.5, 10, 10.5]),
        leading=dice.choice([13.5, 14.5, 16]),
        gutter=dice.choice([10, 13, 18]),
        title=dice.choice([18, 22, 28]),
    )
    press = Press(measures, wide=columns > 3)
    press.line("云岭日报　2024年8月5日　星期一　第3版")
    if dice.random() < 0.4:
        press.line("新春走基层", 11)
    while stories and press.top < press.sheet.height - 330:
        left, band = columns, []
        while left and stories:
            span = min(dice.choice([1, 1, 2, 3]), left)
            band.append((stories.pop(), span))
            left -= span
        press.band(*band)
    if press.top < press.sheet.height - 20:
        press.line("本版责编 金晓　美编 石榴")
    return press
