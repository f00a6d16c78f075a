"""Every family of e-paper systems in miniature. Each builder puts an edition on a site and returns the entry's path."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.sites.newsroom import Issue, Sheet, Story
from tests.sites.server import Site


def _area(story: Story, href: str, *, polygon: bool = True) -> str:
    if story.box is None:
        return ""
    left, top, right, bottom = story.box
    coords = f"{left},{top},{right},{top},{right},{top},{right},{bottom},{left},{bottom}"
    return f'<Area coords="{coords}" shape="polygon" href="{href}">'


def founder_old(
    site: Site, issue: Issue, *, focus: bool = False, tail: bool = True, root: str = "whrb"
) -> str:
    """方正经典: unquoted pageLink ids, tables, a map whose name differs in case, properties in a comment."""
    folder = f"{root}/html/{issue.day:%Y-%m/%d}"
    nodes = {sheet.label: f"node_{187 + number}.htm" for number, sheet in enumerate(issue.sheets)}

    def wide(prefix: str, sign: str) -> str:
        return "".join(
            f"<tr><td class=default>&nbsp;<a id=pageLink href={nodes[sheet.label]}>{prefix}{sheet.label}{sign}{sheet.name}</a></td>"
            f"<td nowrap width=55><a href=../../../page/186/{issue.day}/{sheet.label}/58{number}7{sheet.label}.pdf><img src=../../../tplimg/pdf.gif></a></td></tr>"
            for number, sheet in enumerate(issue.sheets)
        )

    others = [story for sheet in issue.sheets[1:] for story in sheet.stories[:1]]
    for number, sheet in enumerate(issue.sheets):
        rows = "".join(
            f'<tr><td valign=top><img src=x.gif></td><td><a href=content_{story.id}.htm?div=-1><div style="display:inline" id=mp{story.id}>{story.title}</div></a></td></tr>'
            for story in sheet.stories
        )
        today = ""
        if focus:
            entries = "".join(
                f"<tr><td><img src=x.gif></td><td><a href=content_{story.id}.htm?div=0><div id=mp{story.id}>{story.title}</div></a></td></tr>"
                for story in others
                if story not in sheet.stories
            )
            today = f"<table width=100%><tr><td><strong>今日关注</strong></td></tr></table><table cellspacing=0><tbody>{entries}</tbody></table>"
        following = issue.sheets[(number + 1) % len(issue.sheets)]
        properties = (
            f"<!--enpproperty <founder-date>{issue.day} 23:59:57</founder-date><founder-pagenum>{sheet.label}</founder-pagenum><founder-papername>{issue.paper}</founder-papername><founder-type>2</founder-type>/enpproperty-->"
            if tail
            else ""
        )
        site.put(
            f"{folder}/{nodes[sheet.label]}",
            f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>{issue.paper}</title></head>
<body onLoad="initialize()"><DIV id=pgn><UL>{"".join(f"<Li>&nbsp;<a id=pageLink href={nodes[one.label]}>{one.label}： {one.name}</a></Li>" for one in issue.sheets)}</UL></DIV>
<table><tr><td><MAP NAME="pagepicmap">{"".join(_area(story, f"content_{story.id}.htm") for story in sheet.stories)}</MAP>
<img src=../../../page/186/{issue.day}/{sheet.label}/5827.jpg border=0 USEMAP=#PagePicMap></td></tr></table>
<table><tr><td>第{sheet.label}版：<STRONG>{sheet.name}</STRONG></td><td><a class=preart href="{nodes[following.label]}">下一版</a></td></tr></table>
{today}<table><tr><td><TABLE><TBODY>{rows}</TBODY></TABLE></td></tr></table>
<table><tr><td><font> {issue.day.year} </font> 年 {issue.day.month} 月 {issue.day.day} 日　星期 <font>四</font></td></tr></table>
<table><tbody>{wide("第", "版：")}</tbody></table><a href="../../{issue.day.year - 1}-{issue.day:%m/%d}/node_1.htm">往期</a>
{properties}</body></html>""",
        )
        for story in sheet.stories:
            site.put(f"{folder}/content_{story.id}.htm", _founder_article(issue, sheet, story))
    front = nodes[issue.sheets[0].label]
    site.put(
        f"{root}/paperindex.htm",
        f'<HTML><HEAD><META HTTP-EQUIV="REFRESH" CONTENT="0; URL=html/{issue.day:%Y-%m/%d}/{front}?v=1"></HEAD><BODY></BODY></HTML>',
    )
    return f"/{root}/paperindex.htm"


