"""Record batches (format v2) and the small files beside them. Pure: bytes in, bytes and values out.

header      the 61 bytes a broker reads of every batch, its CRC, what is patched in place
validate    what a produced batch is refused for
reader      batches in a buffer, records in a batch, look-ups by time
builder     writes batches and transaction markers
compress    the codecs, bounded
transform   recompression
snapshot    the producer state file
indexes     .index, .timeindex, .txnindex
dump        all of these as rows, for `ottla log dump`
errors      RecordError, the one exception
"""
