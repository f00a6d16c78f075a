"""A PDF page written by hand: text at given places in a Chinese font that no file holds.

The font is named, not embedded (STSong-Light with Adobe's GB1 character collection, which every PDF reader must know), so
that the tests need no font on the machine. Full-width characters are one em wide, as in any Chinese font.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field


@dataclass
class Sheet:
    """A page in points, origin at the top left, to be filled from anywhere; there is room below its height."""

    width: float = 595.0
    height: float = 842.0
    content: list[str] = field(default_factory=list)

    def text(self, left: float, top: float, size: float, words: str, *, scale: float = 1.0) -> None:
        """Words on one line; `top` is the top of the em square. `scale` sets them in a smaller font, enlarged by the matrix."""
        # Without the font's outlines PDFium measures a text from its first to its last character, and leaves out what has
        # no width: a blank behind a lone character keeps it.
        words = words + "\u3000" if len(words) == 1 else words
        baseline = self.height - top - 0.88 * size
        codes = words.encode("utf-16-be").hex()
        self.content.append(
            f"BT /F1 {size / scale:.2f} Tf {scale} 0 0 {scale} {left:.2f} {baseline:.2f} Tm <{codes}> Tj ET"
        )

    def picture(self, left: float, top: float, width: float, height: float) -> None:
        """A grey picture."""
        self.content.append(
            f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {self.height - top - height:.2f} cm /Im1 Do Q"
        )


def pdf(sheets: list[Sheet], *, encrypt: bool = False) -> bytes:
    """The sheets as one PDF file; `encrypt` marks it as locked by an owner's and a reader's password."""
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body if isinstance(body, bytes) else body.encode("latin-1"))
        return len(objects)

    def stream(head: str, data: bytes) -> bytes:
        return f"<< {head} /Length {len(data)} >>\nstream\n".encode("latin-1") + data + b"\nendstream"

    descriptor = add(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    cid = add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
        f" /FontDescriptor {descriptor} 0 R >>"
    )
    font = add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [{cid} 0 R] >>"
    )
    image = add(
        stream(
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
            b"\x99",
        )
    )
    tree = len(objects) + 1 + 2 * len(sheets)
    kids = []
    for sheet in sheets:
        content = add(
            stream("/Filter /FlateDecode", zlib.compress("\n".join(sheet.content).encode("latin-1")))
        )
        kids.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 -400 {sheet.width} {sheet.height}] /Contents {content} 0 R"
                f" /Resources << /Font << /F1 {font} 0 R >> /XObject << /Im1 {image} 0 R >> >> >>"
            )
        )
    add(f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>")
    catalog = add(f"<< /Type /Catalog /Pages {tree} 0 R >>")
    lock = ""
    if encrypt:
        # Passwords that fit no key: a reader that knows none must be turned away.
        key = add(f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>")
        lock = f" /Encrypt {key} 0 R /ID [<{'00' * 16}> <{'00' * 16}>]"
    out = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return (
        out
        + f"trailer << /Size {len(objects) + 1} /Root {catalog} 0 R{lock} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