def _founder_article(issue: Issue, sheet: Sheet, story: Story) -> str:
    picture = (
        f"<table id=newspic><tr><td><img src=../../../res/1/p{story.id}.jpg></td></tr><tr><td>{story.caption}</td></tr></table>"
        if story.caption
        else ""
    )
    body = "".join(f"<P>　　{line}</P>" for line in story.paragraphs)
    return f"""<html><head><title>{issue.paper}</title></head><body><a href=node_187.htm>第01版</a> <a href=content_1.htm>上一篇</a>
<table><tr><td class=font02>{story.kicker}</td></tr><tr><td class=font01><founder-title>{story.title}</founder-title></td></tr>
<tr><td class=font02>{story.subtitle}</td></tr><tr><td>{issue.printed}　第{sheet.label}版</td></tr></table>
{picture}<div id=ozoom><founder-content>{body}</founder-content></div><div>放大 缩小 默认</div>
<!--enpproperty <articleid>{story.id}</articleid><founder-date>{issue.day} 00:00:00</founder-date><founder-pagenum>{sheet.label}</founder-pagenum><founder-papername>{issue.paper}</founder-papername><founder-type>1</founder-type>/enpproperty--></body></html>"""


def founder_present(
    site: Site,
    issue: Issue,
    *,
    base: str = "whrb/pc/",
    focus: bool = False,
    tree: bool = False,
    pad: bool = True,
) -> str:
    """The present type: layout/YYYYMM/DD/node_NN.html, content apart, thumbnails, furniture inside #ozoom."""
    folder = f"{base}layout/{issue.day:%Y%m/%d}"
    content = f"{base}content/{issue.day:%Y%m/%d}"
    up = "../../../"
    others = [story for sheet in issue.sheets[1:] for story in sheet.stories[:2]]

    def link(story: Story) -> str:
        return f"{up}content/{issue.day:%Y%m/%d}/content_{story.id}.html"

    pages = "".join(
        f'<li><a href="node_{sheet.label}.html">{sheet.label}版：{sheet.name}</a><a href="{up}att/{issue.day:%Y%m/%d}/p{sheet.label}-8f2.pdf" class="pdf">PDF</a></li>'
        for sheet in issue.sheets
    )
    for sheet in issue.sheets:
        rows = "".join(f'<li><a href="{link(story)}">{story.title}</a></li>' for story in sheet.stories)
        listed = f'<div class="news-list"><ul>{rows}</ul></div>'
        if tree:
            listed = (
                '<div id="webtree">'
                + "".join(
                    f'<dl><dt><a href="node_{one.label}.html">{one.label}版 {one.name}</a></dt>'
                    + "".join(f'<dd><a href="{link(story)}">{story.title}</a></dd>' for story in one.stories)
                    + "</dl>"
                    for one in issue.sheets
                )
                + "</div>"
            )
        today = ""
        if focus:
            today = (
                '<div class="side"><h3>今日关注</h3><div class="news-list"><ul>'
                + "".join(
                    f'<li><a href="{link(story)}">{story.title}</a></li>'
                    for story in others
                    if story not in sheet.stories
                )
                + "</ul></div></div>"
            )
        phone = f'<a href="/pad/{folder}/node_{issue.sheets[0].label}.html">手机版</a>' if pad else ""
        text = f"""<!doctype html><html><head><title>{issue.paper}数字报</title></head><body>{phone}
<p class="date">{issue.printed}</p><div id="list"><ul>{pages}</ul></div>
<map name="PagePicMap">{"".join(_area(story, link(story)) for story in sheet.stories)}</map>
<img src="{up}att/{sheet.label}.jpg.2" usemap="#pagepicmap"><div class="now">第{sheet.label}版：{sheet.name}</div>{today}{listed}</body></html>"""
        site.put(f"{folder}/node_{sheet.label}.html", text)
        if sheet is issue.sheets[0]:
            moved = text.replace('href="node_', f'href="{issue.day:%Y%m/%d}/node_').replace(up, "../")
            site.put(f"{base}layout/index.html", moved)
        if pad:
            site.put(f"/pad/{folder}/node_{sheet.label}.html", "<p>这是手机版，不应当来这里。</p>")
        for story in sheet.stories:
            picture = (
                f'<div class="attachment"><img src="{up}att/p{story.id}.jpg.2"><p>{story.caption}</p></div>'
                if story.caption
                else ""
            )
            site.put(
                f"{content}/content_{story.id}.html",
                f"""<html><head><title>{story.title}</title></head><body><span id="paperdate">{issue.printed}</span><span id="layout">第{sheet.label}版：{sheet.name}</span>
<div class="attach">{picture}</div><div id="ozoom"><p id="PreTitle">{story.kicker}</p><h2 id="Title">{story.title}</h2><p id="SubTitle">{story.subtitle}</p><div id="Author">{story.author}</div>
<div class="share">分享到：微信</div><founder-content>{"".join(f"<p>　　{line}</p>" for line in story.paragraphs)}</founder-content><p>上一篇　下一篇</p></div></body></html>""",
            )
    return f"/{base}layout/index.html"


