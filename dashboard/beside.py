"""Long computations beside the loop that the live screens hang on: one at a time, in a real thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from gevent.monkey import is_module_patched  # type: ignore[import-untyped]
from gevent.threadpool import ThreadPool  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class _Later:
    async_result: Any

    def result(self) -> Any:
        """Wait, and let everybody else go on meanwhile."""
        return self.async_result.get()


def one_at_a_time() -> Callable[[Callable[[], Any]], Any]:
    """Takes work and answers with something that has ``result()``. Under gevent its thread is one of the hub's."""
    if is_module_patched("threading"):
        pool = ThreadPool(1)
        return lambda work: _Later(pool.spawn(work))
    return ThreadPoolExecutor(1, "beside").submit
