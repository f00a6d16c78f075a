"""Reading an article, why it came, what is wrong with it."""

from __future__ import annotations

from bot.handlers.exchange import Reply, Request, tell
from bot.messages.article import article_buttons, compose_article, label_buttons
from bot.messages.callbacks import encode, short_name
from bot.messages.digest import article_url, headline, paper_page, source
from bot.texts import plain, say
from bot.texts.markup import Html, link
from store import rules
from store.database import Store
from store.errors import ArticleNotFound
from store.models.articles import Article
from store.models.delivery import Button, Buttons, Part
from store.tables.labels import KINDS


def answer(store: Store, request: Request) -> Reply:
    """/article NUMBER, for those who know it."""
    number = request.words.strip().removeprefix("#").removeprefix("a")
    if not (number.isascii() and number.isdigit()) or len(number) > 15:
        return tell(say(request.language, "article_which"))
    return opened(store, request, int(number))


def opened(store: Store, request: Request, article_id: int, page: int = 0) -> Reply:
    """The article as a new message."""
    try:
        article = store.articles.get(article_id)
    except ArticleNotFound:
        return tell(say(request.language, "article_unknown"))
    if not request.private:  # a group is not poured full: whoever wants it reads it in private
        title = link(headline(article, request.language), article_url(request.bot_username, article.id))
        read = Button(
            plain(request.language, "open_in_private"), url=article_url(request.bot_username, article.id)
        )
        return tell(Html(f"{title}　{source(article, request.language)}"), (read,))
    return Reply(parts=(_page(store, request, article, page),))


def pressed(store: Store, request: Request) -> Reply:
    """Facts: article, page, "new" (a message of its own) or "buttons" (only the keyboard) or nothing (turn), and the script."""
    press = request.press
    try:
        article = store.articles.get(press.number(0))
    except ArticleNotFound:
        return Reply(toast=plain(request.language, "article_unknown"))
    if press.fact(2) == "new" and not request.private:
        return Reply(opens=article_url(request.bot_username, article.id))
    part = _page(store, request, article, press.number(1), script=press.fact(3))
    if press.fact(2) == "new":
        return Reply(parts=(part,))
    if press.fact(2) == "buttons":
        return Reply(buttons=part.buttons)
    return Reply(edit=part)


def pressed_why(store: Store, request: Request) -> Reply:
    """Say which rule, place or paper brought the article, and offer to have less of it. Fact: article."""
    language = request.language
    try:
        article = store.articles.get(request.press.number(0))
    except ArticleNotFound:
        return Reply(toast=plain(language, "article_unknown"))
    reason, rows = _why(article, request, several_papers=len(store.editions.papers()) > 1)
    back = (Button(plain(language, "back"), encode("article", article.id, 0, "buttons")),)
    return Reply(toast=reason, alert=True, buttons=(*rows, back))


def pressed_wrong(store: Store, request: Request) -> Reply:
    """Show what can be wrong. Facts: article, page."""
    try:
        article = store.articles.get(request.press.number(0))
    except ArticleNotFound:
        return Reply(toast=plain(request.language, "article_unknown"))
    return Reply(buttons=label_buttons(article, language=request.language, page=request.press.number(1)))


def pressed_label(store: Store, request: Request) -> Reply:
    """Keep the label with the page it came from. Facts: article, kind."""
    language, kind = request.language, request.press.fact(1)
    try:
        article = store.articles.get(request.press.number(0))
    except ArticleNotFound:
        return Reply(toast=plain(language, "article_unknown"))
    if kind not in KINDS:
        return Reply(toast=plain(language, "button_old"))
    reader = store.subscribers.seen(request.chat_id, language, request.now, timetable=request.timetable)
    store.labels.add(article.id, kind, subscriber_id=reader.id, now=request.now)
    return Reply(toast=plain(language, "label_thanks"), buttons=_page(store, request, article, 0).buttons)


def buttons_of(store: Store, request: Request, article_id: int) -> Buttons | None:
    """The article's keyboard as it is now, after something was followed."""
    try:
        article = store.articles.get(article_id)
    except ArticleNotFound:
        return None
    followed = (*request.profile.follows, *request.profile.places)
    return article_buttons(article, language=request.language, followed=followed)


def _page(store: Store, request: Request, article: Article, page: int, *, script: str = "") -> Part:
    photos = [other for other in store.articles.on_page(article.page_id) if other.photo_of == article.id]
    followed = (*request.profile.follows, *request.profile.places)
    return compose_article(
        article, language=request.language, photos=photos, page=page, followed=followed, script=script
    ).part


def _why(article: Article, request: Request, *, several_papers: bool) -> tuple[str, Buttons]:
    language, profile = request.language, request.profile
    for rule in profile.follows:
        hit = rules.match(rule, article)
        if hit is not None:
            return plain(language, "why_follow", rule=rule), (
                (
                    Button(
                        plain(language, "unfollow", rule=rule), encode("unfollow", short_name(rule), "toast")
                    ),
                ),
            )
    for place in profile.places:
        if rules.in_place(place, article):
            return plain(language, "why_place", place=place), (
                (
                    Button(
                        plain(language, "place_remove", place=place),
                        encode("put", "place", f"{place}=0", "toast"),
                    ),
                ),
            )
    if article.paper in profile.papers:
        reason = plain(language, "why_paper", paper=article.paper)
    else:
        reason = plain(language, "why_day", source=paper_page(article, language))
    names = [place.name for place in article.places[:2]]
    if several_papers:  # without its only paper a reader would have nothing left
        names.append(article.paper)
    rows = tuple(
        (Button(plain(language, "mute_name", name=name), encode("mute", name, article.id)),)
        for name in dict.fromkeys(names)
        if encode("mute", name, article.id)
    )
    return reason, rows
