-- What Ottla keeps beside record data. Words both SQLite and PostgreSQL read; {table_options} is the dialect's own.
-- Ids are 16 raw bytes; times are milliseconds since the epoch.

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
){table_options};

CREATE TABLE topics (
    topic_id BYTEA NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    is_internal SMALLINT NOT NULL
){table_options};

CREATE TABLE partitions (
    topic_id BYTEA NOT NULL,
    partition_index INTEGER NOT NULL,
    leader_epoch INTEGER NOT NULL,
    replicas TEXT NOT NULL,
    PRIMARY KEY (topic_id, partition_index)
){table_options};

-- Topics whose files may still be there: such a directory must not be adopted again.
CREATE TABLE deleted_topics (
    topic_id BYTEA NOT NULL PRIMARY KEY
){table_options};

CREATE TABLE configs (
    resource_type TEXT NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (resource_type, name, key)
){table_options};

CREATE TABLE group_states (
    group_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    state BYTEA NOT NULL,
    updated_ms BIGINT NOT NULL
){table_options};

CREATE TABLE committed_offsets (
    group_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    partition_index INTEGER NOT NULL,
    committed_offset BIGINT NOT NULL,
    leader_epoch INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    commit_ms BIGINT NOT NULL,
    expire_ms BIGINT NOT NULL,
    topic_id BYTEA,
    PRIMARY KEY (group_id, topic, partition_index)
){table_options};

CREATE INDEX committed_offsets_by_topic ON committed_offsets (topic);

CREATE TABLE features (
    name TEXT NOT NULL PRIMARY KEY,
    level INTEGER NOT NULL
){table_options};

-- One row, "producer_ids": every id below it may have been handed out.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
){table_options};
