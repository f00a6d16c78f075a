"""Which entries of an article list are no news: advertisements, 责编, 导读; and what kind the others are; pure."""

from __future__ import annotations

import re

from store.models.pages import Kind

_DROPPED = re.compile(
    r"^[\W_]*(?:(?:公益|商业|形象|整版|半版|通栏|分类|本版|图片)?广告(?:位|版|专版)?(?:[一二三四五六七八九十\d]+)?|公益海报|本版?责[任]?编辑?.*|责编.*|责任编辑.*|值班(?:编辑|主任|总编).*|编辑[:：].*"
    r"|(?:本版|今日|要闻|各版|内容)?(?:导读|导航|导览|看点|目录)(?:[一二三四五六七八九十\d]+)?|报头|报眼|报眉|中缝|刊头|二维码|版权声明|本报(?:地址|电话)|广告热线.*)[\W_]*$"
)
_STAFF = re.compile(r"^(?:本版)?(?:责编|责任编辑|编辑|校对|美编|版式|值班)[:：\s].{0,60}$")
_STAFF_LINE = re.compile(
    r"^[\W_]*(?:本版|本期|[一二三四五六七八九十]版)?(?:责任编辑|责编|编辑|校对|美编|美术编辑|版式(?:设计)?|组版|值班(?:编委|总编|主任)?|审读)[:：/／\s]\s*.{2,50}$"
)
_PHOTO = re.compile(
    r"^[\W_]*(?:图片(?:新闻|报道|故事)?|图说(?:新闻)?|组图|摄影|新闻图片|镜头|光影|照片)(?:[一二三四五六七八九十\d]+)?[\W_]*$"
)
_NOTICE = re.compile(
    r"(?:遗失(?:声明|启事)|声明$|公告$|启事$|公示$|通告$|拍卖公告|讣告|更正$|致歉|招聘(?:启事|公告)|注销公告|减资公告|送达公告|停电(?:通知|公告|信息)|停水(?:通知|公告))"
)


def is_dropped(title: str) -> bool:
    """Whether an entry is furniture by its title alone: 广告, 公益广告, 本版责编, 导读."""
    return bool(_DROPPED.match(title) or _STAFF.match(title))


def is_staff(line: str) -> bool:
    """Whether a line names the page's editors and nothing else (本版责编：… 美编：…)."""
    return bool(_STAFF_LINE.match(line))


def is_generic(title: str) -> bool:
    """Whether a title only says that there is a picture (图片报道, 图说)."""
    return bool(_PHOTO.match(title))


def kind_of(title: str, *, paragraphs: int, captions: int) -> Kind:
    """What an entry is: a notice by its title, a photo where there is hardly more than captions."""
    if _NOTICE.search(title):
        return "notice"
    if captions and not paragraphs:
        return "photo"
    return "photo" if is_generic(title) else "article"
