"""Speaks a conversation to a running broker, whichever it is."""

from __future__ import annotations

import time
from typing import Any

from support.raw import RawClient
from transactions.scenarios import Step, Talk

LIMIT_S = 120.0
PREPARED = ("PrepareCommit", "PrepareAbort")
NOT_READY = (14, 15, 16)


class LiveTalk(Talk):
    """Waits after each step until the broker has finished what it set off."""

    settle_limit_s = LIMIT_S

    def __init__(self, prefix: str, port: int) -> None:
        self.client = RawClient(port, timeout_s=60)
        super().__init__(prefix, self._call)

    async def _call(self, api_key: int, version: int, message: Any) -> Any:
        return self.client.call(api_key, version, message)

    async def settle(self, step: Step) -> None:
        deadline = time.monotonic() + self.settle_limit_s
        while time.monotonic() < deadline:
            found = await self.do_describe({"tx": step["tx"]})
            if found[1] not in PREPARED and found[0] not in NOT_READY:
                return
            time.sleep(0.005)
        raise TimeoutError(f"{self.prefix}: never settled")

    async def say(self, step: Step) -> Any:
        deadline = time.monotonic() + LIMIT_S
        while True:
            answer = await super().say(step)
            if not _is_not_ready(answer):
                break
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.prefix}: {step} is answered {answer} all the time")
            time.sleep(0.02)
        if step.get("tx") and step["do"] in ("init", "end"):
            await self.settle(step)
        return answer

    async def do_raise(self, step: Step) -> Any:
        while self.given[step["tx"]][-1][1] < step["to"]:
            await self.say({"do": "init", "tx": step["tx"], "v": 5})
        return list(self.take(step["tx"], *self.given[step["tx"]][-1]))

    async def do_pause(self, step: Step) -> Any:
        time.sleep(0.1)
        return []

    async def do_expire(self, step: Step) -> Any:
        deadline = time.monotonic() + LIMIT_S
        while (await self.do_describe(step))[1] != "CompleteAbort":
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.prefix}: never timed out")
            time.sleep(0.05)
        return "CompleteAbort"


def _is_not_ready(answer: Any) -> bool:
    """The coordinator has just come up, or (TxnOffsetCommit's alone) is being asked for its partition."""
    codes = [one[-1] for one in answer] if answer and isinstance(answer[0], list) else answer[:1]
    return any(code in NOT_READY for code in codes)
