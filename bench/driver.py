"""One sample of one case, in a process of its own: `python -m bench.driver` reads {"case", "setting"} on stdin and prints JSON.

A sample that does not end within its case's limit is ended from inside, so that it still deletes its topic.
"""

from __future__ import annotations

import json
import os
import sys

from confluent_kafka import KafkaException

from bench.cases import BY_NAME
from bench.clients import Refused
from bench.deadline import deadline
from bench.model import Setting


def main() -> int:
    asked = json.load(sys.stdin)
    setting = Setting(**asked["setting"])
    case = BY_NAME[asked["case"]]
    try:
        with deadline(case.limit_s(setting)):
            answer: dict[str, object] = {"sample": dict(case.run(setting))}
    except (Refused, KafkaException, OSError) as refused:
        answer = {"refused": f"{refused}" or type(refused).__name__}
    print(json.dumps(answer), flush=True)
    return 0


if __name__ == "__main__":
    status = main()
    os._exit(status)  # a client's thread that hangs is not waited for