def founder_div(site: Site, issue: Issue, *, code: str = "whrb") -> str:
    """nbs.D110000…: a list of pages with a PDF each, an English month, h3/h1/h2/h4."""
    folder = f"{code}/html/{issue.day:%Y-%m/%d}"
    compact = f"{issue.day:%Y%m%d}"
    for sheet in issue.sheets:
        pages = "".join(
            f'<div class="right_title-name"><a href="nbs.D110000{code}_{one.label}.htm">{one.label}版:{one.name}</a></div><div class="right_title-pdf"><a href="../../../page/{issue.day:%Y-%m/%d}/{one.label}/{code}{compact}{one.label}.pdf"></a></div>'
            for one in issue.sheets
        )
        rows = "".join(
            f'<li><a href="nw.D110000{code}_{compact}_{number}-{sheet.label}.htm">{story.title}</a></li>'
            for number, story in enumerate(sheet.stories, 1)
        )
        areas = "".join(
            _area(story, f"nw.D110000{code}_{compact}_{number}-{sheet.label}.htm")
            for number, story in enumerate(sheet.stories, 1)
        )
        site.put(
            f"{folder}/nbs.D110000{code}_{sheet.label}.htm",
            f"""<html><head><title>{issue.paper}</title></head><body><div id="paperdatediv">{issue.day:%Y-%B-%d}</div><div>{issue.printed}</div>
<div class="ban_t"><li>{sheet.label}版:{sheet.name}</li></div><map name=PagePicMap>{areas}</map><div id="pageList"><ul>{pages}</ul></div>
<div id="titleList"><ul>{rows}</ul></div></body></html>""",
        )
        for number, story in enumerate(sheet.stories, 1):
            site.put(
                f"{folder}/nw.D110000{code}_{compact}_{number}-{sheet.label}.htm",
                f"""<html><body><div class="text_c"><h3>{story.kicker}</h3><h1>{story.title}</h1><h2>{story.subtitle}</h2><h4></h4>
<div class="lai"><b>《{issue.paper}》（{issue.printed} {sheet.label} 版）</b></div><div id="ozoom">{"".join(f"<P>　　{line}</P>" for line in story.paragraphs)}</div></div></body></html>""",
            )
    first = issue.sheets[0].label
    site.put(
        f"{code}/paperindex.htm",
        f'<meta http-equiv="refresh" content="0;url=html/{issue.day:%Y-%m/%d}/nbs.D110000{code}_{first}.htm">',
    )
    return f"/{code}/paperindex.htm"


