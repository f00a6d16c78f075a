"""Names in bylines and credits: who reported, who wrote in, who took the picture.

Recognises a line, the tail of a paragraph or the bracket after 本报讯; whether it is used is the assembly's decision.
"""

from __future__ import annotations

import re

from store.chinese import words
from store.chinese.names import ALSO_WORDS, COMPOUND_SURNAMES, FREQUENT_SURNAMES, MEDIA, PAPERS, SURNAMES
from store.models import Byline
from store.pages.characters import BLANKS, HAN

_PAPER = rf"(?:{MEDIA}|中央人民广播电台|[{HAN}]{{2,6}}(?:{PAPERS}|广播电台|电视台|融媒体中心|融媒))?"
_MODE = r"(?:全媒体|融媒体|融媒|首席|特约|特派|见习|实习|驻[^ 　]{1,8}|本报|通讯|摄影)*"
_REPORTER = rf"(?:{_PAPER}[ 　]*{_MODE}记者|{_PAPER}[ 　]*评论员|实习生|作者|读者|市民|网友|文字|撰文|采写)"
_CORRESPONDENT = r"(?:本报|本网)?(?:特约|骨干)?(?:通讯员|特约撰稿人|撰稿人?)"
_PHOTOGRAPHER = r"(?:摄影记者|摄影|图片|供图|拍摄)"
_NAME = rf"[{HAN}][ 　]?[{HAN}·]{{1,3}}|[{HAN}]{{2,3}}·[{HAN}]{{2,5}}"
_ROLE = re.compile(rf"({_PHOTOGRAPHER}(?!报道))|({_CORRESPONDENT})|({_REPORTER})")
_SPLIT = re.compile(rf"[ 　\t、，,；;/／|&]+|(?<=[{HAN}]{{2}})和(?=[{HAN}]{{2}})")
"""Between names; 和 is a surname and a syllable of names too, so it parts only what is long enough on both sides."""
_NOISE = re.compile(
    r"(?:摄影报道|摄影|图文|图/文|文/图|图\|文|文图|图片|摄制|供图|供稿|报道|整理|编译|翻译|综合|电|讯|：|:|[（）()□◎○●■◆▲△【】\[\]])"
)
_PICTURE = re.compile(r"文[/／]?[图摄]|图[/／]?文|摄影报道|撰文摄影|图文报道")
_CREDIT_TAIL = re.compile(r"(?:摄影报道|摄|供图|资料图片?|图)$")

LEAD = re.compile(
    rf"^(?:据|综合)?(?:{MEDIA}|[{HAN}]{{2,5}}(?:{PAPERS}))"
    rf"(?:[ 　]?[{HAN}]{{1,8}})?(?:[ 　]?\d{{1,4}}年)?(?:[ 　]?\d{{1,2}}月[ 　]?\d{{1,2}}日)?[ 　]*"
    rf"(?:综合)?(?:消息|专讯|专电|讯|电|报道|(?=[（(][^）)]{{0,24}}记者))[ 　]*(?P<names>[（(][^（）()]{{2,80}}[）)])?"
)
"""本报讯（记者 …）, 新华社北京1月2日电（记者 …）: how a report opens."""

_DISPATCH = re.compile(r"^[【〔［\[](?:[^】〕］\]]{0,20}(?:讯|电|消息|报道))[】〕］\]]")
"""【新华社北京1月2日电】, 〔本报讯〕: the opening of a report in brackets."""
_PLACED = re.compile(r"^【[^】]{1,14}】(?=[^】【]{8})")
"""【云溪镇】…: a brief that opens with its place or matter."""

