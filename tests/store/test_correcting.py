"""A page that was cut wrongly gets right, and stays right: nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from store import correcting
from store.database import Store
from store.errors import PageNotCorrectable
from store.ingest import ingest
from store.models import Correction, PageRef, PageText
from store.pages import parse_page

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
PAGE = """## 石碾村的老井有了新主人

本报讯（记者 谭知远）石碾村的老井上个月换了新井盖，村民俞清嘉成了老井的看护人，每天清早都要来量一次水位。

# 量水的本子记了三年

俞清嘉把水位记在一个蓝皮本子上，三年来一天也没有落下，县水务站的技术员专门来抄过两回。

### 飞檐镇山货大集开张

本报讯（记者 柏小满）飞檐镇的山货大集昨天在旧粮站开张，头一天来了三千多人，木耳和核桃不到中午就卖光了。

飞檐镇的大集每逢三六九开市，山货摊位免费用到年底，镇上还给外来的摊主腾出了两间仓房。
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "河汾日报" / "2026-11-19" / "02.md"
    path.parent.mkdir(parents=True)
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    with Store() as opened:
        assert [report.outcome for report in ingest(opened, [file], now=NOW)] == ["new"]
        yield opened


def titles(store: Store, page_id: int = 1) -> list[str]:
    return [article.title for article in store.articles.on_page(page_id)]


def test_corrected_line_gets_its_role_and_articles_keep_their_ids(store: Store) -> None:
    """A subhead that is a headline: what stands below it is an article of its own, the others stay the same articles."""
    assert titles(store) == ["石碾村的老井有了新主人", "飞檐镇山货大集开张"]
    first, last = store.articles.on_page(1)
    before = store.edits.signature(date(2026, 11, 1))
    change = correcting.correct(store, 1, "title", 5, 5, LATER)
    assert len(change.added) == 1 and change.changed == (first.id,) and not change.removed
    well, book, market = store.articles.on_page(1)
    assert (well.id, market.id) == (first.id, last.id)
    assert book.title == "量水的本子记了三年" and well.body + book.body == first.body
    assert store.edits.signature(date(2026, 11, 1)) != before  # what was sent is looked at again
    assert [hit.article_id for hit in store.search.find("蓝皮本子").hits] == [book.id]


def test_correction_is_applied_whenever_the_page_is_read_anew(store: Store, file: Path) -> None:
    """The corrected page is read again with a line more at its head: the correction finds its line by its text."""
    correcting.correct(store, 1, "title", 5, 5, LATER)
    assert [report.outcome for report in ingest(store, [file], now=LATER)] == ["unchanged"]
    file.write_text(f"河汾日报 2026年11月19日 2版\n\n{PAGE}", encoding="utf-8")
    assert [report.outcome for report in ingest(store, [file], now=LATER)] == ["updated"]
    assert titles(store) == ["石碾村的老井有了新主人", "量水的本子记了三年", "飞檐镇山货大集开张"]


def test_undo_gives_the_page_back_as_it_was(store: Store) -> None:
    """Every correction can be taken back, the last one first; what it made can still be looked up."""
    before = titles(store)
    added = correcting.correct(store, 1, "title", 5, 5, LATER).added
    assert correcting.undo(store, 1, LATER).removed == added
    assert titles(store) == before and store.articles.get(added[0]).removed
    with pytest.raises(PageNotCorrectable, match="No correction"):
        correcting.undo(store, 1, LATER)


def test_two_articles_become_one_without_losing_a_line(store: Store) -> None:
    """The upper headline leads; the lower one stays as a subhead; one id stays and the other is still known."""
    first, second = store.articles.on_page(1)
    change = correcting.correct(store, 1, "together", 1, 1, LATER, other=9)
    (joined,) = store.articles.on_page(1)
    assert joined.title == first.title and joined.body == (*first.body, *second.body)
    assert joined.subheads == (*first.subheads, (second.title, len(first.body)))
    assert {joined.id, *change.removed} == {first.id, second.id}
    assert all(store.articles.get(article_id).removed for article_id in change.removed)


