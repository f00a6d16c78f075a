"""A thread that owns a Store: async code hands it work and awaits the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from store.database import Store

Answer = TypeVar("Answer")


class StoreThread:
    """One worker thread with one Store, opened at the first piece of work; pieces of work run one after the other."""

    def __init__(self, open_store: Callable[[], Store], name: str) -> None:
        self._open_store = open_store
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._store: Store | None = None

    async def do(self, work: Callable[[Store], Answer]) -> Answer:
        """What `work` returns. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._run, work)

    def _run(self, work: Callable[[Store], Answer]) -> Answer:
        if self._store is None:
            self._store = self._open_store()
        return work(self._store)

    async def close(self) -> None:
        """Close the Store and end the thread, after the work at hand."""

        def close() -> None:
            if self._store is not None:
                self._store.close()
                self._store = None

        try:
            await asyncio.get_running_loop().run_in_executor(self._executor, close)
        except RuntimeError:  # closed before
            return
        self._executor.shutdown(wait=False)
