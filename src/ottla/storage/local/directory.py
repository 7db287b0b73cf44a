"""One data directory: Kafka's `log.dir`. Its lock, its identity, its checkpoints, and the partitions found in it."""

from __future__ import annotations

import errno
import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path

from ottla.base.ids import random_uuid, uuid_from_text, uuid_to_text
from ottla.storage.local import checkpoints
from ottla.storage.local.checkpoints import CheckpointError, Key
from ottla.storage.local.disk import Disk

_LOG = logging.getLogger("ottla.storage")

_PARTITION = re.compile(r"^(?P<topic>[A-Za-z0-9._-]{1,249})-(?P<index>[0-9]{1,10})$")
_DELETED = re.compile(r"^.+\.[0-9a-f]{32}-delete$")
_CLUSTER_METADATA = "__cluster_metadata"
_RECOVERING = "recovering"


class DirectoryInUse(OSError):
    """Another process holds the directory's lock. The message is one line for the person who started us."""


@dataclass(slots=True, frozen=True)
class FoundPartition:
    """A partition that lies in a data directory. `topic_id` is None where its partition.metadata is missing or torn."""

    topic: str
    topic_id: bytes | None
    index: int
    path: Path
    leader_epoch: int
    """The newest in its checkpoint, -1 unknown."""


@dataclass(slots=True, frozen=True)
class DirectoryMeta:
    """A directory's meta.properties. None where a key is missing (a fresh directory has none of them but its id)."""

    path: Path
    cluster_id: str | None
    node_id: int | None
    directory_id: bytes


