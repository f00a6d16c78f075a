"""Plain text in the encodings that Chinese text comes in."""

from __future__ import annotations

import re

from store.errors import EmptySource, UnreadableFile
from store.models import PageText

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
)
"""The characters that half of any Chinese text is made of: a wrong decoding has hardly any of them."""


def decode(data: bytes) -> str:
    """Bytes → text: by byte order mark, else UTF-8, else UTF-16 without a mark, else GB18030 or Big5.

    Raises UnreadableFile when it is no text, EmptySource when nothing is there.
    """
    if not data.strip(b"\0\t\r\n \x0c"):
        raise EmptySource("The file is empty.")
    if data.startswith(_PICTURES):
        raise UnreadableFile("It is a picture, not text: run OCR on it first and give the text.")
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableFile("It is a packed file (zip, docx …): unpack it or export it as text.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableFile(
                    f"It claims to be {encoding} but is damaged at byte {error.start}."
                ) from error
    try:
        found = data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = _legacy(data, error)
    if "\0" in found and (found.count("\0") * 20 > len(found) or likeness(found) < 0.15):
        wide = _utf16(data)
        if wide is None:
            raise UnreadableFile("It is not text (a program or another binary file?).")
        return wide
    return found.replace("\0", "")  # a stray NUL is what a tool left, and ends strings in SQL


def lines(text: str) -> tuple[str, ...]:
    """The text's lines without their ends."""
    found = _LINE_END.split(text)
    if found and not found[-1]:
        found.pop()
    return tuple(found)


def read(data: bytes, *, name: str) -> list[PageText]:
    """A text file is one page."""
    return [PageText(lines=lines(decode(data)), format="text")]


def _legacy(data: bytes, error: UnicodeDecodeError) -> str:
    candidates = []
    for encoding in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        candidates.append((likeness(text), text))
    best = max(candidates, default=(0.0, ""))
    if best[0] >= 0.15:
        return best[1]
    # One wrong byte in a UTF-8 page must not lose the page: the damage shows as U+FFFD.
    mended = data.decode("utf-8", "replace")
    damaged = mended.count("\ufffd")
    if damaged * 20 <= len(mended):
        return mended
    raise UnreadableFile(
        f"It is not text in UTF-8, GB18030, Big5 or UTF-16 (byte {error.start} is {data[error.start]:#04x})."
    ) from error


def _utf16(data: bytes) -> str | None:
    best = (0.15, "")
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        best = max(best, (likeness(text), text))
    return best[1] or None


def likeness(text: str) -> float:
    """How much of the text (its first part) is what any Chinese text is made of, from 0 to 1."""
    sample = [character for character in text[:20_000] if not character.isspace()]
    if not sample:
        return 0.0
    good = sum(
        character in _COMMON or "0" <= character <= "9" or character in "，。、：；！？“”（）"
        for character in sample
    )
    return good / len(sample)
