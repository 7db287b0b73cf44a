"""How the protocol's names become Python's."""

import keyword


def snake(name: str) -> str:
    """The Python name of a table name: `TimeoutMs` → `timeout_ms`, `KRaftVersion` → `kraft_version`, `Enable2Pc` → `enable2_pc`.

    A word starts at a capital that follows a small letter or digit, and at the last capital of a row before a small letter.
    """
    name = name.replace("KRaft", "Kraft")
    out: list[str] = []
    for at, letter in enumerate(name):
        if at and letter.isupper():
            before, after = name[at - 1], name[at + 1 : at + 2]
            if before.islower() or before.isdigit() or after.islower():
                out.append("_")
        out.append(letter.lower())
    text = "".join(out)
    return f"{text}_" if keyword.iskeyword(text) else text
