"""One sample of one case, in a process of its own: `python -m bench.driver` reads {"case", "setting"} on stdin and prints JSON."""

from __future__ import annotations

import json
import sys

from bench.cases import BY_NAME
from bench.clients import Refused
from bench.model import Setting


def main() -> int:
    asked = json.load(sys.stdin)
    setting = Setting(**asked["setting"])
    try:
        print(json.dumps({"sample": dict(BY_NAME[asked["case"]].run(setting))}))
    except Refused as refused:
        print(json.dumps({"refused": str(refused)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
