"""Sites made otherwise than the miniature families: frames, blocks that a script opens, shells that a script fills, systems
nobody has named. Each maker returns a `Made`: the entry, its pages by path, and what is to be read there."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

PRINTED = "2026年11月26日 星期四"
PAPER = "苇河日报"
TITLES = {
    1: "水渠通水到村口",
    2: "书屋今天开门迎客",
    3: "霜岭的梨卖得好",
    4: "巡堤队换了新装备",
    5: "老街的灯都亮了",
    6: "中学添了实验室",
}
SHEETS = {"01": ("要闻", (1, 2)), "02": ("乡村", (3, 4)), "03": ("副刊", (5, 6))}
BODY = "苇桥镇新修的水渠昨日通水，沿线七个村的麦田当天就浇上了头遍水，镇里说明年还要再修两条。"


@dataclass
class Made:
    """A site: `pages` by path and query ("POST /path" for what only a form gets), `moved` paths that lead elsewhere."""

    entry: str
    pages: dict[str, str | bytes] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def wanted(self) -> dict[str, list[str]]:
        """{label: titles} of the edition."""
        return {
            self.labels.get(label, label): [TITLES[number] for number in numbers]
            for label, (_, numbers) in SHEETS.items()
        }


def body(number: int) -> str:
    """The text of an article; no two are the same."""
    return f"第{number}件事。{BODY}"


def _html(text: str, title: str = PAPER) -> str:
    return f"<html><head><title>{title}</title></head><body>{text}</body></html>"


def _each(form: Callable[[str, str], str], between: str = "") -> str:
    return between.join(form(label, name) for label, (name, _) in SHEETS.items())


def frames() -> Made:
    """A frameset in GBK: banner, list of pages, page; articles in the page's map alone."""
    made = Made("/whrb/")
    folder = "/whrb/html/2026-11/26/"
    listed = _each(
        lambda label, name: f"<p><a href=node_{int(label)}.htm target=main>第{label}版：{name}</a></p>"
    )
    pages = {
        "/whrb/": f"<html><head><title>{PAPER}</title></head><frameset><frame src=top.htm>"
        "<frame src=html/2026-11/26/left.htm><frame src=html/2026-11/26/node_1.htm></frameset></html>",
        "/whrb/top.htm": "<html><body><img src=logo.gif></body></html>",
        folder + "left.htm": f"<html><body>{listed}</body></html>",
    }
    for label, (name, numbers) in SHEETS.items():
        areas = "".join(
            f"<area shape=poly coords='0,{n},90,{n},90,{n + 9},0,{n + 9}' href=content_{n}.htm title='{TITLES[n]}'>"
            for n in numbers
        )
        pages[f"{folder}node_{int(label)}.htm"] = _html(
            f"<div>{PAPER} {PRINTED}</div><div>第{label}版：{name}</div><img src=p.jpg usemap=#m><map name=M>{areas}</map>"
        )
        for n in numbers:
            pages[f"{folder}content_{n}.htm"] = _html(
                f"<table><tr><td class=font01>{TITLES[n]}</td></tr></table><div id=ozoom>{body(n)}</div>"
            )
    made.pages = {path: text.encode("gb18030") for path, text in pages.items()}
    return made


def pressed_blocks() -> Made:
    """No links: pages and articles are blocks that a script opens when they are pressed."""
    made = Made("/", {"/": "<script>location.href='/whrb/pc/layout/202611/26/node_01.html'</script>"})
    listed = _each(
        lambda label, name: (
            f"<div onclick=\"window.location.href='node_{label}.html'\"><span>{label}版</span><em>{name}</em></div>"
        )
    )
    for label, (_, numbers) in SHEETS.items():
        rows = "".join(
            f"<li data-href='../../../content/202611/26/content_{n}.html'><i></i>{TITLES[n]}</li>"
            for n in numbers
        )
        made.pages[f"/whrb/pc/layout/202611/26/node_{label}.html"] = _html(
            f"<div class=date>{PRINTED}</div><div class=swiper-box>{listed}</div><ul>{rows}</ul>"
        )
        for n in numbers:
            made.pages[f"/whrb/pc/content/202611/26/content_{n}.html"] = _html(
                f"<h2 id=Title>{TITLES[n]}</h2><div id=ozoom><p>{body(n)}</p></div>"
            )
    return made


