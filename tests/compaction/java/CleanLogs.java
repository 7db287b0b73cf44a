// Cleans logs with Apache Kafka's own Cleaner, round after round, and leaves what each round left: see ../golden.py.

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.MockTime;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.Cleaner;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.LogToClean;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.SkimpyOffsetMap;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.utils.Throttler;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

public class CleanLogs {
    // arguments: directories that hold a partition `t-0` and `rounds`, a file of lines "firstDirty uncleanable nowMs segmentBytes deleteRetentionMs"
    public static void main(String[] arguments) throws Exception {
        KafkaScheduler scheduler = new KafkaScheduler(1);
        scheduler.startup();
        for (String argument : arguments) {
            Path home = Path.of(argument);
            int number = 0;
            UnifiedLog log = null;
            for (String line : Files.readAllLines(home.resolve("rounds"))) {
                String[] words = line.split(" ");
                long now = Long.parseLong(words[2]);
                MockTime time = new MockTime(0, now, 0);
                Map<String, String> config = new HashMap<>();
                config.put("cleanup.policy", "compact");
                config.put("internal.segment.bytes", words[3]);
                config.put("delete.retention.ms", words[4]);
                if (log != null) log.close();
                log = UnifiedLog.create(home.resolve("t-0").toFile(), new LogConfig(config), 0, 0, scheduler,
                    new BrokerTopicStats(), time, 900_000, new ProducerStateManagerConfig(Integer.MAX_VALUE, false), 600_000,
                    new LogDirFailureChannel(1), number > 0, Optional.empty());
                Cleaner cleaner = new Cleaner(0, new SkimpyOffsetMap(1 << 20), 64 * 1024, 1 << 20, 0.9,
                    new Throttler(Double.MAX_VALUE, 300, "clean", "bytes", time), time, partition -> { });
                long end = cleaner.doClean(
                    new LogToClean(log, Long.parseLong(words[0]), Long.parseLong(words[1]), false), now).getKey();
                Path out = home.resolve("after-" + number++);
                Files.createDirectories(out);
                Files.writeString(out.resolve("end"), Long.toString(end));
                try (Stream<Path> files = Files.list(home.resolve("t-0"))) {
                    for (Path file : (Iterable<Path>) files::iterator) {
                        String name = file.getFileName().toString();
                        if (name.endsWith(".log") || name.endsWith(".txnindex")) Files.copy(file, out.resolve(name));
                    }
                }
            }
            if (log != null) log.close();
        }
        System.exit(0);
    }
}
