"""Which sentences at the head of an article only prepare the news; pure.

A feature opens with a scene, a report with the press conference it comes from, a policy piece with a quotation, a
commemoration with the day's name. A summary prefers the news behind them.
"""

from __future__ import annotations

import re

from digests.summaries.sentences import CLOSING, ENDS, Sentence

QUOTATION = re.compile(
    r"(?:.{0,12}(?:总书记|主席|总理)|党的|中共中央|[^，]{0,12}(?:全会|大会|会议|报告|纲要|规划|意见))"
    r"[^，]{0,14}(?:指出|强调|提出|要求|明确|高度评价|部署)[，：:]"
)
PRESS = re.compile(r"(?:举行|召开|举办)[^，]{0,40}(?:发布会|招待会|吹风会|见面会|记者会|通气会)[。！]?$")
ANNIVERSARY = re.compile(
    r"(?:今天|今日|明天|昨天|当日)(?:[（(][^）)]*[）)])?[^，。]{0,4}是[^，。]{2,24}[，。]"
)
SCENE = re.compile(
    r"(?:(?:\d{1,2}月\d{1,2}日)?(?:清晨|早上|早晨|一大?早|傍晚|深夜|入夜)，|(?:\d{1,4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?，?(?:清晨|早上|早晨|凌晨|一大早|傍晚|午后|深夜|晚上|上午|下午)?"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[点时](?:半|多|许|刚过|整|\d{1,2}分?)?，|清晨|一大早|天刚(?:蒙蒙)?亮|夜幕降临|华灯初上|傍晚时分|晨光|"
    r"(?:在[^，。]{2,24}|[^，。]{2,10})(?<![年月天日期时间上下世界])(?:[内里旁边]|门口|现场)，|走进|来到|步入|漫步|站在|踏入|推开|沿着|驱车|放眼|远远望去|眼前|初[春夏秋冬]|[深金仲盛暮隆][春夏秋冬]|[春夏秋冬]日|"
    r"[^。]{0,24}(?:雪后|天晴|寒风|寒气|飘起|小雨|细雨|雾气|骄阳|烈日|炎炎|暖意融融|春意|春风|秋风)|编者按|"
    r"[^，。]{0,10}(?:时节|时分|飘香|阳光明媚|阳光洒))"
    r'|[“"「][^”"」]{15,}[”"」]'
)


def prepares(sentence: str) -> bool:
    """Whether a sentence, its dateline taken off, only sets the stage."""
    return bool(
        QUOTATION.match(sentence)
        or PRESS.search(sentence)
        or ANNIVERSARY.match(sentence)
        or SCENE.match(sentence)
    )


def heads(text: str, sentence: Sentence) -> bool:
    """Whether the sentence is a line of its own without a stop, as subheads in the body are."""
    before, after = text[: sentence.start].rstrip(" \u3000"), text[sentence.end :].lstrip(" \u3000")
    alone = before[-1:] in "\n\r" and after[:1] in "\n\r" and bool(before or after)
    return alone and text[sentence.end - 1] not in ENDS and text[sentence.end - 1] not in CLOSING
