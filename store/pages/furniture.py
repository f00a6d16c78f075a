"""Lines of the page that belong to no article: staff, dates, page numbers, jumps, hotlines."""

from __future__ import annotations

import re

from store.chinese.characters import DIGITS
from store.chinese.names import PAPERS
from store.pages.characters import BLANKS, HAN, count_han

_STAFF = re.compile(
    r"^[ 　（(【\[]*(?:本版|本期|今日|值班|执行|责任|首席|主任|版面|图片|文字|视觉|电子|见习)*"
    r"(?:责编|责任编辑|编辑|主编|副主编|美编|美术编辑|校对|校检|版式|版式设计|组版|排版|审读|审校|终审|制图|照排|统筹|总编辑?|编委|编审|监制|值班主任|值班总编)[ 　]*(?:[:：/／|]|[ 　]|$)"
)
_STAFF_WORD = re.compile(r"责编|责任编辑|编辑|美编|校对|版式|组版|审读|排版")
_DAY = r"(?:\d{4}|[〇○零一二三四五六七八九十]{4})[ 　]*年[ 　]*[\d一二三四五六七八九十]{1,3}[ 　]*月[ 　]*[\d一二三四五六七八九十]{1,3}[ 　]*日"
_DATE_LINE = re.compile(
    rf"^[{HAN}A-Za-z\d ·.:：|/\-　]{{0,16}}{_DAY}[ 　]*[,，]?[ 　]*(?:[（(]?星期[一二三四五六日天][)）]?)?[{HAN}A-Za-z\d ·.:：|/\-　]{{0,30}}$"
)
_NUMERIC_DAY = re.compile(
    rf"^[{HAN}A-Za-z\d ·|　]{{0,16}}\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}[{HAN}A-Za-z\d ·|　]{{0,16}}$"
)
_SECTION = r"新闻|要闻|副刊|综合|经济|社会|文化|教育|体育|时事|国际|国内|本地|民生|健康|文旅|专题|专版|理论|广告|周刊|影像|财经|行情|休闲|生活|视点|关注|县域|法治"
_NUMBER = re.compile(
    rf"^(?:第?[ 　]*[A-Da-d]?\d{{1,3}}[ 　]*版?(?:[ 　|·/-]+[{HAN}]{{2,4}})?|第[一二三四五六七八九十]{{1,3}}版|[A-Da-d]\d{{1,2}}(?:[ 　|·/-]+[{HAN}]{{2,6}})?|[{HAN}]{{2,6}}(?:[ 　|·/-]+|版[ 　]*)[A-D]?\d{{1,2}}(?:版)?"
    rf"|[A-D]?\d{{1,2}}[ 　|·/-]+[{HAN}]{{2,6}}(?:版|新闻|周刊|副刊)?|—?[ 　]*\d{{1,3}}[ 　]*—?|[-—–·]+[ 　]*\d{{1,3}}[ 　]*[-—–·]+|第[ 　]*\d{{1,3}}[ 　]*页(?:[ 　]*[共/／][ 　]*\d{{1,3}}[ 　]*页)?"
    rf"|[{HAN}]{{2,4}}[·.](?:{_SECTION})|(?:{_SECTION})[·.][{HAN}]{{2,4}}|[Pp]age[ 　]*\d{{1,3}}(?:[ 　]*(?:of|/)[ 　]*\d{{1,3}})?)$"
)
_JUMP = re.compile(
    r"^[（(【\[▶►→↓➡☞ 　]*(?:下转|上接|紧接|转|接|详见|见|全文见|详细报道见)[ 　]*(?:本报)?(?:今日)?[ 　]*第?[ 　]*[A-D]?[\d一二三四五六七八九十]{1,3}[ 　]*[、至—-]?[ 　]*[\d一二三四五六七八九十]*[ 　]*版?.{0,6}$"
)
TAIL_JUMP = re.compile(
    r"[（(【\[▶►→☞][ 　]*(?:下转|上接|紧接|全文见|详见)[ 　]*第?[ 　]*[A-D]?[\d一二三四五六七八九十、—-]{1,6}[ 　]*版?[^（()）]{0,8}[)）】\]]?$|(?<=[。！？”])(?:下转|紧接)第?[\dA-D一二三四五六七八九十]{1,3}版$"
)
HEAD_JUMP = re.compile(
    r"^[（(【\[][ 　]*(?:上接|紧接)[ 　]*第?[ 　]*[A-D]?[\d一二三四五六七八九十]{1,3}[ 　]*版?[^（()）]{0,8}[)）】\]]"
)
_CONTACT = re.compile(
    r"^(?:新闻|读者|服务|广告|发行|订阅|投稿|投诉|监督|报料|爆料|编辑部)*(?:热线|电话|邮箱|信箱|邮编|网址|微信号?|公众号|地址)[ 　]*[:：].{0,60}$"
    r"|^(?:国内统一)?(?:连续出版物号|刊号|CN[ \d-]|ISSN|邮发代号|零售价|定价|广告经营许可证|总第\d+期|第\d+期|农历|今日\d+版|扫码|扫一扫|https?://|www\.).{0,60}$"
)
_FOLIO_DATE = re.compile(rf"{_DAY}|(?<!\d)(?:19|20)\d{{2}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d)")
_FOLIO_PART = re.compile(
    r"星期[一二三四五六日天]|农历[^ 　]{2,9}|(?:国内统一)?(?:连续出版物号|刊号)|CN[ 　]*\d{2}[-—–]\d{4}|(?:邮发)?代号[ 　：:]*\d{1,2}[-—–]\d{1,3}|第?[A-Da-d]?\d{1,3}版|(?:总?第)?\d{1,6}期|今日[A-D]?\d{1,3}版|第[一二三四五六七八九十]{1,3}版|(?<![\dA-Za-z])[A-D]?\d{1,2}(?![\d:：])"
    r"|[\w.+-]+@[\w.-]+|(?:https?://|www\.)[\w./-]+|(?<!\d)\d{3,4}[-—–]{1,2}\d{7,8}|(?<!\d)\d{7,11}(?!\d)|(?<![A-Za-z])[A-Z][A-Za-z]{2,}(?: +[A-Z][A-Za-z]+)*"
    r"|(?:投稿|读者|新闻|广告|发行|服务|订阅|报料|爆料|监督|编辑部|电子)*(?:热线|邮箱|信箱|电话)|(?:责任|值班|首席|执行|本版|视觉|图片)*(?:责编|编辑|主编|美编|校对|版式|组版)"
    rf"|[{HAN}]{{2,6}}(?:{PAPERS})"
)
_MASTHEAD = re.compile(
    rf"^(?:[{HAN}][ 　]?){{2,6}}(?:{PAPERS})$|^[A-Z][A-Z ]{{2,30}}(?:RIBAO|WANBAO|CHENBAO|DUSHIBAO|ZAOBAO|BAO|DAILY|NEWS|TIMES|POST)$"
)
_ADDRESS = re.compile(r"\d{5,}|\d{3,4}[-—–]\d{4,}|@|https?:|www\.")
_DIGIT = re.compile(r"\d")
_RULE = re.compile(r"[a-zA-Z\u3400-\u9fff\d]")


