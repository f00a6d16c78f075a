"""What the terminal says around the messages, in Chinese and English; the bot's own words are in bot/texts/."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The frame of the terminal chat in one language; `{}` takes a number, a size or an address."""

    hint: str
    you: str
    edited: str
    deleted: str
    toast: str
    alert: str
    more_lines: str
    no_button: str
    no_link: str
    opened: str
    copied: str
    silent: str
    stuck: str
    leaves: str


CHINESE = Words(
    hint="输入即发送 · 3 按第3个按钮 · L1 开链接 · X1 展开 · #12.3 按旧消息 · /quit 退出",
    you="我",
    edited="已编辑",
    deleted="消息 #{} 已删除",
    toast="提示",
    alert="弹窗",
    more_lines="… 还有 {} 行，输入 {} 展开",
    no_button="没有按钮 {}；要发送这几个字，请在前面加 \\",
    no_link="没有链接或引文 {}；要发送这几个字，请在前面加 \\",
    opened="在浏览器中打开 {}",
    copied="已复制：{}",
    silent="静音",
    stuck="机器人 {} 秒内没有处理完，不再等待。",
    leaves="离开请输入 /quit",
)
ENGLISH = Words(
    hint="Type to send · 3 presses button 3 · L1 opens a link · X1 unfolds · /quit leaves",
    you="me",
    edited="edited",
    deleted="message #{} deleted",
    toast="toast",
    alert="alert",
    more_lines="… {} more lines, type {} to unfold",
    no_button="there is no button {}; to send this as text put \\ before it",
    no_link="there is no link or quote {}; to send this as text put \\ before it",
    opened="opens in a browser: {}",
    copied="copied: {}",
    silent="silent",
    stuck="The bot was not done after {} seconds; waiting no longer.",
    leaves="to leave, type /quit",
)


def words(language_code: str) -> Words:
    """The words for a reader's Telegram language: Chinese for any `zh`, English for all others."""
    return CHINESE if language_code.lower().startswith("zh") else ENGLISH