def shtml(site: Site, issue: Issue, *, code: str = "whrb") -> str:
    """/shtml/PAPER/YYYYMMDD/vNN.shtml, numbered articles beside it, an index of editions."""
    folder = f"shtml/{code}/{issue.day:%Y%m%d}"
    for sheet in issue.sheets:
        pages = "".join(
            f'<li><a href="/{folder}/v{one.label}.shtml">第{one.label}版 {one.name}</a></li>'
            for one in issue.sheets
        )
        rows = "".join(
            f'<li><a href="/{folder}/{story.id}.shtml">{story.title}</a></li>' for story in sheet.stories
        )
        site.put(
            f"{folder}/v{sheet.label}.shtml",
            f"""<html><head><title>{issue.paper}</title></head><body><div class="top">{issue.paper} {issue.printed}</div>
<img src="/paperdata/{code}/{issue.day:%Y%m%d}/b_page_{sheet.label}.jpg"><ul class="bm">{pages}</ul><h4>第{sheet.label}版：{sheet.name}</h4><ul class="bt">{rows}</ul></body></html>""",
        )
        for story in sheet.stories:
            picture = (
                f'<div class="detPic"><img src="/paperdata/p{story.id}.jpg"><p>{story.caption}</p></div>'
                if story.caption
                else ""
            )
            site.put(
                f"{folder}/{story.id}.shtml",
                f'<html><body><h2 class="detConTit">{story.title}</h2>{picture}<div class="details">{"".join(f"<p>　　{line}</p>" for line in story.paragraphs)}</div></body></html>',
            )
    first = issue.sheets[0].label
    site.put(
        f"shtml/index_{code}.shtml",
        f'<html><body><ul><li><a href="/{folder}/v{first}.shtml">{issue.day}</a></li><li><a href="/shtml/{code}/20200102/v{first}.shtml">2020-01-02</a></li></ul></body></html>',
    )
    return f"/shtml/index_{code}.shtml"


def page_html(site: Site, issue: Issue, *, code: str = "whrb") -> str:
    """PAPER/YYYYMMDD/html/index.htm, page_NN.htm, page_NN_content_NNN.htm."""
    folder = f"{code}/{issue.day:%Y%m%d}/html"
    for number, sheet in enumerate(issue.sheets):
        pages = "".join(
            f'<li><a href="page_{one.label}.htm">第{one.label}版:{one.name}</a></li>' for one in issue.sheets
        )
        rows = "".join(
            f'<li><a href="page_{sheet.label}_content_{place:03d}.htm">{story.title}</a></li>'
            for place, story in enumerate(sheet.stories)
        )
        text = f"""<html><head><title>{issue.paper}</title></head><body><div class="riqi">{issue.printed}</div><h1>{issue.paper}</h1>
<ul id="pages">{pages}</ul><div class="bt">第{sheet.label}版：{sheet.name}</div><ul id="articles">{rows}</ul></body></html>"""
        site.put(f"{folder}/page_{sheet.label}.htm", text)
        if not number:
            site.put(f"{folder}/index.htm", text)
        for place, story in enumerate(sheet.stories):
            site.put(
                f"{folder}/page_{sheet.label}_content_{place:03d}.htm",
                f'<html><body><h1>{story.title}</h1><h3>{story.subtitle}</h3><div id="content">{"<br>".join("　　" + line for line in story.paragraphs)}</div></body></html>',
            )
    site.put(
        f"{code}/",
        f'<html><head><meta http-equiv="refresh" content="0;url={issue.day:%Y%m%d}/html/index.htm"></head></html>',
    )
    return f"/{code}/"


def paperindex(site: Site, issue: Issue, *, code: str = "whrb") -> str:
    """Two refreshes; number and name are two links to one page; articles in `daoxiang`, spelt Articel."""
    folder = f"{code}/content/{issue.day:%Y%m%d}"
    for number, sheet in enumerate(issue.sheets):
        pages = "".join(
            f"<LI>[<SPAN class=banci><A href=Page{one.label}NU.htm>{one.label}</A></SPAN>]:<A href=Page{one.label}NU.htm>{one.name}</A> <A href=../../PDF/{issue.day:%Y%m%d}/{one.label}.pdf>PDF</A>"
            for one in issue.sheets
        )
        following = issue.sheets[number + 1].label if number + 1 < len(issue.sheets) else "99"
        rows = "".join(
            f'<li><a daoxiang="Articel{sheet.label}{place:03d}NR.htm">{story.title}</a></li>'
            for place, story in enumerate(sheet.stories, 2)
        )
        site.put(
            f"{folder}/Page{sheet.label}NU.htm",
            f"""<HTML><HEAD><TITLE>{issue.paper}</TITLE></HEAD><BODY><div>{issue.paper}　{issue.printed}</div><UL>{pages}</UL>
<A href=Page{following}NU.htm>下一版</A><IMG src=Page{sheet.label}-1500.jpg><div class="listdaohang"><ul>{rows}</ul></div></BODY></HTML>""",
        )
        for place, story in enumerate(sheet.stories, 2):
            site.put(
                f"{folder}/Articel{sheet.label}{place:03d}NR.htm",
                f'<HTML><BODY><div class="neirong"><h3>{story.kicker}</h3><h2>{story.title}</h2><h4>{story.subtitle}</h4><span id="contenttext">{"".join(f"<p>　　{line}</p>" for line in story.paragraphs)}</span></div></BODY></HTML>',
            )
    site.put(
        f"{code}/content/PaperIndex.htm",
        f"<META HTTP-EQUIV='REFRESH' CONTENT='0; URL={issue.day:%Y%m%d}/IssueIndex.htm'>",
    )
    site.put(
        f"{folder}/IssueIndex.htm",
        f"<META HTTP-EQUIV='REFRESH' CONTENT='0; URL=Page{issue.sheets[0].label}NU.htm'>",
    )
    return f"/{code}/content/PaperIndex.htm"


