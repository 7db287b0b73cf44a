"""Batches made anew from batches, without looking at their records."""

from ottla.records.builder import pack_batch
from ottla.records.compress import DECOMPRESSED_MAX, compress
from ottla.records.header import CODEC_MASK, HEADER_SIZE, LOG_APPEND_TIME, BatchHeader
from ottla.records.reader import records_block


def rebuild(
    view: memoryview,
    header: BatchHeader,
    *,
    codec: int,
    level: int | None = None,
    log_append_time_ms: int | None = None,
    limit: int = DECOMPRESSED_MAX,
) -> bytes:
    """The batch with its records under another codec, and stamped with the append time if given.

    For a topic whose `compression.type` is not `producer`. The records block is decompressed and compressed as it is. Control batches
    stay uncompressed, as Kafka keeps them. Raises RecordError when the records do not decompress, or to more than `limit` bytes.
    """
    block: bytes | memoryview
    if header.is_control or codec == header.codec or header.records_count == 0:
        codec = header.codec
        block = view[HEADER_SIZE : header.total_size]
    else:
        block = records_block(view, header, limit=limit)
        if codec:
            block = compress(codec, block, level)
    attributes = header.attributes & ~CODEC_MASK | codec
    max_timestamp = header.max_timestamp
    if log_append_time_ms is not None:
        attributes |= LOG_APPEND_TIME
        max_timestamp = log_append_time_ms
    return pack_batch(
        block,
        base_offset=header.base_offset,
        leader_epoch=header.partition_leader_epoch,
        attributes=attributes,
        last_offset_delta=header.last_offset_delta,
        base_timestamp=header.base_timestamp,
        max_timestamp=max_timestamp,
        producer_id=header.producer_id,
        producer_epoch=header.producer_epoch,
        base_sequence=header.base_sequence,
        records_count=header.records_count,
    )
