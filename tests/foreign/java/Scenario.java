import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Java clients' walk through a broker. Prints one JSON object a step; tests/foreign/test_java_clients.py judges them. */
public final class Scenario {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LIMIT_MS = 45_000;

    private final String bootstrap;
    private final String prefix;
    private final Admin admin;

    private Scenario(String bootstrap, String prefix) {
        this.bootstrap = bootstrap;
        this.prefix = prefix;
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        this.admin = Admin.create(properties);
    }

    public static void main(String[] arguments) throws Exception {
        Scenario scenario = new Scenario(arguments[0], arguments[1]);
        try (Admin closing = scenario.admin) {
            scenario.step("create_topic", scenario::createTopic);
            scenario.step("create_refused", scenario::createRefused);
            scenario.step("produce_consume", scenario::produceAndConsume);
            scenario.step("offsets", scenario::offsets);
            scenario.step("rebalance_eager", () -> scenario.rebalance("org.apache.kafka.clients.consumer.RangeAssignor"));
            scenario.step("rebalance_cooperative",
                    () -> scenario.rebalance("org.apache.kafka.clients.consumer.CooperativeStickyAssignor"));
            scenario.step("static_member", scenario::staticMember);
            scenario.step("commit_resume", scenario::commitAndResume);
            scenario.step("configs", scenario::configs);
            scenario.step("partitions", scenario::partitions);
            scenario.step("groups", scenario::groups);
            scenario.step("cluster", scenario::cluster);
            scenario.step("delete_topic", scenario::deleteTopic);
        }
    }

    private interface Step {
        Map<String, Object> run() throws Exception;
    }

    private void step(String name, Step step) throws Exception {
        long begun = System.nanoTime();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", name);
        try {
            line.putAll(step.run());
        } catch (Exception | AssertionError e) {
            line.put("error", e.toString());
            e.printStackTrace();
        }
        line.put("seconds", (System.nanoTime() - begun) / 1_000_000 / 1000.0);
        System.out.println(JSON.writeValueAsString(line));
    }

    // ---- small tools

    private static void await(String what, BooleanSupplier done) {
        long deadline = System.currentTimeMillis() + LIMIT_MS;
        while (!done.getAsBoolean()) {
            if (System.currentTimeMillis() > deadline) {
                throw new AssertionError("not within " + LIMIT_MS + " ms: " + what);
            }
        }
    }

    private static String why(Future<?> future) throws InterruptedException {
        try {
            future.get();
            return "none";
        } catch (ExecutionException e) {
            return e.getCause().getClass().getSimpleName();
        }
    }

    private String topic(String name, int partitions, Map<String, String> config) throws Exception {
        String full = prefix + "-" + name;
        admin.createTopics(List.of(new NewTopic(full, partitions, (short) 1).configs(config))).all().get();
        // Apache Kafka answers before its own metadata cache has the topic.
        await("topic " + full, () -> {
            try {
                return admin.describeTopics(List.of(full)).allTopicNames().get().get(full).partitions().size() == partitions;
            } catch (ExecutionException | InterruptedException e) {
                return false;
            }
        });
        return full;
    }

