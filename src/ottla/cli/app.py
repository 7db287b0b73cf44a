"""The tree of commands. Each noun's module is imported when one of its commands runs."""

from __future__ import annotations

from collections.abc import Sequence

from cyclopts import App, CycloptsError

from ottla import __version__
from ottla.cli.errors import OK, UsageError, one_line

EPILOGUE = "Exit codes: 0 done, 1 failed, 2 wrong command line. Every command has --help; what reads has --json."


def _start(*tokens: str) -> int:
    from ottla.cli.start import start

    return start(list(tokens))


def build() -> App:
    """The `ottla` command's tree."""
    app = App(
        name="ottla",
        help="Ottla: Apache Kafka's whole job in Python.",
        help_epilogue=EPILOGUE,
        version=f"ottla {__version__}",
        exit_on_error=False,
        print_error=False,
        suppress_keyboard_interrupt=False,  # main() answers it
        result_action="return_value",
    )
    # `ottla start` itself never comes here (see ottla.cli.main): this line is for `ottla --help`.
    app.command(_start, name="start", help="Start a broker.", help_flags=[], version_flags=[])
    for noun, about in {
        "topic": "List, create, describe, alter, delete and trim topics.",
        "config": "See and change settings of topics, brokers and groups.",
        "group": "List, describe, reset and delete consumer groups.",
        "cluster": "See the cluster.",
        "log": "Look into log files, without a broker.",
    }.items():
        app.command(f"ottla.cli.{noun}s:app", name=noun, help=about)
    app.command("ottla.cli.produce:produce", name="produce", help="Send lines from standard input as records.")
    app.command("ottla.cli.consume:consume", name="consume", help="Print records.")
    app.command("ottla.cli.bench:bench", name="bench", help="Measure a cluster.")
    return app


def run(arguments: Sequence[str]) -> int:
    """Runs one command; returns its exit code. Raises CliError."""
    app = build()
    try:
        result = app(list(arguments))
    except CycloptsError as error:
        words = " ".join(["ottla", *(error.command_chain or ())])
        raise UsageError(f"{one_line(error).rstrip('.')}; see {words} --help") from error
    return result if isinstance(result, int) else OK