def bare_columns() -> Made:
    """The present system without its folders, and .htm: 202611/26/col01.htm, c177.htm."""
    made = Made("/whrb/", moved={"/whrb/": "/whrb/202611/26/col01.htm"})
    listed = _each(lambda label, name: f"<a href='col{label}.htm'>第{label}版 {name}</a><br>")
    return _plain(made, listed, "/whrb/202611/26/col{label}.htm", "/whrb/202611/26/c{n}77.htm")


def lettered_files() -> Made:
    """szbzA1.Html beside szbz277314.Html: the one is a page, the other an article; Index.Html is a copy of the first."""
    folder = "/Html/szbz/20261126/"
    labels = {"01": "A1", "02": "A2", "03": "B1"}
    made = Made(folder + "Index.Html", labels=labels)
    listed = _each(lambda label, name: f"<a href='szbz{labels[label]}.Html'>{labels[label]}版：{name}</a>")
    _plain(made, listed, folder + "szbz{label}.Html", folder + "szbz2773{n}4.Html")
    made.pages[folder + "Index.Html"] = made.pages[folder + "szbzA1.Html"]
    return made


def letter_after_number() -> Made:
    """Page01a.htm, articles in `daoxiang` over an empty link."""
    made = Made("/whrb/content/PaperIndex.htm")
    folder = "/whrb/content/20261126/"
    made.pages[made.entry] = "<META HTTP-EQUIV=REFRESH CONTENT='0;URL=20261126/Page01a.htm'>"
    listed = _each(
        lambda label, name: f"[<a href=Page{label}a.htm>{label}</a>]:<a href=Page{label}a.htm>{name}</a> "
    )
    for label, (_, numbers) in SHEETS.items():
        rows = "".join(
            f"<li><a daoxiang='Articel{label}00{n}MM.htm' href='#'>{TITLES[n]}</a></li>" for n in numbers
        )
        made.pages[f"{folder}Page{label}a.htm"] = _html(f"{PRINTED}<br>{listed}<ul>{rows}</ul>")
        for n in numbers:
            made.pages[f"{folder}Articel{label}00{n}MM.htm"] = _html(
                f"<div class=neirong><h2>{TITLES[n]}</h2><span id=contenttext>{body(n)}</span></div>"
            )
    return made


def drawn_areas() -> Made:
    """Articles are polygons of a drawing (SVG), named by their title alone."""
    folder = "/whrb/20261126/html/"
    made = Made(folder + "page_01.htm")
    listed = _each(lambda label, name: f"<a href='page_{label}.htm'>第{label}版：{name}</a>")
    for label, (_, numbers) in SHEETS.items():
        shapes = "".join(
            f"<a xlink:href='page_{label}_content_00{n}.htm'><polygon points='0,0 9,0 9,9' title='{TITLES[n]}'></polygon></a>"
            for n in numbers
        )
        made.pages[f"{folder}page_{label}.htm"] = _html(f"{PRINTED}{listed}<svg>{shapes}</svg>")
        for n in numbers:
            made.pages[f"{folder}page_{label}_content_00{n}.htm"] = _html(
                f"<h1>{TITLES[n]}</h1><p>{body(n)}</p>"
            )
    return made


def by_query() -> Made:
    """A system nobody has named: paper.php?d=2026-11-26&p=2, show.php?id=300."""
    listed = _each(
        lambda label, name: f"<a href='/paper.php?d=2026-11-26&amp;p={int(label)}'>第{label}版：{name}</a>"
    )
    older = "<a href='/paper.php?d=2026-11-25&amp;p=1'>上一期</a><a href=/login>登录</a>"
    made = _plain(Made("/"), listed + older, "/paper.php?d=2026-11-26&p={place}", "/show.php?id={n}00")
    made.pages["/"] = made.pages["/paper.php?d=2026-11-26&p=1"]
    return made


def by_folder() -> Made:
    """A system nobody has named: 2026-11-26/2/index.html, 2026-11-26/2/detail-300.html."""
    made = Made("/", moved={"/": "/2026-11-26/1/index.html"}, labels={label: label[1:] for label in SHEETS})
    listed = _each(
        lambda label, name: f"<a href='/2026-11-26/{int(label)}/index.html'>{int(label)}版：{name}</a>"
    )
    return _plain(made, listed, "/2026-11-26/{place}/index.html", "/2026-11-26/{place}/detail-{n}00.html")


