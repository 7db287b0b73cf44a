"""Broker loggers: Python's loggers under the names and levels that Kafka's tools use."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence

from ottla.base.errors import ErrorCode
from ottla.rules.configs.alter import Edit, Op, Refusal
from ottla.rules.configs.describe import UNKNOWN_TYPE, Entry
from ottla.rules.configs.settings import Source

ROOT = "root"
LEVELS: dict[str, int] = {
    "DEBUG": logging.DEBUG,
    "ERROR": logging.ERROR,
    "FATAL": logging.CRITICAL,
    "INFO": logging.INFO,
    "TRACE": 5,
    "WARN": logging.WARNING,
}


def names() -> list[str]:
    """The loggers that exist, the root included."""
    known = logging.root.manager.loggerDict
    return [ROOT, *sorted(name for name, logger in known.items() if isinstance(logger, logging.Logger))]


def describe_loggers(only: Collection[str] | None) -> list[Entry]:
    """Every logger with the level in force for it."""
    return [
        Entry(
            name,
            _level_name(_logger(name).getEffectiveLevel()),
            Source.DYNAMIC_BROKER_LOGGER_CONFIG,
            read_only=False,
            sensitive=False,
            type=UNKNOWN_TYPE,
            layers=(),
            documentation=None,
        )
        for name in names()
        if not only or name in only
    ]


def check_edits(edits: Sequence[Edit]) -> Refusal | None:
    """Known loggers and levels; the root keeps one."""
    known = set(names())
    for edit in edits:
        if edit.op not in (Op.SET, Op.DELETE):
            operation = Op(edit.op).name
            return Refusal(
                ErrorCode.INVALID_REQUEST, f"{operation} operation is not allowed for the BROKER_LOGGER resource"
            )
        if edit.key not in known:
            return Refusal(ErrorCode.INVALID_CONFIG, f"Logger {edit.key} does not exist!")
        if edit.op == Op.DELETE:
            if edit.key == ROOT:
                return Refusal(ErrorCode.INVALID_REQUEST, "Removing the log level of the root logger is not allowed")
        elif edit.value not in LEVELS:
            return Refusal(
                ErrorCode.INVALID_CONFIG,
                f"Cannot set the log level of {edit.key} to {edit.value} as it is not a supported log level. "
                f"Valid log levels are {', '.join(LEVELS)}",
            )
    return None


def apply_edits(edits: Sequence[Edit]) -> None:
    """Puts checked edits in force; a removed level is that of the logger above."""
    for edit in edits:
        level = logging.NOTSET if edit.op == Op.DELETE else LEVELS[edit.value or ""]
        _logger(edit.key).setLevel(level)


def _logger(name: str) -> logging.Logger:
    return logging.root if name == ROOT else logging.getLogger(name)


def _level_name(level: int) -> str:
    """The nearest of Kafka's names that lets at least as much through."""
    if level > logging.CRITICAL:
        return "OFF"
    return max((number, name) for name, number in LEVELS.items() if number <= max(level, LEVELS["TRACE"]))[1]
