"""Random articles and digests: emoji, characters outside the BMP, combining marks, long words, markup, addresses."""

from __future__ import annotations

from hypothesis import strategies as st

from store.models import Article, Byline, Digest, Item, Place, Quote, Reason, Span
from tests.bot.builders import article, digest

WORDS = st.one_of(
    st.sampled_from(
        [
            "柳林渡口新桥通车。",
            "过桥只要两分钟，少走十一公里；",
            "𠮷野家开业😀",
            "e\u0301a\u0308",
            "<b>&amp;</b>",
            "www.example.com",
            "#话题 @someone /start",
            "a" * 300,
            "长" * 400,
            "👨\u200d👩\u200d👧",
            "\u202eabc",
            "电话0359-0000119",
            "C++ A-10 ５．２％",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map("".join)
PLACES = st.lists(
    st.sampled_from(["芮城县", "盐湖区", "垣曲县"]).map(lambda name: Place(name, "county")), max_size=2
)


@st.composite
def articles(draw: st.DrawFn, number: int = 1) -> Article:
    """An article with anything in it."""
    body = tuple(draw(st.lists(TEXTS, max_size=5)))
    heads = draw(st.lists(st.tuples(TEXTS, st.integers(0, 8)), max_size=3))
    return article(
        number,
        title=draw(st.one_of(st.just(""), TEXTS)),
        kicker=draw(st.one_of(st.just(""), TEXTS)),
        subtitle=draw(st.one_of(st.just(""), TEXTS)),
        body=body,
        byline=Byline(draw(TEXTS), reporters=tuple(draw(st.lists(TEXTS, max_size=2)))),
        subheads=tuple(sorted(heads, key=lambda head: head[1])),
        places=tuple(draw(PLACES)),
        kind=draw(st.sampled_from(["article", "photo", "notice"])),
        paper=draw(st.sampled_from(["汾北日报", "𠮷日报<&>"])),
        complete=draw(st.booleans()),
    )


@st.composite
def items(draw: st.DrawFn, number: int) -> Item:
    """An item with quotes."""
    one = draw(articles(number))
    quotes = tuple(Quote(number, 0, Span(0, len(text), text)) for text in draw(st.lists(TEXTS, max_size=3)))
    return Item(
        article=one,
        section=draw(st.sampled_from(["", "芮城县", "汾北日报"])),
        tier=draw(st.sampled_from(["summary", "headline"])),
        reason=Reason(draw(st.sampled_from(["day", "follow"])), draw(TEXTS)[:100]),
        quotes=quotes,
        also=(article(1000 + number),) if draw(st.booleans()) else (),
        previous=article(2000 + number) if draw(st.booleans()) else None,
        late=draw(st.booleans()),
        differing=(quotes[:2],) if len(quotes) > 1 and draw(st.booleans()) else (),
    )


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    """A digest of up to 12 items."""
    count = draw(st.integers(0, 12))
    found = [draw(items(number)) for number in range(1, count + 1)]
    pointed = [quote for one in found for quote in one.quotes]
    return digest(
        *found,
        points=tuple(pointed[:5]),
        practical=tuple(pointed[5:10]),
        missing=tuple(draw(st.lists(st.sampled_from(["朔州日报", "甲<报>"]), max_size=2))),
    )
