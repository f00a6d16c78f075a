"""Time zones by the names people know: a city typed in Chinese or English → IANA names; pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

CITIES = {
    "Asia/Shanghai": "北京 上海 广州 深圳 太原 运城 晋中 朔州 大同 临汾 西安 成都 重庆 天津 杭州 南京 武汉 哈尔滨 中国 中国大陆",
    "Asia/Urumqi": "乌鲁木齐 新疆",
    "Asia/Hong_Kong": "香港 Hong Kong",
    "Asia/Macau": "澳门 澳門 Macao",
    "Asia/Taipei": "台北 臺北 高雄 台中 台湾 臺灣",
    "Asia/Tokyo": "东京 大阪 京都 日本",
    "Asia/Seoul": "首尔 釜山 韩国",
    "Asia/Singapore": "新加坡",
    "Asia/Kuala_Lumpur": "吉隆坡 马来西亚",
    "Asia/Bangkok": "曼谷 清迈 泰国",
    "Asia/Ho_Chi_Minh": "胡志明市 河内 越南 Hanoi",
    "Asia/Jakarta": "雅加达 印尼",
    "Asia/Manila": "马尼拉 菲律宾",
    "Asia/Yangon": "仰光 缅甸",
    "Asia/Kolkata": "新德里 孟买 加尔各答 印度 Delhi Mumbai",
    "Asia/Kathmandu": "加德满都 尼泊尔",
    "Asia/Dhaka": "达卡 孟加拉国",
    "Asia/Karachi": "卡拉奇 伊斯兰堡 巴基斯坦 Islamabad",
    "Asia/Almaty": "阿拉木图 哈萨克斯坦",
    "Asia/Tashkent": "塔什干 乌兹别克斯坦",
    "Asia/Ulaanbaatar": "乌兰巴托 蒙古",
    "Asia/Dubai": "迪拜 阿布扎比 阿联酋 Abu Dhabi",
    "Asia/Riyadh": "利雅得 沙特",
    "Asia/Jerusalem": "耶路撒冷 特拉维夫 以色列 Tel Aviv",
    "Europe/Istanbul": "伊斯坦布尔 安卡拉 土耳其 Ankara",
    "Europe/Moscow": "莫斯科 圣彼得堡 俄罗斯 Saint Petersburg",
    "Asia/Vladivostok": "海参崴 符拉迪沃斯托克",
    "Europe/London": "伦敦 曼彻斯特 爱丁堡 英国 Manchester Edinburgh",
    "Europe/Dublin": "都柏林 爱尔兰",
    "Europe/Paris": "巴黎 里昂 法国",
    "Europe/Berlin": "柏林 慕尼黑 法兰克福 汉堡 德国 Munich Frankfurt Hamburg",
    "Europe/Madrid": "马德里 巴塞罗那 西班牙 Barcelona",
    "Europe/Lisbon": "里斯本 葡萄牙",
    "Europe/Rome": "罗马 米兰 意大利 Milan",
    "Europe/Amsterdam": "阿姆斯特丹 荷兰",
    "Europe/Brussels": "布鲁塞尔 比利时",
    "Europe/Zurich": "苏黎世 日内瓦 瑞士 Geneva",
    "Europe/Vienna": "维也纳 奥地利",
    "Europe/Prague": "布拉格 捷克",
    "Europe/Budapest": "布达佩斯 匈牙利",
    "Europe/Warsaw": "华沙 波兰",
    "Europe/Stockholm": "斯德哥尔摩 瑞典",
    "Europe/Oslo": "奥斯陆 挪威",
    "Europe/Copenhagen": "哥本哈根 丹麦",
    "Europe/Helsinki": "赫尔辛基 芬兰",
    "Europe/Athens": "雅典 希腊",
    "Europe/Kyiv": "基辅 乌克兰",
    "Africa/Cairo": "开罗 埃及",
    "Africa/Lagos": "拉各斯 尼日利亚",
    "Africa/Nairobi": "内罗毕 肯尼亚",
    "Africa/Johannesburg": "约翰内斯堡 开普敦 南非 Cape Town",
    "America/New_York": "纽约 波士顿 华盛顿 费城 亚特兰大 迈阿密 Boston Washington Miami",
    "America/Chicago": "芝加哥 休斯敦 休斯顿 达拉斯 Houston Dallas",
    "America/Denver": "丹佛 盐湖城",
    "America/Los_Angeles": "洛杉矶 旧金山 西雅图 圣何塞 San Francisco Seattle San Jose",
    "America/Toronto": "多伦多 渥太华 蒙特利尔 Ottawa Montreal",
    "America/Vancouver": "温哥华",
    "America/Mexico_City": "墨西哥城 墨西哥",
    "America/Sao_Paulo": "圣保罗 里约热内卢 巴西 Rio",
    "America/Argentina/Buenos_Aires": "布宜诺斯艾利斯 阿根廷",
    "America/Santiago": "圣地亚哥 智利",
    "America/Bogota": "波哥大 哥伦比亚",
    "America/Lima": "利马 秘鲁",
    "Pacific/Honolulu": "檀香山 夏威夷 Hawaii",
    "Australia/Sydney": "悉尼 堪培拉 澳大利亚 澳洲 Canberra",
    "Australia/Melbourne": "墨尔本",
    "Australia/Brisbane": "布里斯班",
    "Australia/Perth": "珀斯",
    "Pacific/Auckland": "奥克兰 惠灵顿 新西兰 Wellington",
    "UTC": "协调世界时 格林尼治 GMT",
}
"""IANA zone → names its people use, the first Chinese one for showing."""

COMMON = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Asia/Singapore",
    "Europe/London",
    "Europe/Paris",
    "America/New_York",
    "America/Los_Angeles",
)
"""What the settings offer without a search."""
_CLOSE = 80


@cache
def names() -> tuple[str, ...]:
    """All zones a reader may have, without the aliases and oddities of the database."""
    areas = (
        "Africa",
        "America",
        "Antarctica",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
    return tuple(
        sorted(name for name in available_timezones() if name.partition("/")[0] in areas or name == "UTC")
    )


@cache
def _index() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for zone in names():
        for word in (zone, zone.rpartition("/")[2].replace("_", " ")):
            index.setdefault(word.casefold(), []).append(zone)
    for zone, cities in CITIES.items():
        for city in cities.split():
            index.setdefault(city.casefold(), []).insert(0, zone)
    return {word: tuple(dict.fromkeys(zones)) for word, zones in index.items()}


def find(text: str, *, limit: int = 6) -> tuple[str, ...]:
    """The zones meant by a city's or a zone's name, the likeliest first; near misses count, offsets do not."""
    word = " ".join(text.split()).casefold()
    if not word or len(word) > 60:
        return ()
    index = _index()
    found = list(index.get(word, ()))
    if not found:
        for known, zones in index.items():
            if word in known or (len(known) > 1 and known in word and not known.isascii()):
                found += zones
    if not found:
        for known, _, _ in process.extract(
            word, list(index), scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=limit
        ):
            found += index[known]
    return tuple(dict.fromkeys(found))[:limit]


def shown(zone: str, *, language: str, now: datetime) -> str:
    """北京（UTC+8）, or Europe/Berlin (UTC+1)."""
    offset = now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    utc = f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02d}" if minutes % 60 else "")
    city = zone.rpartition("/")[2].replace("_", " ")
    if language != "en":
        return f"{CITIES.get(zone, city).split()[0] if zone in CITIES else city}（{utc}）"
    return f"{city} ({utc})"
