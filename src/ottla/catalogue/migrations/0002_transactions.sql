-- Transactional ids, and the offsets that wait for the end of a transaction.

CREATE TABLE transactions (
    transactional_id TEXT NOT NULL PRIMARY KEY,
    state BYTEA NOT NULL,
    updated_ms BIGINT NOT NULL
){table_options};

CREATE TABLE pending_offsets (
    group_id TEXT NOT NULL,
    producer_id BIGINT NOT NULL,
    topic TEXT NOT NULL,
    partition_index INTEGER NOT NULL,
    sequence BIGINT NOT NULL,
    is_superseded SMALLINT NOT NULL,
    committed_offset BIGINT NOT NULL,
    leader_epoch INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    commit_ms BIGINT NOT NULL,
    expire_ms BIGINT NOT NULL,
    topic_id BYTEA,
    PRIMARY KEY (group_id, producer_id, topic, partition_index)
){table_options};

CREATE INDEX pending_offsets_by_topic ON pending_offsets (topic);