    private KafkaProducer<byte[], byte[]> producer(String codec) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("compression.type", codec);
        properties.put("linger.ms", "20");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer(String group, String... more) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        if (group != null) {
            properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        }
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "200");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void fill(String topic, int partitions, int each) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer("none")) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                for (int i = 0; i < each; i++) {
                    sent.add(producer.send(new ProducerRecord<>(topic, partition, null, bytes("v" + i))));
                }
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    // ---- steps

    private Map<String, Object> createTopic() throws Exception {
        String name = prefix + "-made";
        NewTopic wanted = new NewTopic(name, 3, (short) 1).configs(Map.of("retention.ms", "123456789"));
        CreateTopicsResult dry = admin.createTopics(List.of(wanted), new CreateTopicsOptions().validateOnly(true));
        dry.all().get();
        boolean absentAfterDryRun = !admin.listTopics().names().get().contains(name);
        CreateTopicsResult made = admin.createTopics(List.of(wanted));
        Config config = made.config(name).get();
        Uuid id = made.topicId(name).get();
        await("the topic is listed", () -> {
            try {
                return admin.listTopics().names().get().contains(name);
            } catch (ExecutionException | InterruptedException e) {
                return false;
            }
        });
        TopicDescription described = admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
        return Map.of(
                "absent_after_validate_only", absentAfterDryRun,
                "partitions", made.numPartitions(name).get(),
                "replication_factor", made.replicationFactor(name).get(),
                "retention_ms", config.get("retention.ms").value(),
                "cleanup_policy", config.get("cleanup.policy").value(),
                "same_id", described.topicId().equals(id) && !id.equals(Uuid.ZERO_UUID),
                "described_partitions", described.partitions().size(),
                "leaders", described.partitions().stream().filter(p -> p.leader() != null && p.isr().size() == 1).count());
    }

    private Map<String, Object> createRefused() throws Exception {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("exists", why(admin.createTopics(List.of(new NewTopic(prefix + "-made", 1, (short) 1))).all()));
        line.put("bad_name", why(admin.createTopics(List.of(new NewTopic("no/slash", 1, (short) 1))).all()));
        line.put("no_partitions", why(admin.createTopics(List.of(new NewTopic(prefix + "-x", 0, (short) 1))).all()));
        line.put("replication", why(admin.createTopics(List.of(new NewTopic(prefix + "-x", 1, (short) 3))).all()));
        line.put("bad_config", why(admin.createTopics(List.of(
                new NewTopic(prefix + "-x", 1, (short) 1).configs(Map.of("retention.ms", "soon")))).all()));
        line.put("unknown_config", why(admin.createTopics(List.of(
                new NewTopic(prefix + "-x", 1, (short) 1).configs(Map.of("no.such.key", "1")))).all()));
        line.put("delete_unknown", why(admin.deleteTopics(List.of(prefix + "-never")).all()));
        line.put("describe_unknown", why(admin.describeTopics(List.of(prefix + "-never")).allTopicNames()));
        return line;
    }

    private Map<String, Object> produceAndConsume() throws Exception {
        String topic = topic("codecs", 1, Map.of());
        List<String> codecs = List.of("none", "gzip", "snappy", "lz4", "zstd");
        List<String> wanted = new ArrayList<>();
        boolean dense = true;
        long next = 0;
        for (String codec : codecs) {
            try (KafkaProducer<byte[], byte[]> producer = producer(codec)) {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    byte[] key = i % 5 == 0 ? null : bytes(codec + "-k" + i);
                    byte[] value = i % 7 == 0 ? null : bytes(codec + "-v" + i + "-" + "x".repeat(i * 3));
                    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, 1_700_000_000_000L + next + i, key, value);
                    record.headers().add("codec", bytes(codec)).add("empty", new byte[0]).add("null", null);
                    sent.add(producer.send(record));
                    wanted.add(text(key) + "|" + text(value) + "|" + (1_700_000_000_000L + next + i) + "|" + codec);
                }
                for (Future<RecordMetadata> one : sent) {
                    dense &= one.get().offset() == next++;
                }
            }
        }
        List<String> got = new ArrayList<>();
        boolean headers = true;
        long position;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(null)) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.currentTimeMillis() + LIMIT_MS;
            while (got.size() < wanted.size() && System.currentTimeMillis() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Header[] all = record.headers().toArray();
                    headers &= all.length == 3 && all[1].value().length == 0 && all[2].value() == null
                            && all[0].key().equals("codec") && record.offset() == got.size();
                    got.add(text(record.key()) + "|" + text(record.value()) + "|" + record.timestamp() + "|" + text(all[0].value()));
                }
            }
            position = consumer.position(partition);
        }
        return Map.of("sent", wanted.size(), "read", got.size(), "same", got.equals(wanted), "offsets_dense", dense,
                "headers", headers, "position", position);
    }

    private Map<String, Object> offsets() throws Exception {
        TopicPartition partition = new TopicPartition(prefix + "-codecs", 0);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("earliest", listed(partition, OffsetSpec.earliest()));
        line.put("latest", listed(partition, OffsetSpec.latest()));
        line.put("max_timestamp", listed(partition, OffsetSpec.maxTimestamp()));
        line.put("at", listed(partition, OffsetSpec.forTimestamp(1_700_000_000_057L)));
        line.put("after_all", listed(partition, OffsetSpec.forTimestamp(1_800_000_000_000L)));
        line.put("earliest_local", listed(partition, OffsetSpec.earliestLocal()));
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(null)) {
            var found = consumer.offsetsForTimes(Map.of(partition, 1_700_000_000_103L)).get(partition);
            line.put("for_time", found.offset());
            line.put("for_time_timestamp", found.timestamp());
            line.put("for_time_none", consumer.offsetsForTimes(Map.of(partition, 1_800_000_000_000L)).get(partition) == null);
            line.put("end_offset", consumer.endOffsets(List.of(partition)).get(partition));
            line.put("beginning_offset", consumer.beginningOffsets(List.of(partition)).get(partition));
        }
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(45))).all().get();
        line.put("earliest_after_delete", listed(partition, OffsetSpec.earliest()));
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(null)) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 3); // below the log start: the reset policy (earliest) takes over
            List<Long> first = new ArrayList<>();
            await("records after the log start", () -> {
                consumer.poll(POLL).forEach(record -> first.add(record.offset()));
                return !first.isEmpty();
            });
            line.put("first_read_after_delete", first.get(0));
        }
        line.put("delete_beyond_end", why(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(10_000))).all()));
        return line;
    }

    private long listed(TopicPartition partition, OffsetSpec spec) throws Exception {
        return admin.listOffsets(Map.of(partition, spec)).partitionResult(partition).get().offset();
    }

    /** Counts what the group told one member. */
    private static final class Ear implements ConsumerRebalanceListener {
        final List<Integer> assigned = new ArrayList<>();
        final List<Integer> revoked = new ArrayList<>();
        int lost = 0;

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assigned.add(partitions.size());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            revoked.add(partitions.size());
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            lost += partitions.size();
        }
    }

    private Map<String, Object> rebalance(String assignor) throws Exception {
        String kind = assignor.replaceAll(".*\\.", "").toLowerCase();
        String topic = topic("rebalance-" + kind, 4, Map.of());
        fill(topic, 4, 25);
        String group = prefix + "-rebalance-" + kind;
        Map<String, Object> line = new LinkedHashMap<>();
        Ear earOfOne = new Ear();
        Ear earOfTwo = new Ear();
        Set<String> seen = new HashSet<>();
        try (KafkaConsumer<byte[], byte[]> one = consumer(group, "partition.assignment.strategy", assignor, "client.id", "one")) {
            one.subscribe(List.of(topic), earOfOne);
            await("one has everything", () -> {
                read(one, seen);
                return one.assignment().size() == 4 && seen.size() == 100;
            });
            one.commitSync();
            String memberId = one.groupMetadata().memberId();
            int generation = one.groupMetadata().generationId();
            KafkaConsumer<byte[], byte[]> two = consumer(group, "partition.assignment.strategy", assignor, "client.id", "two");
            two.subscribe(List.of(topic), earOfTwo);
            await("both have two", () -> {
                read(one, seen);
                read(two, seen);
                return one.assignment().size() == 2 && two.assignment().size() == 2;
            });
            Set<TopicPartition> together = new HashSet<>(one.assignment());
            together.addAll(two.assignment());
            line.put("disjoint", together.size() == 4);
            line.put("generation_grew", one.groupMetadata().generationId() > generation);
            line.put("member_kept_its_id", one.groupMetadata().memberId().equals(memberId));
            two.close();
            await("one has everything again", () -> {
                read(one, seen);
                return one.assignment().size() == 4;
            });
            line.put("lost", earOfOne.lost + earOfTwo.lost);
            line.put("revoked_from_one", earOfOne.revoked.stream().mapToInt(Integer::intValue).sum());
            one.commitSync();
        }
        line.put("committed", committed(group));
        return line;
    }

    private static void read(KafkaConsumer<byte[], byte[]> consumer, Set<String> seen) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            seen.add(record.partition() + "/" + record.offset());
        }
    }

    private long committed(String group) throws Exception {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(OffsetAndMetadata::offset).sum();
    }

    private Map<String, Object> staticMember() throws Exception {
        String topic = topic("static", 2, Map.of());
        String group = prefix + "-static";
        Map<String, Object> line = new LinkedHashMap<>();
        Ear ear = new Ear();
        try (KafkaConsumer<byte[], byte[]> one = consumer(group, "group.instance.id", "one", "session.timeout.ms", "30000")) {
            one.subscribe(List.of(topic), ear);
            KafkaConsumer<byte[], byte[]> two = consumer(group, "group.instance.id", "two", "session.timeout.ms", "30000");
            two.subscribe(List.of(topic));
            KafkaConsumer<byte[], byte[]> first = two;
            await("both have one", () -> {
                one.poll(POLL);
                first.poll(POLL);
                return one.assignment().size() == 1 && first.assignment().size() == 1;
            });
            Set<TopicPartition> before = first.assignment();
            int told = ear.assigned.size() + ear.revoked.size();
            int generation = one.groupMetadata().generationId();
            first.close(); // a static member does not leave
            KafkaConsumer<byte[], byte[]> again = consumer(group, "group.instance.id", "two", "session.timeout.ms", "30000");
            again.subscribe(List.of(topic));
            await("two is back", () -> {
                one.poll(POLL);
                again.poll(POLL);
                return again.assignment().size() == 1;
            });
            line.put("same_partitions", again.assignment().equals(before));
            line.put("no_rebalance", ear.assigned.size() + ear.revoked.size() == told && one.groupMetadata().generationId() == generation);
            // The older of two members with one instance id is fenced.
            KafkaConsumer<byte[], byte[]> usurper = consumer(group, "group.instance.id", "two", "session.timeout.ms", "30000");
            usurper.subscribe(List.of(topic));
            String[] fenced = {"none"};
            await("fencing", () -> {
                usurper.poll(POLL);
                one.poll(POLL);
                try {
                    again.poll(POLL);
                } catch (RuntimeException e) {
                    fenced[0] = e.getClass().getSimpleName();
                }
                return !fenced[0].equals("none");
            });
            line.put("fenced", fenced[0]);
            again.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
            usurper.close();
        }
        ConsumerGroupDescription described = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        Set<String> instances = new TreeSet<>();
        described.members().forEach(member -> instances.add(member.groupInstanceId().orElse("-")));
        line.put("instances", instances);
        admin.removeMembersFromConsumerGroup(group, new org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions(List.of(
                new org.apache.kafka.clients.admin.MemberToRemove("one"), new org.apache.kafka.clients.admin.MemberToRemove("two")))).all().get();
        line.put("members_after_removal", admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().size());
        return line;
    }

    private Map<String, Object> commitAndResume() throws Exception {
        String topic = topic("resume", 1, Map.of());
        fill(topic, 1, 100);
        String group = prefix + "-resume";
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<String, Object> line = new LinkedHashMap<>();
        try (KafkaConsumer<byte[], byte[]> first = consumer(group, "max.poll.records", "40")) {
            first.subscribe(List.of(topic));
            int[] read = {0};
            await("40 records", () -> {
                read[0] += first.poll(POLL).count();
                return read[0] >= 40;
            });
            first.commitSync(Map.of(partition, new OffsetAndMetadata(40, Optional.of(0), "forty")));
        }
        OffsetAndMetadata kept = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().get(partition);
        line.put("committed", kept.offset());
        line.put("metadata", kept.metadata());
        try (KafkaConsumer<byte[], byte[]> second = consumer(group)) {
            second.subscribe(List.of(topic));
            List<Long> offsets = new ArrayList<>();
            await("the other 60", () -> {
                second.poll(POLL).forEach(record -> offsets.add(record.offset()));
                return offsets.size() >= 60;
            });
            line.put("resumed_at", offsets.get(0));
            line.put("rest", offsets.size());
            second.commitAsync();
        }
        line.put("committed_at_the_end", committed(group));
        try (KafkaConsumer<byte[], byte[]> stranger = consumer(group)) {
            stranger.assign(List.of(partition)); // a simple consumer beside an empty group
            line.put("position_of_a_simple_consumer", stranger.position(partition));
            stranger.commitSync(Map.of(partition, new OffsetAndMetadata(7)));
        }
        line.put("rewound", committed(group));
        return line;
    }

    private Map<String, Object> configs() throws Exception {
        String topic = topic("configs", 1, Map.of("max.message.bytes", "2000"));
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, Object> line = new LinkedHashMap<>();
        Config before = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        line.put("keys", before.entries().size());
        line.put("source", before.get("max.message.bytes").source().name());
        line.put("default_source", before.get("retention.ms").source().name());
        try (KafkaProducer<byte[], byte[]> producer = producer("none")) {
            line.put("too_large", why(producer.send(new ProducerRecord<>(topic, new byte[5000]))));
        }
        admin.incrementalAlterConfigs(Map.of(resource, List.of(
                new AlterConfigOp(new ConfigEntry("max.message.bytes", ""), AlterConfigOp.OpType.DELETE),
                new AlterConfigOp(new ConfigEntry("retention.ms", "60000"), AlterConfigOp.OpType.SET),
                new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.APPEND)))).all().get();
        await("the altered configuration", () -> {
            try {
                return admin.describeConfigs(List.of(resource)).all().get().get(resource).get("retention.ms").value().equals("60000");
            } catch (ExecutionException | InterruptedException e) {
                return false;
            }
        });
        Config after = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        line.put("retention_ms", after.get("retention.ms").value());
        line.put("cleanup_policy", after.get("cleanup.policy").value());
        line.put("max_message_bytes_source", after.get("max.message.bytes").source().name());
        try (KafkaProducer<byte[], byte[]> producer = producer("none")) {
            line.put("fits_now", why(producer.send(new ProducerRecord<>(topic, bytes("k"), new byte[5000]))));
        }
        line.put("bad_value", why(admin.incrementalAlterConfigs(Map.of(resource, List.of(
                new AlterConfigOp(new ConfigEntry("retention.ms", "-5"), AlterConfigOp.OpType.SET)))).all()));
        line.put("unknown_key", why(admin.incrementalAlterConfigs(Map.of(resource, List.of(
                new AlterConfigOp(new ConfigEntry("no.such.key", "1"), AlterConfigOp.OpType.SET)))).all()));
        String node = String.valueOf(admin.describeCluster().controller().get().id());
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node);
        Config ofBroker = admin.describeConfigs(List.of(broker)).all().get().get(broker);
        line.put("broker_keys", ofBroker.entries().size());
        line.put("node_id", ofBroker.get("node.id").value().equals(node));
        line.put("node_id_read_only", ofBroker.get("node.id").isReadOnly());
        return line;
    }

    private Map<String, Object> partitions() throws Exception {
        String topic = topic("grows", 1, Map.of());
        Map<String, Object> line = new LinkedHashMap<>();
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
        await("three partitions", () -> {
            try {
                return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size() == 3;
            } catch (ExecutionException | InterruptedException e) {
                return false;
            }
        });
        fill(topic, 3, 5);
        line.put("end_of_the_new_one", listed(new TopicPartition(topic, 2), OffsetSpec.latest()));
        line.put("shrinking", why(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all()));
        line.put("unknown_topic", why(admin.createPartitions(Map.of(prefix + "-never", NewPartitions.increaseTo(2))).all()));
        List<ProducerState> producers = admin.describeProducers(List.of(new TopicPartition(topic, 0))).all().get()
                .get(new TopicPartition(topic, 0)).activeProducers();
        line.put("producers", producers.size());
        line.put("last_sequence", producers.isEmpty() ? -1 : producers.get(0).lastSequence());
        return line;
    }

    private Map<String, Object> groups() throws Exception {
        String topic = topic("groups", 2, Map.of());
        String group = prefix + "-groups";
        TopicPartition zero = new TopicPartition(topic, 0);
        TopicPartition one = new TopicPartition(topic, 1);
        Map<String, Object> line = new LinkedHashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(group, "client.id", "the-client")) {
            consumer.subscribe(List.of(topic));
            await("assigned", () -> {
                consumer.poll(POLL);
                return consumer.assignment().size() == 2;
            });
            consumer.commitSync(Map.of(zero, new OffsetAndMetadata(0), one, new OffsetAndMetadata(0)));
            ConsumerGroupDescription described = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
            line.put("state", described.groupState().toString());
            line.put("assignor", described.partitionAssignor());
            line.put("client_id", described.members().iterator().next().clientId());
            line.put("assigned", described.members().iterator().next().assignment().topicPartitions().size());
            line.put("delete_while_used", why(admin.deleteConsumerGroups(List.of(group)).all()));
            line.put("alter_while_used", why(admin.alterConsumerGroupOffsets(group, Map.of(zero, new OffsetAndMetadata(1))).all()));
        }
        line.put("listed", admin.listGroups().all().get().stream().filter(g -> g.groupId().equals(group))
                .map(g -> g.type().map(Object::toString).orElse("-") + "/" + g.protocol()).toList());
        admin.alterConsumerGroupOffsets(group, Map.of(zero, new OffsetAndMetadata(5))).all().get();
        line.put("altered", admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().get(zero).offset());
        admin.deleteConsumerGroupOffsets(group, Set.of(zero)).all().get();
        line.put("offsets_left", admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().size());
        admin.deleteConsumerGroups(List.of(group)).all().get();
        line.put("delete_again", why(admin.deleteConsumerGroups(List.of(group)).all()));
        line.put("describe_deleted", why(admin.describeConsumerGroups(List.of(group)).all()));
        line.put("listed_after_delete", admin.listGroups().all().get().stream().filter(g -> g.groupId().equals(group)).count());
        return line;
    }

    private Map<String, Object> cluster() throws Exception {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("nodes", admin.describeCluster().nodes().get().size());
        line.put("cluster_id", admin.describeCluster().clusterId().get().length() > 0);
        line.put("features", new TreeMap<>(admin.describeFeatures().featureMetadata().get().supportedFeatures()).keySet());
        int node = admin.describeCluster().controller().get().id();
        var directories = admin.describeLogDirs(List.of(node)).allDescriptions().get().get(node);
        line.put("log_dirs", directories.size());
        line.put("log_dir_knows_a_topic", directories.values().stream()
                .anyMatch(d -> d.replicaInfos().containsKey(new TopicPartition(prefix + "-codecs", 0))));
        line.put("reassignments", admin.listPartitionReassignments().reassignments().get().size());
        line.put("elect", why(admin.electLeaders(org.apache.kafka.common.ElectionType.PREFERRED,
                Set.of(new TopicPartition(prefix + "-codecs", 0))).partitions()));
        line.put("quorum_leader", admin.describeMetadataQuorum().quorumInfo().get().leaderId() == node);
        line.put("client_metrics_resources", admin.listConfigResources(
                Set.of(ConfigResource.Type.CLIENT_METRICS), new org.apache.kafka.clients.admin.ListConfigResourcesOptions()).all().get().size());
        return line;
    }

    private Map<String, Object> deleteTopic() throws Exception {
        List<String> ours = admin.listTopics().names().get().stream().filter(name -> name.startsWith(prefix + "-")).sorted().toList();
        Uuid id = admin.describeTopics(List.of(prefix + "-made")).allTopicNames().get().get(prefix + "-made").topicId();
        admin.deleteTopics(org.apache.kafka.common.TopicCollection.ofTopicIds(List.of(id))).all().get();
        List<String> others = ours.stream().filter(name -> !name.equals(prefix + "-made")).toList();
        admin.deleteTopics(others).all().get();
        await("topics gone", () -> {
            try {
                return admin.listTopics().names().get().stream().noneMatch(name -> name.startsWith(prefix + "-"));
            } catch (ExecutionException | InterruptedException e) {
                return false;
            }
        });
        return Map.of("deleted", ours.size(), "describe_deleted", why(admin.describeTopics(List.of(prefix + "-made")).allTopicNames()));
    }
}
