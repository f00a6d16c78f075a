"""The only way out to the network: polite, bounded, and only to hosts that are trusted.

One request at a time a host, with the pause the operator or the site's robots.txt asks for; conditional where the site
gave a validator before; 429 and 5xx are asked again later, 404 and 403 are not. Every promise of docs/sources.md about
manners is kept here, so nothing else may import httpx.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import httpx

from store.sources.documents import Document, decode
from store.sources.errors import NotAnswered, Refused
from store.sources.records import Kept
from store.sources.robots import EVERYTHING, Robots, read_robots
from store.sources.trust import Trust

VERSION = "0.1"
PAGE_BYTES = 4_000_000
"""Real e-paper pages have 10 to 300 kB; what is over this is no page."""
FILE_BYTES = 120_000_000
"""A page's PDF."""
ROBOTS_BYTES = 512_000
"""RFC 9309 asks to read at least 500 KiB."""
REDIRECTS = 5
TRIES = 3
LONGEST_WAIT_SECONDS = 60.0
"""A site that asks for a longer pause is left alone until the next run."""
MOST_SILENCES = 3
"""Questions in a row without an answer in time, after which a host is left alone until the next run."""
_BUSY = frozenset({429, 500, 502, 503, 504})
_MEANINGS = {
    401: "the site wants a password (401)",
    403: "the site refuses us (403)",
    404: "there is no such page (404)",
    410: "the page is gone (410)",
    429: "the site asks to be left alone for a while (429)",
}


class Cache(Protocol):
    """Where answers with validators are kept (store/tables/sources.py)."""

    def get(self, url: str) -> Kept | None:
        """The answer kept for an address."""

    def put(self, kept: Kept) -> None:
        """Keep an answer."""


class NoCache:
    """Keeps nothing."""

    def get(self, url: str) -> Kept | None:
        """Nothing."""

    def put(self, kept: Kept) -> None:
        """Forget it."""


@dataclass
class Manners:
    """How to behave, and the clock to behave by (tests bring their own)."""

    contact: str = ""
    delay_seconds: float = 1.0
    timeout_seconds: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic

    @property
    def agent(self) -> str:
        """Our name. Many e-paper hosts refuse names that do not begin like a browser's."""
        contact = f"; +{self.contact}" if self.contact else ""
        return f"Mozilla/5.0 (compatible; Baozhai/{VERSION}{contact})"


@dataclass
class _Host:
    """What is known of a host in this process."""

    lock: Lock = field(default_factory=Lock)
    robots: Robots | None = None
    free_at: float = 0.0
    closed: str = ""
    silences: int = 0


