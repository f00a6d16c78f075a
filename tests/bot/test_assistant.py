"""bot/assistant.py: what an assistant gets, asked with the SDK's own client."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from bot.assistant import assistant
from store.database import Store
from store.ingest import ingest

SAMPLES = Path(__file__).parents[2] / "samples" / "河汾日报" / "2026-11-19"
NOW = datetime(2026, 11, 19, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two sample pages."""
    folder = tmp_path_factory.mktemp("assistant")
    with Store(folder / "baozhai.db") as store:
        list(ingest(store, [SAMPLES / "01.txt", SAMPLES / "02.md"], now=NOW))
    return folder


async def asked(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a tool answers, as the assistant reads it."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    (text,) = result.content
    return dict(json.loads(text.text))  # type: ignore[union-attr]


async def test_every_tool_answers_with_citations(folder: Path) -> None:
    """Search leads to an article; digest, editions, calendar and clippings stand beside it."""
    opened: Callable[[], Store] = lambda: Store(folder / "baozhai.db")  # noqa: E731
    async with Client(assistant(opened, lambda: NOW, time_zone="Asia/Shanghai")) as client:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools == {"search", "article", "digest", "editions", "calendar", "clippings"}
        found = await asked(client, "search", query="平陆")
        assert found["total"] > 0
        assert all("《河汾日报》2026-11-19 第" in hit["citation"] for hit in found["hits"])
        article = await asked(client, "article", article_id=found["hits"][0]["id"])
        assert "平陆" in article["title"] + "".join(article["body"])
        digest = await asked(client, "digest")
        assert digest["items"] and all(item["citation"] for item in digest["items"])
        assert (await asked(client, "editions"))["editions"][0]["paper"] == "河汾日报"
        assert all("第" in event["citation"] for event in (await asked(client, "calendar"))["events"])
        clips = await asked(
            client, "clippings", subject="平陆", first_day="2026-11-01", last_day="2026-11-30"
        )
        assert clips["total"] == len(clips["clippings"]) == sum(clips["papers"].values()) > 0
        assert all("《河汾日报》2026-11-19 第" in one["citation"] for one in clips["clippings"])
        rest = await asked(
            client, "clippings", subject="平陆", first_day="2026-11-01", last_day="2026-11-30", offset=1
        )
        assert rest["clippings"] == clips["clippings"][1:] and rest["total"] == clips["total"]
        for days in (("2026-11-30", "2026-11-01"), ("2020-01-01", "2026-11-01")):
            refused = await client.call_tool(
                "clippings", {"subject": "平陆", "first_day": days[0], "last_day": days[1]}
            )
            assert refused.is_error
        missing = await client.call_tool("article", {"article_id": 999999})
        assert missing.is_error


async def test_it_serves_over_stdin_and_stdout(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an assistant starts it: `baozhai mcp`; nothing but the protocol on stdout."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "bot", "mcp"],
        env={"BAOZHAI_DATA": str(folder), "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    async with Client(server) as client:
        assert (await asked(client, "search", query="平陆"))["total"] > 0