def is_sentence(text: str) -> bool:
    """Whether a line says something in a whole sentence and names no address to write to or number to call."""
    return text[-1:] in "。！？!?" and count_han(text) >= 10 and not _ADDRESS.search(text)


def furniture_reason(text: str) -> str:
    """Why a line belongs to the page and not to an article; "" where it does not."""
    if len(text) > 90:
        return ""
    bare = text.strip(BLANKS)
    if not _RULE.search(bare):
        return "no letters"
    if _STAFF.match(bare) and len(bare) <= 70 and "。" not in bare:
        return "staff line"
    if len(_STAFF_WORD.findall(bare)) >= 2 and len(bare) <= 60 and "。" not in bare:
        return "staff line"
    if _JUMP.match(bare):
        return "jump to another page"
    if len(bare) <= 48 and _DATE_LINE.match(bare) and "，" not in bare and count_han(bare) <= 24:
        return "date line"
    if _NUMERIC_DAY.match(bare):
        return "date line"
    if len(bare) <= 14 and _NUMBER.match(bare):
        return "page number or section"
    if _CONTACT.match(bare) and not is_sentence(bare):
        return "contact or imprint"
    if _is_folio(bare):
        return "folio line"
    return ""


def is_masthead(text: str) -> bool:
    """Whether a line is nothing but a paper's name, in characters or in capitals."""
    return len(text) <= 36 and bool(_MASTHEAD.match(text.strip(BLANKS)))


def _is_folio(bare: str) -> bool:
    """Whether a line is put together of date, page, masthead, section, hotline, e-mail and staff, in any order."""
    if len(bare) > 70 or "。" in bare or "，" in bare or not _DIGIT.search(bare):
        return False
    text = bare.translate(DIGITS)
    text, dated = _FOLIO_DATE.subn(" ", text)
    text, parts = _FOLIO_PART.subn(" ", text)
    rest = [part for part in re.split(r"[ 　|·.:：/／—-]+", text) if part]
    if not dated and parts < 3:
        return False
    return (
        parts + (2 if dated else 0) >= 3
        and sum(map(len, rest)) <= 12
        and len(rest) <= 4
        and all(len(part) <= 6 and count_han(part) == len(part) for part in rest)
    )