def qpaper(site: Site, issue: Issue) -> str:
    """Html/DATE/Qpaper.html and Qpaper_ID.html; articles by number."""
    folder = f"Html/{issue.day}"
    names = {
        sheet.label: "Qpaper.html" if not number else f"Qpaper_{900 + number}.html"
        for number, sheet in enumerate(issue.sheets)
    }
    for sheet in issue.sheets:
        pages = "".join(
            f"<li><a href='{names[one.label]}'>{one.label}：{one.name}</a></li>" for one in issue.sheets
        )
        rows = "".join(f"<li><a href='{story.id}.html'>·{story.title}</a></li>" for story in sheet.stories)
        site.put(
            f"{folder}/{names[sheet.label]}",
            f"<html><head><title>{issue.paper}</title></head><body><p>{issue.printed}</p><div class='verpaper'><ul>{pages}</ul></div><div class='vertitle'><ul>{rows}</ul></div></body></html>",
        )
        for story in sheet.stories:
            site.put(
                f"{folder}/{story.id}.html",
                f"<html><body><table><tr><td class='title'>{story.title}</td></tr></table><div id='content'>{''.join(f'<p>　　{line}</p>' for line in story.paragraphs)}</div></body></html>",
            )
    site.put(
        "Html/index.html",
        f"<html><body><script>window.location.href='{issue.day}/Qpaper.html';</script></body></html>",
    )
    return "/Html/index.html"


def dated(site: Site, issue: Issue) -> str:
    """YYYY/YYYYMMDD/YYYYMMDD_PPP/YYYYMMDD_PPP.html."""
    compact = f"{issue.day:%Y%m%d}"
    for sheet in issue.sheets:
        part = f"{compact}_{int(sheet.label):03d}"
        pages = "".join(
            f'<a href="../{compact}_{int(one.label):03d}/{compact}_{int(one.label):03d}.html">第{one.label}版：{one.name}</a>'
            for one in issue.sheets
        )
        rows = "".join(
            f'<li><a href="whrb_{compact}_{story.id}_{sheet.label}.html">{story.title}</a></li>'
            for story in sheet.stories
        )
        site.put(
            f"html/{issue.day.year}/{compact}/{part}/{part}.html",
            f"<html><head><title>{issue.paper}</title></head><body><div class='time'>{issue.printed}</div><div class='pages'>{pages}</div><ul class='list'>{rows}</ul></body></html>",
        )
        for story in sheet.stories:
            site.put(
                f"html/{issue.day.year}/{compact}/{part}/whrb_{compact}_{story.id}_{sheet.label}.html",
                f"<html><body><h1 class='title'>{story.title}</h1><div class='content'>{''.join(f'<p>{line}</p>' for line in story.paragraphs)}</div></body></html>",
            )
    first = f"{compact}_{int(issue.sheets[0].label):03d}"
    site.put(
        "html/index.html",
        f'<meta http-equiv="Refresh" content="0;URL={issue.day.year}/{compact}/{first}/{first}.html">',
    )
    return "/html/index.html"


