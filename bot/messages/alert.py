"""An article that rings: somebody follows it, or was promised to hear of it."""

from __future__ import annotations

from bot.messages.callbacks import encode, short_name
from bot.messages.lines import article_url, attributed, headline, joined_quotes, repeats, source
from bot.messages.search import shown_query
from bot.texts import key_for, plain, say
from bot.texts.markup import Html, bold, escape, join, link
from digests.day.places import place_of
from digests.summaries.quoting import summary
from store.models.articles import Article
from store.models.delivery import Button, Part

_SENTENCES = 2
_CHARACTERS = 120


def compose_alert(
    article: Article, rule: str, *, language: str, bot_username: str, group: bool = False
) -> Part:
    """「立即提醒」: the rule, the headline, the beginning; a button to ring no more for it. `group`: said to a group."""
    html = join(
        "\n",
        [
            say(language, key_for("alert", group=group), rule=rule),
            _article(article, language, bot_username),
        ],
    )
    return Part(
        html,
        (
            (
                Button(plain(language, "read_article"), encode("article", article.id, 0, "new")),
                Button(plain(language, "ring_off"), encode("quiet", short_name(rule))),
            ),
        ),
    )


def compose_promise(
    article: Article, words: str, *, more: int, language: str, bot_username: str, group: bool = False
) -> Part:
    """「有了」: the asker's own words, the first article, how many more there are."""
    lines = [
        say(language, key_for("promise_kept", group=group), words=shown_query(words)),
        _article(article, language, bot_username),
    ]
    if more:
        lines.append(say(language, "promise_more", count=more))
    rows: list[tuple[Button, ...]] = [
        (Button(plain(language, "read_article"), encode("article", article.id, 0, "new")),)
    ]
    again = encode("try", words)
    if again:
        rows.append((Button(plain(language, "search_again"), again),))
    return Part(join("\n", lines), tuple(rows))


def _article(article: Article, language: str, bot_username: str) -> Html:
    title = headline(article, language)
    quotes = tuple(
        quote for quote in summary(article, _SENTENCES, _CHARACTERS) if not repeats(quote.span.text, title)
    )
    text = joined_quotes(quotes)
    # A sentence that begins with the headline says it already.
    if text.startswith(title):
        title, text = text, ""
    lines = [bold(link(title, article_url(bot_username, article.id)))]
    if text:
        lines.append(escape(text))
    place = escape(place_of(article))
    lines.append(attributed(Html(f"{place}{source(article, language)}")))
    return join("\n", lines)