def test_line_called_a_headline_heads_an_article() -> None:
    """Whatever the line looks like, and though a sentence runs over it."""
    lines = tuple(PAGE.replace("#", "").split("\n"))
    said = [Correction("title", 7, 7, lines[6], id=1)]
    page = parse_page(PageText(lines), corrections=said)
    assert any(lines[6].strip() in article.title for article in page.articles)
    assert "".join(lines[2]) in "".join(text for article in page.articles for text in article.body)


def test_line_called_a_caption_is_a_photo() -> None:
    """Without credit, mark or word that says so; the article around it does not hold it any more."""
    lines = tuple(PAGE.split("\n"))
    page = parse_page(PageText(lines), corrections=[Correction("caption", 13, 13, lines[12], id=1)])
    assert [article.body for article in page.articles if article.kind == "photo"] == [(lines[12],)]
    assert all(lines[12] not in article.body for article in page.articles if article.kind != "photo")


@pytest.mark.parametrize("what", ["banner", "furniture"])
def test_line_called_furniture_is_in_no_article(what: str) -> None:
    """It is put aside with its role."""
    lines = tuple(PAGE.split("\n"))
    page = parse_page(PageText(lines), corrections=[Correction(what, 9, 9, lines[8], id=1)])
    assert ("飞檐镇山货大集开张", what) in [(piece.text, piece.role) for piece in page.set_aside]
    assert all(article.title != "飞檐镇山货大集开张" for article in page.articles)


def test_line_called_text_is_text() -> None:
    """A headline that is a line of the article above."""
    lines = tuple(PAGE.split("\n"))
    page = parse_page(PageText(lines), corrections=[Correction("body", 5, 5, lines[4], id=1)])
    assert [article.title for article in page.articles] == ["石碾村的老井有了新主人", "飞檐镇山货大集开张"]
    assert "量水的本子记了三年" in page.articles[0].body


def test_correction_whose_line_is_gone_warns_and_changes_nothing() -> None:
    """The page is read as without it."""
    text = PageText(tuple(PAGE.split("\n")))
    page = parse_page(text, corrections=[Correction("title", 5, 5, "没有这一行", id=1)])
    assert page.articles == parse_page(text).articles
    assert [warning.code for warning in page.warnings] == ["correction"]


def test_page_moved_to_its_place_stays_there_with_its_articles(store: Store, file: Path) -> None:
    """Ids stay, search finds it under its new paper, and reading the file again does not bring it back."""
    ids = [article.id for article in store.articles.on_page(1)]
    correcting.move(store, 1, PageRef("涑水晚报", date(2026, 11, 18), 3), LATER)
    moved = store.articles.on(date(2026, 11, 18), paper="涑水晚报")
    assert [article.id for article in moved] == ids and {article.page for article in moved} == {3}
    assert store.articles.on(date(2026, 11, 19)) == []
    assert [report.outcome for report in ingest(store, [file], now=LATER)] == ["unchanged"]
    correcting.move(store, 1, PageRef("涑水晚报", date(2026, 11, 18), 4), LATER)
    file.write_text(PAGE + "\n后记一行。\n", encoding="utf-8")
    assert [report.outcome for report in ingest(store, [file], now=LATER)] == ["updated"]
    assert {article.page for article in store.articles.on(date(2026, 11, 18))} == {4}


def test_page_is_not_moved_onto_another(store: Store, file: Path) -> None:
    """A sentence names the page in the way."""
    other = file.with_name("03.md")
    other.write_text(PAGE, encoding="utf-8")
    list(ingest(store, [other], now=NOW))
    with pytest.raises(PageNotCorrectable, match="stored already"):
        correcting.move(store, 1, PageRef("河汾日报", date(2026, 11, 19), 3), LATER)
    assert store.editions.page_source(1)[0].number == 2


@pytest.mark.parametrize(("first", "last"), [(2, 2), (99, 99), (9, 5), (0, 0)])
def test_lines_that_are_not_there_are_refused(store: Store, first: int, last: int) -> None:
    """A blank line, one past the end, one before the beginning, and a range upside down; nothing is kept."""
    with pytest.raises(PageNotCorrectable):
        correcting.correct(store, 1, "title", first, last, LATER)
    assert store.corrections.of(1) == []