_LEAD_NAMES = re.compile(
    rf"^.{{0,40}}?(?:讯|电|消息)?[ 　]*(?P<names>{_REPORTER}[{HAN}·、，, 　]{{2,40}}?)报道[：:]"
)
_OWN = re.compile(
    rf"^[□◎○●■◆▲△【（(\[ 　]*(?:(?:{_REPORTER}|{_CORRESPONDENT}|{_PHOTOGRAPHER})[ 　：:/／]*)"
    rf"(?:[{HAN}·]{{1,4}}(?:[ 　、，,/／]+|$|(?=[（(）)】\]])|(?={_MODE}记者|{_CORRESPONDENT}|摄)))"
    rf"[{HAN}· 　、，,/／:：（）()]{{0,60}}[ 　】）)\]]*$"
)
_GLUED = re.compile(rf"^[□◎○●■◆▲△【（(\[ 　]*(?:读者|市民|网友|作者|文字|撰文|采写)(?P<name>[{HAN}]{{2,4}})")
"""A role that is an everyday word, and what stands right behind it."""
_PAIR = re.compile(
    rf"(?P<names>[{HAN}· 　、，,]+?)[ 　]*(?:[/／|][ 　]*(?P<part>文图|图文|文字|撰文|文|图|摄影|摄)|(?<=[ 　])(?P<bare>文|图|摄))(?=[ 　]|$)"
)
"""A name with its part behind it: 谭知远 / 文 凌 霄 / 图."""
_ORIGIN = re.compile(
    rf"^(?:[{HAN}]{{1,12}}(?:[县市区旗州盟镇乡村]|中学|小学|学校|大学|学院|医院|[委局办部院站社厂处科]|公司|中心|监委|协会|银行|支行|支队|大队|法院|街道)|[{HAN}]县)[ 　]+(?=[{HAN}])"
)
"""Where a writer comes from, in front of the name: 飞檐镇 谭知远."""
_SLASH = re.compile(
    rf"^[（(]?(?:文|图|撰文|摄影|文字|图文|文图)[/／：: 　]+(?:{_NAME}).{{0,30}}$|^(?:{_NAME})[/／](?:文|图|文图|图文|摄).{{0,20}}$"
)
_PICTURED = re.compile(r"[ 　]*(?:文[/／]?[图摄]|图[/／]?文|摄影报道|撰文摄影)$")
_SUPPLIER = re.compile(rf"^[（(]?[{HAN}]{{2,16}}(?:提供|供稿|供图|宣)[）)]?$")
_CREDIT = re.compile(
    rf"^[（(]?(?:图片由)?(?:{_REPORTER}|{_CORRESPONDENT}|{_PHOTOGRAPHER}|[{HAN}]{{2,12}}(?:社|中心))?[ 　：:/／]*(?:[{HAN}·]{{1,4}}[ 　、，,]?){{1,6}}[ 　]*"
    rf"(?:（[^（）]{{1,12}}）)?[ 　]*(?:文[/／]图|图[/／]文|文图)?[ 　/／]*(?:摄影报道|摄影|摄|供图|提供|(?<!的)报道)[）)]?$"
)
_CREDIT_HEAD = re.compile(
    rf"^(?:图[/／]?文|文[/／]图|图文|摄影|图)[ 　：:/／]+(?:[{HAN}·]{{1,4}}[ 　、，,]*){{1,4}}$"
)
"""图／文 and names: a credit with its word in front."""
_STOCK = re.compile(
    r"^[（(]?(?:资料照片|资料图片?|效果图|图片来自网络|图片由.{2,16}提供|新华社发|本报资料(?:图|照)片?)(?:[ 　]*[（(].{1,12}[）)])?[）)]?$"
)


WORD, RARE_WORD = 900, 400
"""So frequent in the dictionary's corpus is a word that is no name, after a frequent surname and after another."""
GLUED_WORD = 50
"""The same right behind a role that is an everyday word itself: 读者来信 is a column, 读者王小满 a reader."""


def opens_report(text: str) -> bool:
    """Whether a report opens here: 本报讯, 新华社…电, also in brackets."""
    head = text[:160]
    return bool(LEAD.match(head) or _DISPATCH.match(head))


def opens_brief(text: str) -> bool:
    """Whether a brief opens here with its place in brackets; one alone may be a part of something else."""
    return bool(_PLACED.match(text[:40]))


def is_name(text: str) -> bool:
    """Whether the text, blanks aside, can be a person's name in Chinese."""
    bare = text.replace(" ", "").replace("\u3000", "")
    if not 2 <= len(bare) <= 4 or not all("一" <= c <= "鿿" for c in bare):
        return "·" in bare and 4 <= len(bare) <= 10 and all("一" <= c <= "鿿" or c == "·" for c in bare)
    if not _NO_NAME.isdisjoint(bare[1:]):
        return False
    if bare[:2] in COMPOUND_SURNAMES:
        return len(bare) >= 3
    if bare[0] not in SURNAMES or (len(bare) > 3 and bare[1] not in FREQUENT_SURNAMES):
        return False
    # The dictionary's veto: two characters that are an everyday word (高兴, 和平, 安全) name nobody by themselves.
    return len(bare) > 2 or words.frequency(bare) < (WORD if bare[0] in FREQUENT_SURNAMES else RARE_WORD)


def split_names(text: str, *, loose: bool = False) -> tuple[str, ...]:
    """The names in a run of names: parted by blanks or commas, with an inner blank (王 芳), or run together.

    `loose`: a role stands before them, so rarer surnames may part names run together too.
    """
    names: list[str] = []
    single = ""
    for token in _SPLIT.split(_NOISE.sub(" ", text).strip(BLANKS)):
        token = token.strip(BLANKS)
        if not token:
            continue
        if len(token) == 1:
            if not single and names and len(names[-1]) == 2 and token not in SURNAMES:
                names[-1] += token
            elif single:
                names.append(single + token)
                single = ""
            elif token in SURNAMES or not names:
                single = token
            continue
        if single:
            if len(token) <= 2 and not (token[0] in SURNAMES and len(token) == 2 and len(names) > 1):
                token = single + token
            single = ""
        names.extend(_part(token, loose=loose))
    return tuple(dict.fromkeys(name for name in names if 2 <= len(name) <= 10))