class Client:
    """Asks one site's pages.

    `asked` counts the requests made. Several clients of one process share the hosts' pauses when given the same `hosts`.
    """

    def __init__(
        self,
        trusted: Trust,
        manners: Manners,
        *,
        cache: Cache | None = None,
        transport: httpx.BaseTransport | None = None,
        hosts: dict[str, _Host] | None = None,
    ) -> None:
        self.trusted, self.manners = trusted, manners
        self.cache: Cache = cache or NoCache()
        self.asked = 0
        self.newest_change: datetime | None = None
        self._hosts = {} if hosts is None else hosts
        self._http = httpx.Client(
            headers={
                "User-Agent": manners.agent,
                "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5",
                "Accept-Language": "zh-CN,zh;q=0.9",
            },
            timeout=httpx.Timeout(min(manners.timeout_seconds, 30.0)),
            follow_redirects=False,
            trust_env=False,
            transport=transport,
        )

    def close(self) -> None:
        """End the connections."""
        self._http.close()

    def get(self, url: str, *, limit: int = PAGE_BYTES, json: bool = False) -> Document:
        """The page at an address, after redirects. Raises Refused or NotAnswered."""
        return self._walk(url, limit=limit, headers={"X-Requested-With": "XMLHttpRequest"} if json else {})

    def post(self, url: str, data: dict[str, str]) -> Document:
        """The answer to a form, as the page's own script would send it. Raises Refused or NotAnswered."""
        return self._walk(url, limit=PAGE_BYTES, headers={"X-Requested-With": "XMLHttpRequest"}, form=data)

    def _walk(
        self, url: str, *, limit: int, headers: dict[str, str], form: dict[str, str] | None = None
    ) -> Document:
        seen: list[str] = []
        kept = self.cache.get(url) if form is None else None
        here = url
        given = False
        while True:
            if here in seen:
                raise NotAnswered(url, "its redirects go round in a circle")
            if len(seen) > REDIRECTS:
                raise NotAnswered(url, f"it redirects more than {REDIRECTS} times")
            seen.append(here)
            self._permit(here)
            asked = dict(headers)
            if kept is not None and here in (url, kept.final_url):
                asked |= {"If-None-Match": kept.etag} if kept.etag else {}
                asked |= {"If-Modified-Since": kept.modified} if kept.modified else {}
            response, data = self._patient(here, asked, limit, form)
            if response.status_code == 304 and kept is not None:
                return Document(kept.final_url, kept.data)
            if response.is_redirect and response.headers.get("location"):
                target = urljoin(here, response.headers["location"])
                try:
                    self.trusted.judge(target)
                except Refused as error:
                    raise Refused(url, f"it redirects to {target}, and {error.why}") from error
                if target in seen and "set-cookie" in response.headers and not given:
                    seen, given = [], True  # "take this cookie and come again": once, it is no circle
                here, form = target, None
                continue
            self._note(url, here, response, data)
            return Document(here, data, response.status_code)

    def _note(self, url: str, final_url: str, response: httpx.Response, data: bytes) -> None:
        etag, modified = response.headers.get("etag", ""), response.headers.get("last-modified", "")
        if response.request.method == "GET" and (etag or modified) and len(data) <= PAGE_BYTES:
            self.cache.put(Kept(url, etag, modified, final_url, data))
        if modified:
            try:
                at = parsedate_to_datetime(modified)
            except ValueError:
                return
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
            self.newest_change = max(self.newest_change or at, at)

    def _permit(self, url: str) -> None:
        self.trusted.judge(url)
        robots = self._robots(url)
        if not robots.permits(url):
            raise Refused(url, "the site's robots.txt asks programs to stay away from it")

    def _robots(self, url: str) -> Robots:
        host = self._host(url)
        if host.robots is None:
            parts = urlsplit(url)
            address = f"{parts.scheme}://{parts.netloc}/robots.txt"
            try:
                response, data = self._patient(address, {}, ROBOTS_BYTES, None)
                for _ in range(REDIRECTS):
                    if not (response.is_redirect and response.headers.get("location")):
                        break
                    address = urljoin(address, response.headers["location"])
                    self.trusted.judge(address)
                    response, data = self._patient(address, {}, ROBOTS_BYTES, None)
                is_text = response.status_code == 200 and b"<html" not in data[:2000].lower()
                host.robots = read_robots(decode(data)) if is_text else EVERYTHING
            except Refused:
                host.robots = EVERYTHING  # its rules lie elsewhere: as good as none
            except NotAnswered as error:
                if error.status and error.status < 500 and error.status != 429:
                    host.robots = EVERYTHING
                elif error.status:
                    raise NotAnswered(
                        address,
                        f"robots.txt cannot be read ({error.status}), so nothing is asked for now",
                        status=error.status,
                        final=True,
                    ) from error
                else:
                    raise
        return host.robots

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(urlsplit(url).netloc.lower(), _Host())

    def _patient(
        self, url: str, headers: dict[str, str], limit: int, form: dict[str, str] | None
    ) -> tuple[httpx.Response, bytes]:
        """One answer, asked for again where the site is busy or the line broke. Raises NotAnswered."""
        host = self._host(url)
        if host.silences >= MOST_SILENCES:
            host.closed = f"the site did not answer in time, {MOST_SILENCES} times in a row"
        if host.closed:
            raise NotAnswered(url, host.closed, final=True)
        wait = 1.0
        for attempt in range(1, TRIES + 1):
            try:
                response, data = self._once(host, url, headers, limit, form)
            except httpx.HTTPError as error:
                if isinstance(error, httpx.TimeoutException):
                    host.silences += 1
                if attempt == TRIES or isinstance(error, httpx.ReadTimeout):
                    raise NotAnswered(url, f"no answer ({_why(error)})", final=_is_down(error)) from error
                self.manners.sleep(wait)
                wait *= 2
                continue
            host.silences = 0
            status = response.status_code
            if status in _BUSY:
                asks = _retry_after(response)
                pause = max(wait, asks)
                if attempt == TRIES or pause > LONGEST_WAIT_SECONDS:
                    meaning = _MEANINGS.get(status, f"the site has trouble of its own ({status})")
                    more = f" and asks to wait {asks:.0f} s" if asks else ""
                    if status == 429 or asks > LONGEST_WAIT_SECONDS:
                        host.closed = meaning + more
                    raise NotAnswered(
                        url, meaning + more, status=status, final=status == 429 or bool(host.closed)
                    )
                self.manners.sleep(pause)
                wait *= 2
                continue
            if status >= 400:
                raise NotAnswered(url, _MEANINGS.get(status, f"the site answered {status}"), status=status)
            return response, data
        raise AssertionError("unreachable")  # pragma: no cover

    def _once(
        self, host: _Host, url: str, headers: dict[str, str], limit: int, form: dict[str, str] | None
    ) -> tuple[httpx.Response, bytes]:
        manners = self.manners
        with host.lock:
            pause = max(manners.delay_seconds, host.robots.delay_seconds if host.robots else 0.0)
            now = manners.monotonic()
            if host.free_at and now < host.free_at - 1e-9:
                manners.sleep(host.free_at - now)
            began = manners.monotonic()
            self.asked += 1
            try:
                request = self._http.build_request(
                    "POST" if form is not None else "GET", url, headers=headers, data=form
                )
                response = self._http.send(request, stream=True)
                try:
                    data = self._body(url, response, limit, began)
                finally:
                    response.close()
            except (httpx.InvalidURL, UnicodeError) as error:
                raise NotAnswered(url, "it is no proper address") from error
            finally:
                host.free_at = manners.monotonic() + pause
        return response, data

    def _body(self, url: str, response: httpx.Response, limit: int, began: float) -> bytes:
        if response.status_code == 304 or response.is_redirect or response.status_code >= 400:
            return b""
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            raise NotAnswered(url, f"it has {int(declared) / 1e6:.1f} MB, more than {limit / 1e6:.0f}")
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > limit:
                raise NotAnswered(url, f"it has more than {limit / 1e6:.0f} MB and does not end")
            if self.manners.monotonic() - began > self.manners.timeout_seconds:
                self._host(url).silences += 1
                raise NotAnswered(url, f"it did not end within {self.manners.timeout_seconds:.0f} s")
        return bytes(data)


def _retry_after(response: httpx.Response) -> float:
    """Seconds the site asks to wait, 0 where it does not say."""
    value = response.headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return 0.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def _is_down(error: httpx.HTTPError) -> bool:
    return isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)


def _why(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it took too long"
    if isinstance(error, httpx.ConnectError):
        return "the host cannot be reached"
    return "the line broke" if isinstance(error, httpx.TransportError) else type(error).__name__