class DataDirectory:
    """A locked data directory. Made by the engine."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = str(path)
        self.disk = disk
        self.clean = False
        """The last stop was clean (and nothing was written since)."""
        self.same_boot = False
        """The machine has not been restarted since this directory was in use."""
        self.directory_id = bytes(16)
        self.cluster_id: str | None = None
        self.node_id: int | None = None
        self.recovery_points: dict[Key, int] = {}
        self.log_starts: dict[Key, int] = {}
        self.high_watermarks: dict[Key, int] = {}
        self.cleaned: frozenset[Key] = frozenset()
        """Partitions that were compacted, whatever their topic's policy is by now."""
        self.partitions = 0
        self.generation = 0  # counts new entries in the directory
        self.synced_generation = 0
        self.starts_version = 0
        self.starts_written = 0
        self._lock_fd = -1
        self._recovering = False
        self._properties: dict[str, str] = {}

    def lock(self) -> None:
        """Creates the directory where needed, locks it, and reads what it says about itself.

        Raises DirectoryInUse, or OSError with a one-line message when the directory cannot be used.
        """
        try:
            self.disk.makedirs(self.path, exist_ok=True)
            fd = self.disk.open(f"{self.path}/{checkpoints.LOCK}", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as problem:
            raise OSError(problem.errno, f"cannot use data directory {self.path}: {problem.strerror}") from problem
        try:
            self.disk.lock(fd)
        except OSError as problem:
            holder = self.disk.pread(fd, 200, 0).decode("ascii", "replace").split()
            self.disk.close(fd)
            who = f" (process {holder[0]})" if holder else ""
            raise DirectoryInUse(
                errno.EWOULDBLOCK,
                f"data directory {self.path} is in use by another broker{who}: stop it, or choose another with --data",
            ) from problem
        self._lock_fd = fd
        boot_id = self.disk.boot_id()
        words = self.disk.pread(fd, 200, 0).decode("ascii", "replace").split()
        self.same_boot = boot_id != "" and words[1:] == [boot_id]
        fresh = len(self.disk.listdir(self.path)) == 1
        clean = self.disk.exists(f"{self.path}/{checkpoints.CLEAN_SHUTDOWN}")
        self._recovering = not (self.same_boot or fresh or clean)
        self._write_lock()
        self._read()

    def _write_lock(self) -> None:
        """Process and boot. Until the logs are recovered after the machine went down, the boot does not count as one in which they are
        whole: a start that fails or is killed on the way is followed by another one, which has to know."""
        words = [str(os.getpid()), self.disk.boot_id(), *([_RECOVERING] if self._recovering else [])]
        self.disk.ftruncate(self._lock_fd, 0)
        self.disk.pwrite(self._lock_fd, f"{' '.join(words)}\n".encode(), 0)

    def mark_recovered(self) -> None:
        """Every log that lies here has been recovered. Raises OSError."""
        if self._recovering:
            self._recovering = False
            self._write_lock()

    def unlock(self) -> None:
        """Lets go of the lock."""
        if self._lock_fd >= 0:
            self.disk.close(self._lock_fd)
            self._lock_fd = -1

    def _read(self) -> None:
        disk = self.disk
        marker = f"{self.path}/{checkpoints.CLEAN_SHUTDOWN}"
        self.clean = disk.exists(marker)
        self.recovery_points = self._read_offsets(checkpoints.RECOVERY_POINTS)
        self.log_starts = self._read_offsets(checkpoints.LOG_STARTS)
        self.high_watermarks = self._read_offsets(checkpoints.HIGH_WATERMARKS)
        self.cleaned = self._read_cleaned()
        if self.clean:
            # From here on a crash is a crash (KAFKA-10471).
            disk.unlink(marker)
        # Also for partitions that were created just before a crash: from here on their directories are durable.
        disk.fsync_dir(self.path)
        path = f"{self.path}/{checkpoints.META_PROPERTIES}"
        try:
            self._properties = checkpoints.decode_properties(disk.read_file(path))
        except FileNotFoundError:
            self._properties = {}
        self.cluster_id = self._properties.get("cluster.id") or None
        node_id = self._properties.get("node.id", "")
        self.node_id = int(node_id) if node_id.isdigit() else None
        try:
            self.directory_id = uuid_from_text(self._properties.get("directory.id", ""))
        except ValueError:
            self.directory_id = random_uuid()

    def _read_offsets(self, name: str) -> dict[Key, int]:
        try:
            return checkpoints.read_offsets(self.disk, f"{self.path}/{name}")
        except CheckpointError as problem:
            _LOG.warning("%s: ignored, so the whole of every log is checked", problem)
            self.clean = False
            return {}

    def _read_cleaned(self) -> frozenset[Key]:
        try:
            return frozenset(checkpoints.read_offsets(self.disk, f"{self.path}/{checkpoints.CLEANER_OFFSETS}"))
        except CheckpointError as problem:
            _LOG.warning("%s: ignored, the next rounds of the cleaner begin at the start of every log", problem)
            return frozenset()

    def meta(self) -> DirectoryMeta:
        """What meta.properties says."""
        return DirectoryMeta(Path(self.path), self.cluster_id, self.node_id, self.directory_id)

    def write_meta(self, cluster_id: str, node_id: int) -> None:
        """Writes meta.properties (Kafka's, version 1) unless it says the same already. Raises OSError."""
        properties = {
            **self._properties,
            "version": "1",
            "cluster.id": cluster_id,
            "node.id": str(node_id),
            "directory.id": uuid_to_text(self.directory_id),
        }
        self.cluster_id, self.node_id = cluster_id, node_id
        if properties == self._properties:
            return
        self._properties = properties
        path = f"{self.path}/{checkpoints.META_PROPERTIES}"
        self.disk.write_file(path, checkpoints.encode_properties(properties), sync=True)
        self.disk.fsync_dir(self.path)

    def scan(self) -> list[FoundPartition]:
        """The partitions that lie here. Kafka's own metadata log and what is marked for deletion, moving or as stray is left out."""
        found = []
        for name in self.disk.listdir(self.path):
            match = _PARTITION.match(name)
            if match is None or match["topic"] == _CLUSTER_METADATA:
                continue
            path = f"{self.path}/{name}"
            if not self.disk.is_directory(path):
                continue
            found.append(
                FoundPartition(
                    match["topic"], self.topic_id_of(path), int(match["index"]), Path(path), self._leader_epoch_of(path)
                )
            )
        return sorted(found, key=lambda one: (one.topic, one.index))

    def doomed(self) -> list[str]:
        """Directories that were dropped but not yet deleted."""
        return [f"{self.path}/{name}" for name in self.disk.listdir(self.path) if _DELETED.match(name)]

    def topic_id_of(self, path: str) -> bytes | None:
        """The topic id in a partition's directory, None when it says none."""
        try:
            return checkpoints.decode_partition_metadata(
                self.disk.read_file(f"{path}/{checkpoints.PARTITION_METADATA}")
            )
        except FileNotFoundError:
            return None

    def _leader_epoch_of(self, path: str) -> int:
        try:
            epochs = checkpoints.decode_epochs(self.disk.read_file(f"{path}/{checkpoints.LEADER_EPOCHS}"), path)
        except (FileNotFoundError, CheckpointError):
            return -1
        return max((epoch for epoch, _ in epochs), default=-1)

    def write_offsets(self, name: str, offsets: dict[Key, int]) -> None:
        """Puts an offset checkpoint in place, durably. Raises OSError."""
        self.disk.write_file(f"{self.path}/{name}", checkpoints.encode_offsets(offsets), sync=True)
        self.disk.fsync_dir(self.path)

    def mark_clean(self) -> None:
        """Says that everything is flushed and nothing more will be written. Raises OSError."""
        self.disk.write_file(
            f"{self.path}/{checkpoints.CLEAN_SHUTDOWN}", checkpoints.encode_clean_shutdown(), sync=True
        )
        self.disk.fsync_dir(self.path)