def _part(token: str, *, loose: bool = False) -> list[str]:
    """Names run together (梁立夏陆三川) parted at surnames."""
    if len(token) <= 4 or "·" in token:
        if (
            len(token) == 4
            and "·" not in token
            and token[:2] not in COMPOUND_SURNAMES
            and token[2] in SURNAMES
            and token[0] in SURNAMES
            and token[1] not in SURNAMES
        ):
            return [token[:2], token[2:]]
        return [token]
    if len(token) > 24:
        return []
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for end in range(2, len(token) + 1):
        for size in (3, 2, 4):
            start = end - size
            if start in best and (
                token[start] in FREQUENT_SURNAMES
                or token[start : start + 2] in COMPOUND_SURNAMES
                or (loose and token[start] in SURNAMES)
            ):
                cost = (
                    best[start][0]
                    + {3: 0.0, 2: 0.7, 4: 0.1 if token[start : start + 2] in COMPOUND_SURNAMES else 2.0}[size]
                )
                if end not in best or cost < best[end][0]:
                    best[end] = (cost, [*best[start][1], token[start:end]])
    return best[len(token)][1] if len(token) in best else []


def parse_names(raw: str) -> Byline:
    """A byline or credit as printed, its names by what they did."""
    inner = _without_origin(raw.strip(BLANKS + "（）()【】[]□◎○●■◆▲△")).replace("／", "/")
    parts = _by_parts(inner)
    if parts:
        return Byline(raw.strip(BLANKS), parts[0], (), parts[1])
    roles = list(_ROLE.finditer(inner))
    reporters: list[str] = []
    correspondents: list[str] = []
    photographers: list[str] = []
    credit = (bool(_CREDIT_TAIL.search(inner)) and not _SUPPLIER.match(inner)) or inner.endswith(("供图",))
    spans: list[tuple[re.Match[str] | None, int, int]] = [
        (None, 0, roles[0].start() if roles else len(inner))
    ]
    for i, found in enumerate(roles):
        spans.append((found, found.end(), roles[i + 1].start() if i + 1 < len(roles) else len(inner)))
    for role, start, end in spans:
        segment = inner[start:end]
        if role is None and _SUPPLIER.match(segment) and not credit:
            continue
        if role is None and re.search(r"(?:社|中心|提供)$", segment):
            continue
        names = split_names(
            re.sub(r"^[：:/／ 　]+|摄$", "", re.sub(r"新华社发?|中新社发?|本报", " ", segment)),
            loose=role is not None,
        )
        names = tuple(name for name in names if not re.search(r"报$|社$|文图$|资料|照片|提供", name))
        if role is not None and role.group(1):
            photographers += names
        elif role is not None and role.group(2):
            (photographers if credit and role is roles[-1] else correspondents).extend(names)
            if credit and role is roles[-1] and _PICTURE.search(inner):
                correspondents += names
        elif credit and (role is None or role is roles[-1]):
            photographers += names
            if _PICTURE.search(inner):
                reporters += names
        else:
            reporters += names
            if _PICTURE.search(segment) or (_PICTURE.match(inner) and len(roles) <= 1):
                photographers += names
    return Byline(
        raw.strip(BLANKS), *(tuple(dict.fromkeys(n)) for n in (reporters, correspondents, photographers))
    )


def _without_origin(text: str) -> str:
    """A byline without the place or office in front of its name."""
    match = _ORIGIN.match(text)
    return text[match.end() :] if match and not _ROLE.search(text) else text