def _plain(made: Made, listed: str, page: str, article: str) -> Made:
    """Pages with the list of pages and a list of headlines, at addresses of these forms."""
    for label, (_, numbers) in SHEETS.items():
        place = int(label)
        rows = "".join(
            f"<li><a href='{article.format(n=n, place=place).replace('&', '&amp;')}'>{TITLES[n]}</a></li>"
            for n in numbers
        )
        at = page.format(label=made.labels.get(label, label), place=place)
        made.pages[at] = _html(f"<p>{PRINTED}</p><div>{listed}</div><ul>{rows}</ul>")
        for n in numbers:
            made.pages[article.format(n=n, place=place)] = _html(
                f"<h1>{TITLES[n]}</h1><div class=x1><p>{body(n)}</p></div>", TITLES[n]
            )
    return made


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _shell(script: str) -> str:
    return _html(f"<div id=app></div><script>{script}</script>")


def answers_of_answers() -> Made:
    """A list of pages, an answer a page with its articles' ids, an answer an article; a script puts the addresses together."""
    script = (
        "var d=today();$.getJSON('/api/issue/'+d+'.json',draw);function p(n){return $.getJSON('/api/page/'+d+'/'+n+'.json')}"
        "function a(id){return fetch('/api/article/'+id+'.json')}"
    )
    made = Made(
        "/", {"/": _html("<div id=app></div><script src='/js/app.js'></script>"), "/js/app.js": script}
    )
    listed = [{"no": label, "name": name} for label, (name, _) in SHEETS.items()]
    made.pages["/api/issue/2026-11-26.json"] = _json({"paper": PAPER, "date": "2026-11-26", "pages": listed})
    for label, (_, numbers) in SHEETS.items():
        made.pages[f"/api/page/2026-11-26/{label}.json"] = _json(
            {"no": label, "articles": [{"id": n, "title": TITLES[n]} for n in numbers]}
        )
        for n in numbers:
            made.pages[f"/api/article/{n}.json"] = _json(
                {"id": n, "title": TITLES[n], "content": f"<p>{body(n)}</p>"}
            )
    return made


def _whole_issue() -> list[dict[str, object]]:
    return [
        {
            "layoutNo": label,
            "layoutName": name,
            "articles": [{"id": n, "title": TITLES[n], "content": f"<p>{body(n)}</p>"} for n in numbers],
        }
        for label, (name, numbers) in SHEETS.items()
    ]


def held_in_the_page() -> Made:
    """The whole edition lies in a script of the page."""
    data = {"paperName": PAPER, "date": "2026-11-26", "layouts": _whole_issue()}
    return Made("/", {"/": _shell(f"window.__STATE__ = {_json(data)};")})


def asked_with_a_date() -> Made:
    """An answer at an address without a name of a file; its articles are pages."""
    pages = [
        {
            "pageNo": label,
            "pageName": name,
            "list": [{"id": n, "title": TITLES[n], "url": f"/a.html?id={n}"} for n in numbers],
        }
        for label, (name, numbers) in SHEETS.items()
    ]
    made = Made("/", {"/": _shell("axios.get('/api/paper?date=' + date).then(draw)")})
    made.pages["/api/paper?date=2026-11-26"] = _json(
        {"code": 0, "data": {"paperDate": "2026-11-26", "list": pages}}
    )
    for n, title in TITLES.items():
        made.pages[f"/a.html?id={n}"] = _html(
            f"<h1>{title}</h1><div class=content><p>{body(n)}</p></div>", title
        )
    return made


def asked_with_a_form() -> Made:
    """Only a form is answered, with the day in the field the script names."""
    made = Made("/", {"/": _shell("$.ajax({url:'/uv/issue/day',type:'POST',data:{paperDate:d}})")})
    made.pages["POST /uv/issue/day"] = _json(
        {"data": {"periodTime": "2026-11-26", "editions": _whole_issue()}}
    )
    return made


MADE: dict[str, Callable[[], Made]] = {
    maker.__name__: maker
    for maker in (
        frames,
        pressed_blocks,
        bare_columns,
        lettered_files,
        letter_after_number,
        drawn_areas,
        by_query,
        by_folder,
        answers_of_answers,
        held_in_the_page,
        asked_with_a_date,
        asked_with_a_form,
    )
}