def default_htm(site: Site, issue: Issue) -> str:
    """html/YYYY/MM/DD/01/default.htm and NN_ID.htm."""
    folder = f"whrb/html/{issue.day:%Y/%m/%d}"
    for sheet in issue.sheets:
        pages = "".join(
            f'<li><a href="../{one.label}/default.htm">第{one.label}版：{one.name}</a></li>'
            for one in issue.sheets
        )
        rows = "".join(
            f'<li><a href="{sheet.label}_{story.id}.htm">{story.title}</a></li>' for story in sheet.stories
        )
        site.put(
            f"{folder}/{sheet.label}/default.htm",
            f"<html><head><title>{issue.paper}</title></head><body><p>{issue.printed}</p><ul>{pages}</ul><ul class=list>{rows}</ul></body></html>",
        )
        for story in sheet.stories:
            site.put(
                f"{folder}/{sheet.label}/{sheet.label}_{story.id}.htm",
                f"<html><body><h1>{story.title}</h1><div id=zoom>{''.join(f'<p>{line}</p>' for line in story.paragraphs)}</div></body></html>",
            )
    site.put(
        "whrb/html/",
        f'<meta http-equiv="refresh" content="0;url={issue.day:%Y/%m/%d}/{issue.sheets[0].label}/default.htm">',
    )
    return "/whrb/html/"


def spa(site: Site, issue: Issue) -> str:
    """A shell whose script names a JSON with the whole issue."""
    paper = {
        "paperName": issue.paper,
        "paperDate": issue.day.isoformat(),
        "paperInfo": [
            {
                "paperNumber": sheet.label,
                "paperBk": sheet.name,
                "xyList": [
                    {
                        "id": story.id,
                        "title": story.title,
                        "title2": story.subtitle,
                        "guideTitle": story.kicker,
                        "author": story.author,
                        "content": "".join(f"<p>{line}</p>" for line in story.paragraphs),
                    }
                    for story in sheet.stories
                ],
            }
            for sheet in issue.sheets
        ],
    }
    site.put(
        f"_szb/whrb/{issue.day:%Y/%m/%d}/index.json",
        json.dumps(paper, ensure_ascii=False),
        kind="application/json",
    )
    site.put(
        "static/app.js",
        "fetch(`/_szb/whrb/${year}/${month}/${day}/index.json`).then(show)",
        kind="text/javascript",
    )
    site.put(
        "szb/",
        f"<!doctype html><html><head><title>{issue.paper}</title><script src='/static/app.js'></script></head><body><div id='app'></div></body></html>",
    )
    return "/szb/"


def data_json(site: Site, issue: Issue) -> str:
    """data.json with links to article pages, <br/> in titles."""
    compact = f"{issue.day:%Y%m%d}"
    listed = [
        {
            "pageNo": f"{int(sheet.label):03d}",
            "pageName": sheet.name,
            "issueDate": issue.day.isoformat(),
            "pageBigImgPath": f"/img/{sheet.label}.jpg",
            "onePageArticleList": [
                {
                    "mainTitle": story.title[:4] + "<br/>" + story.title[4:],
                    "articleHref": f"{compact}_{int(sheet.label):03d}/c_{story.id}.html",
                }
                for story in sheet.stories
            ],
        }
        for sheet in issue.sheets
    ]
    site.put(
        f"html/{issue.day.year}/{compact}/data.json",
        json.dumps(listed, ensure_ascii=False),
        kind="application/json",
    )
    for sheet in issue.sheets:
        for story in sheet.stories:
            site.put(
                f"html/{issue.day.year}/{compact}/{compact}_{int(sheet.label):03d}/c_{story.id}.html",
                f"<html><body><h1>{story.title}</h1><div class='content'>{''.join(f'<p>{line}</p>' for line in story.paragraphs)}</div></body></html>",
            )
    site.put(
        "",
        f"<html><head><title>{issue.paper}</title></head><body><div id=root></div><script>var x='data.json'</script></body></html>",
    )
    return "/"


Builder = Callable[..., str]
BUILDERS: dict[str, Builder] = {
    "founder-old": founder_old,
    "founder-present": founder_present,
    "founder-div": founder_div,
    "shtml": shtml,
    "page-html": page_html,
    "paperindex": paperindex,
    "qpaper": qpaper,
    "dated": dated,
    "default-htm": default_htm,
    "json": spa,
}


def build(site: Site, family: str, issue: Issue, **facts: Any) -> str:
    """Put an edition of a family on a site; the entry's path."""
    return BUILDERS[family](site, issue, **facts)


def on(day: date, issue: Issue) -> Issue:
    """The same edition on another day."""
    return Issue(issue.paper, day, issue.sheets)