def _by_parts(inner: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Who wrote and who took the pictures, where each name has its part behind it; None where it is not so."""
    if _PICTURE.search(inner) or not re.search(r"文|图", inner):
        return None
    found = list(_PAIR.finditer(inner))
    if len(found) < 2 or found[-1].end() < len(inner):
        return None
    writers: list[str] = []
    pictured: list[str] = []
    for match in found:
        part = match.group("part") or match.group("bare")
        names = split_names(_ROLE.sub(" ", match.group("names")).replace("本报", " "), loose=True)
        if not names:
            return None
        if "文" in part or part == "撰文":
            writers += names
        if "图" in part or "摄" in part:
            pictured += names
    return tuple(dict.fromkeys(writers)), tuple(dict.fromkeys(pictured))


def read_own_line(text: str) -> bool:
    """Whether a line is nothing but a byline with a role in it (本报记者 …, 文/图 …, 某委提供)."""
    if len(text) > 70:
        return False
    if _OWN.match(text):
        glued = _GLUED.match(text)
        return not glued or (
            is_name(glued["name"])
            and glued["name"][0] not in ALSO_WORDS
            and words.frequency(glued["name"]) < GLUED_WORD
        )
    if _SLASH.match(text):
        return True
    bare = text.strip(BLANKS + "（）()□◎○●■◆▲△")
    if _PICTURED.search(bare):
        return is_bare_names(_PICTURED.sub("", bare))
    role = _ROLE.match(bare)
    return (
        bool(role) and len(bare) <= 24 and len(_part(bare[role.end() :].strip(BLANKS), loose=True)) > 1
        if role
        else False
    )


def is_supplier(text: str) -> bool:
    """Whether the text names who supplied the article (市纪委监委提供)."""
    return len(text) <= 20 and bool(_SUPPLIER.match(text))


def is_bare_names(text: str) -> bool:
    """Whether a line is nothing but names of persons, one to four of them."""
    bare = _without_origin(text.strip(BLANKS + "（）()□◎○●■◆▲△"))
    if not 2 <= len(bare) <= 24:
        return False
    tokens = [t for t in re.split(r"[ 　、，,]+", bare) if t]
    if (len(tokens) == 2 and all(len(t) == 1 for t in tokens)) or (len(tokens) == 2 and len(tokens[0]) == 1):
        return is_name("".join(tokens))
    merged = split_names(bare)
    return (
        0 < len(tokens) <= 8
        and len(merged) > 0
        and all(is_name(n) for n in merged)
        and sum(map(len, merged)) == len("".join(tokens))
    )


def is_credit(text: str) -> bool:
    """Whether a line is nothing but a picture's credit (张三 摄, 本报记者 李四 摄影报道, 资料照片)."""
    if len(text) > 48:
        return False
    if text[:1] in "图摄文" and _CREDIT_HEAD.match(text):
        return is_bare_names(re.sub(r"^(?:图[/／]?文|文[/／]图|图文|摄影|图)[ 　：:/／]+", "", text))
    if text.rstrip("）) \u3000")[-1:] not in _CREDIT_ENDS:
        return False
    return bool(_CREDIT.match(text) or _STOCK.match(text))


_CREDIT_ENDS = frozenset("摄影图供道报片发料果照络")
_NO_NAME = frozenset("了的是在不们吗呢啊着过吧么把被")
_NO_NAME_ENDS = frozenset('。！？!?…”’；;：:，,、."')
_TAIL_CREDIT = re.compile(
    rf"(?<=[。！？!?”」』）)])[ 　]*(?P<credit>[（(]?(?:{_REPORTER}|{_CORRESPONDENT}|{_PHOTOGRAPHER})?[ 　：:/／]*(?:[{HAN}·]{{1,4}}[ 　、，,]*){{1,6}}[ 　]*"
    rf"(?:文/图|图/文)?[ 　/／]*(?:摄影报道|摄影|摄|供图)[）)]?|[（(](?:资料照片|资料图片?|新华社发)[）)])$"
)
_TAIL_NAMES = re.compile(
    rf"(?<=.)[ 　]*(?P<names>[（(][^（）()]{{2,40}}[）)]|(?<=[。！？!?”…）)：:，,；;])[ 　]*[{HAN}· 　、，,]{{2,24}}|(?<=[^ 　])[ 　]+[{HAN}· 　、]{{2,12}})$"
)


def tail_credit(text: str) -> int:
    """Where a caption's credit begins at the end of its text; -1 where there is none."""
    if text.rstrip("）) \u3000")[-1:] not in _CREDIT_ENDS:
        return -1  # nearly every paragraph ends in a stop; the pattern would try each place of its tail
    base = max(0, len(text) - 60)
    match = _TAIL_CREDIT.search(text[base:])
    return base + match.start("credit") if match else -1


def tail_names(text: str) -> int:
    """Where a name or supplier that ends a body begins; -1 where there is none."""
    if text[-1:] in _NO_NAME_ENDS:
        return -1
    base = max(0, len(text) - 48)
    match = _TAIL_NAMES.search(text[base:])
    if not match:
        return -1
    found = match.group("names").strip(BLANKS)
    inner = found.strip("（）()")
    if is_bare_names(inner) or is_supplier(inner) or read_own_line(inner):
        return base + match.start("names")
    return -1


def lead_names(text: str) -> str:
    """The byline printed in the opening of a report: 记者 … of 本报讯（记者 …）; "" where there is none."""
    head = text[:130]
    match = LEAD.match(head)
    if match and match.group("names"):
        inner = match.group("names")[1:-1].strip(BLANKS)
        if "记者" in inner or "通讯员" in inner or is_bare_names(inner):
            return inner
    match = _LEAD_NAMES.match(head)
    return match.group("names").strip(BLANKS) if match else ""
