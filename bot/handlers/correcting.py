"""/preview, /reread, /retract: what readers are about to get, and what they should not have got. For operators only."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from bot.handlers.exchange import Reply, Request, tell
from bot.handlers.operating import for_operators
from bot.messages.callbacks import encode
from bot.messages.digest import compose_digest
from bot.texts import full_date, listed, plain, say
from bot.texts.markup import Html, join
from digests.day.builder import build_day
from digests.errors import NoArticles
from store.chinese import days
from store.database import Store
from store.errors import ArticleNotFound
from store.ingest import FileReport, ingest
from store.models import Article, Part, Profile
from store.models.delivery import Button

_WARNINGS = 5


@for_operators
def answer_preview(store: Store, request: Request) -> Reply:
    """The digest of the newest day (or the day named) as a reader without settings gets it, and when the next goes out."""
    language = request.language
    words = request.words.strip()
    day = days.read(words, today=request.today) if words else store.editions.latest_day(upto=request.today)
    if words and day is None:
        return tell(say(language, "preview_usage"))
    if day is None:
        return tell(say(language, "preview_nothing"))
    try:
        digest = build_day(store, day, now=request.now)
    except NoArticles:
        return tell(say(language, "preview_nothing"))
    due = store.subscribers.next_due_at()
    head = say(
        language,
        "preview_head",
        day=full_date(language, day),
        readers=store.subscribers.count(active=True),
        due=f"{due.astimezone(ZoneInfo(request.timetable.time_zone)):%m-%d %H:%M}" if due else "—",
        papers=listed(
            language, [f"{one.paper} {len(one.pages)}/{one.expected_pages}" for one in digest.editions]
        ),
        missing=listed(language, digest.missing) or "—",
    )
    parts = compose_digest(
        digest, language=language, length=Profile().length, bot_username=request.bot_username
    )
    return Reply(parts=(Part(head), *parts))


@for_operators
def answer_reread(store: Store, request: Request) -> Reply:
    """Read a file again, named by the end of its path; without words which files could not be read."""
    language, name = request.language, request.words.strip()
    if not name:
        unread = store.editions.unread()
        lines = [
            say(language, "reread_unread", source=source, reason=reason) for source, reason in unread[:10]
        ]
        return tell(join("\n", [say(language, "reread_usage", count=len(unread)), *lines]))
    sources = store.files.named(name)
    if not sources:
        return tell(say(language, "reread_unknown", name=name[:200]))
    if len(sources) > 1:
        return tell(say(language, "reread_which", names="\n".join(sources[:5])))
    source = sources[0]
    if not Path(source).is_file():
        return tell(say(language, "reread_gone", source=source))
    store.files.parse_again(source)
    reports = list(ingest(store, [Path(source)], now=request.now))
    lines = [_told(language, report) for report in reports]
    with store.transaction():
        outcome = " ".join(report.outcome for report in reports)
        store.acts.add(request.user_id, "reread", source, outcome, request.now)
    return tell(join("\n", lines))


def _told(language: str, report: FileReport) -> Html:
    if report.outcome == "failed":
        return say(language, "reread_failed", source=report.source, reason=report.reason)
    return say(
        language,
        "reread_done",
        source=report.source,
        articles=report.articles,
        added=len(report.added),
        changed=len(report.changed),
        removed=len(report.removed),
        warnings="".join(f"\n! {one}" for one in report.warnings[:_WARNINGS]),
    )


@for_operators
def answer_retract(store: Store, request: Request) -> Reply:
    """Show the article that is to be taken out, and how many readers have it; a press does it."""
    language, number = request.language, request.words.strip().removeprefix("#").removeprefix("a")
    if not (number.isascii() and number.isdigit()) or len(number) > 15:
        return tell(say(language, "retract_usage"))
    article = _article(store, int(number))
    if article is None:
        return tell(say(language, "article_unknown"))
    if store.retractions.is_retracted(article.id):
        return tell(say(language, "retract_already", **_facts(article)), (_undo(language, article),))
    if article.removed:
        return tell(say(language, "retract_not_there", **_facts(article)))
    return tell(
        say(language, "retract_ask", readers=store.retractions.readers(article.id), **_facts(article)),
        (Button(plain(language, "retract_do"), encode("retract", "do", article.id)),),
    )


@for_operators
def pressed_retract(store: Store, request: Request) -> Reply:
    """Facts: "do" or "undo", and the article."""
    language, act = request.language, request.press.fact(0)
    article = _article(store, request.press.number(1))
    if article is None or act not in ("do", "undo"):
        return Reply(toast=plain(language, "button_old"), alert=True)
    with store.transaction():
        if act == "undo":
            back = store.retractions.undo(article.id)
            store.acts.add(request.user_id, "retract undo", str(article.id), f"{back} articles", request.now)
            return Reply(edit=Part(say(language, "retract_undone", **_facts(article))))
        done = store.retractions.retract(
            article.id, Part(say("zh", "alert_retracted", **_facts(article))), request.user_id, request.now
        )
        outcome = f"{done.articles} articles, {done.readers} readers, {done.alerts} alerts"
        store.acts.add(request.user_id, "retract", str(article.id), outcome, request.now)
    text = say(language, "retract_done", readers=done.readers, alerts=done.alerts, **_facts(article))
    return Reply(edit=Part(text, ((_undo(language, article),),)), posts=True)


def _article(store: Store, article_id: int) -> Article | None:
    """Also one that is retracted already."""
    try:
        return store.articles.get(article_id)
    except ArticleNotFound:
        found = store.articles.many([article_id])
        return found[0] if found else None


def _facts(article: Article) -> dict[str, object]:
    page = f" {article.page_name}版" if article.page else ""
    return {"title": article.title or "—", "source": f"《{article.paper}》{article.day}{page}"}


def _undo(language: str, article: Article) -> Button:
    return Button(plain(language, "retract_undo"), encode("retract", "undo", article.id))
