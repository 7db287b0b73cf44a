"""The one place that knows confluent-kafka: what commands ask of a cluster, as plain values.

Everything outside this folder speaks in the dataclasses of `model`, so Ottla's own client can take its place without a change elsewhere.
Foreign errors are translated here, at the door they enter by, to `CliError`: one line that says what to do.

Not possible with this library, so not offered until Ottla's own client exists: configuration defaults for all brokers together (an empty
resource name is refused), deleting single offsets of a group, share and streams groups.
"""
