// The franz-go walk through a broker: prints one JSON object a step, which tests/foreign/test_franz_go.py judges.
//
//	scenario BOOTSTRAP PREFIX
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

const limit = 45 * time.Second

type facts map[string]any

type scenario struct {
	bootstrap string
	prefix    string
	client    *kgo.Client
	admin     *kadm.Client
	topics    []string
}

func main() {
	s := &scenario{bootstrap: os.Args[1], prefix: os.Args[2]}
	client, err := kgo.NewClient(kgo.SeedBrokers(s.bootstrap))
	if err != nil {
		panic(err)
	}
	defer client.Close()
	s.client, s.admin = client, kadm.NewClient(client)
	for _, step := range []struct {
		name string
		run  func(context.Context) (facts, error)
	}{
		{"create_topic", s.createTopic},
		{"produce_consume", s.produceConsume},
		{"offsets", s.offsets},
		{"rebalance_cooperative", func(ctx context.Context) (facts, error) {
			return s.rebalance(ctx, "coop", kgo.CooperativeStickyBalancer())
		}},
		{"rebalance_eager", func(ctx context.Context) (facts, error) { return s.rebalance(ctx, "eager", kgo.RangeBalancer()) }},
		{"commit_resume", s.commitResume},
		{"configs", s.configs},
		{"partitions", s.partitions},
		{"groups", s.groups},
		{"cluster", s.cluster},
		{"exactly_once", s.exactlyOnce},
		{"fenced", s.fenced},
		{"delete_topic", s.deleteTopic},
	} {
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		begun := time.Now()
		line, err := step.run(ctx)
		cancel()
		if line == nil {
			line = facts{}
		}
		line["step"] = step.name
		line["seconds"] = time.Since(begun).Seconds()
		if err != nil {
			line["error"] = err.Error()
		}
		text, _ := json.Marshal(line)
		fmt.Println(string(text))
	}
}

// why names a Kafka error, or says none.
func why(err error) string {
	var known *kerr.Error
	switch {
	case err == nil:
		return "none"
	case errors.As(err, &known):
		return known.Message
	default:
		return err.Error()
	}
}

func until(ctx context.Context, what string, done func() bool) error {
	for !done() {
		select {
		case <-ctx.Done():
			return fmt.Errorf("not within %s: %s", limit, what)
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

func (s *scenario) topic(ctx context.Context, name string, partitions int32, configs map[string]*string) (string, error) {
	full := s.prefix + "-" + name
	made, err := s.admin.CreateTopic(ctx, partitions, 1, configs, full)
	if err != nil {
		return full, err
	}
	if made.Err != nil {
		return full, made.Err
	}
	s.topics = append(s.topics, full)
	// Apache Kafka answers before its own metadata cache has the topic.
	return full, until(ctx, "topic "+full, func() bool {
		listed, err := s.admin.ListTopics(ctx, full)
		return err == nil && len(listed[full].Partitions) == int(partitions)
	})
}

func (s *scenario) with(options ...kgo.Opt) (*kgo.Client, error) {
	return kgo.NewClient(append([]kgo.Opt{kgo.SeedBrokers(s.bootstrap)}, options...)...)
}

func (s *scenario) createTopic(ctx context.Context) (facts, error) {
	retention := "123456789"
	name, err := s.topic(ctx, "made", 3, map[string]*string{"retention.ms": &retention})
	if err != nil {
		return nil, err
	}
	listed, err := s.admin.ListTopics(ctx, name)
	if err != nil {
		return nil, err
	}
	again, err := s.admin.CreateTopic(ctx, 1, 1, nil, name)
	if err == nil {
		err = again.Err
	}
	dry, dryErr := s.admin.ValidateCreateTopics(ctx, 2, 1, nil, s.prefix+"-dry")
	if dryErr == nil {
		dryErr = dry[s.prefix+"-dry"].Err
	}
	after, err2 := s.admin.ListTopics(ctx)
	if err2 != nil {
		return nil, err2
	}
	return facts{
		"partitions":    len(listed[name].Partitions),
		"has_id":        listed[name].ID != kadm.TopicID{},
		"exists":        why(err),
		"validate_only": why(dryErr),
		"not_made":      !after.Has(s.prefix + "-dry"),
	}, nil
}

func (s *scenario) produceConsume(ctx context.Context) (facts, error) {
	name, err := s.topic(ctx, "codecs", 1, nil)
	if err != nil {
		return nil, err
	}
	codecs := []struct {
		name  string
		codec kgo.CompressionCodec
	}{
		{"none", kgo.NoCompression()}, {"gzip", kgo.GzipCompression()}, {"snappy", kgo.SnappyCompression()},
		{"lz4", kgo.Lz4Compression()}, {"zstd", kgo.ZstdCompression()},
	}
	var want, got []string
	dense := true
	for _, c := range codecs {
		producer, err := s.with(kgo.ProducerBatchCompression(c.codec), kgo.ProducerLinger(10*time.Millisecond))
		if err != nil {
			return nil, err
		}
		var records []*kgo.Record
		for i := 0; i < 40; i++ {
			record := &kgo.Record{
				Topic:     name,
				Timestamp: time.UnixMilli(1_700_000_000_000 + int64(len(want))),
				Headers:   []kgo.RecordHeader{{Key: "codec", Value: []byte(c.name)}, {Key: "null"}},
			}
			if i%5 != 0 {
				record.Key = []byte(fmt.Sprintf("%s-k%d", c.name, i))
			}
			if i%7 != 0 {
				record.Value = []byte(fmt.Sprintf("%s-v%d-%s", c.name, i, strings.Repeat("x", 3*i)))
			}
			want = append(want, shown(record))
			records = append(records, record)
		}
		for _, result := range producer.ProduceSync(ctx, records...) {
			if result.Err != nil {
				producer.Close()
				return nil, result.Err
			}
		}
		for i, record := range records {
			dense = dense && record.Offset == int64(len(want)-len(records)+i)
		}
		producer.Close()
	}
	consumer, err := s.with(kgo.ConsumePartitions(map[string]map[int32]kgo.Offset{name: {0: kgo.NewOffset().AtStart()}}))
	if err != nil {
		return nil, err
	}
	defer consumer.Close()
	for len(got) < len(want) && ctx.Err() == nil {
		consumer.PollFetches(ctx).EachRecord(func(record *kgo.Record) { got = append(got, shown(record)) })
	}
	same := len(got) == len(want)
	for i := range got {
		same = same && got[i] == want[i]
	}
	return facts{"sent": len(want), "read": len(got), "same": same, "offsets_dense": dense}, nil
}

func shown(record *kgo.Record) string {
	text := fmt.Sprintf("%q %v %q %v %d", record.Key, record.Key == nil, record.Value, record.Value == nil, record.Timestamp.UnixMilli())
	for _, header := range record.Headers {
		text += fmt.Sprintf(" %s=%q/%v", header.Key, header.Value, header.Value == nil)
	}
	return text
}

func (s *scenario) offsets(ctx context.Context) (facts, error) {
	name := s.prefix + "-codecs"
	offset := func(listed kadm.ListedOffsets, err error) any {
		if err != nil {
			return err.Error()
		}
		one, ok := listed.Lookup(name, 0)
		if !ok {
			return "absent"
		}
		if one.Err != nil {
			return one.Err.Error()
		}
		return one.Offset
	}
	line := facts{
		"earliest":      offset(s.admin.ListStartOffsets(ctx, name)),
		"latest":        offset(s.admin.ListEndOffsets(ctx, name)),
		"committed":     offset(s.admin.ListCommittedOffsets(ctx, name)),
		"at":            offset(s.admin.ListOffsetsAfterMilli(ctx, 1_700_000_000_057, name)),
		"max_timestamp": offset(s.admin.ListMaxTimestampOffsets(ctx, name)),
	}
	trim := kadm.Offsets{}
	trim.Add(kadm.Offset{Topic: name, Partition: 0, At: 45})
	trimmed, err := s.admin.DeleteRecords(ctx, trim)
	if err != nil {
		return line, err
	}
	one, _ := trimmed.Lookup(name, 0)
	line["low_watermark"] = one.LowWatermark
	line["earliest_after_delete"] = offset(s.admin.ListStartOffsets(ctx, name))
	return line, nil
}

// member is one consumer of a group that keeps polling until it is closed.
type member struct {
	client   *kgo.Client
	mutex    sync.Mutex
	assigned map[int32]bool
	revoked  int
	lost     int
	seen     map[string]int
	finished chan struct{}
}

func (s *scenario) join(group, topic string, balancer kgo.GroupBalancer) (*member, error) {
	m := &member{assigned: map[int32]bool{}, seen: map[string]int{}, finished: make(chan struct{})}
	client, err := s.with(
		kgo.ConsumerGroup(group), kgo.ConsumeTopics(topic), kgo.Balancers(balancer),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.HeartbeatInterval(200*time.Millisecond), kgo.SessionTimeout(10*time.Second),
		kgo.OnPartitionsAssigned(func(_ context.Context, _ *kgo.Client, got map[string][]int32) {
			m.mutex.Lock()
			defer m.mutex.Unlock()
			for _, partition := range got[topic] {
				m.assigned[partition] = true
			}
		}),
		kgo.OnPartitionsRevoked(func(ctx context.Context, cl *kgo.Client, gone map[string][]int32) {
			_ = cl.CommitUncommittedOffsets(ctx)
			m.mutex.Lock()
			defer m.mutex.Unlock()
			m.revoked += len(gone[topic])
			for _, partition := range gone[topic] {
				delete(m.assigned, partition)
			}
		}),
		kgo.OnPartitionsLost(func(_ context.Context, _ *kgo.Client, gone map[string][]int32) {
			m.mutex.Lock()
			defer m.mutex.Unlock()
			m.lost += len(gone[topic])
			for _, partition := range gone[topic] {
				delete(m.assigned, partition)
			}
		}),
		kgo.DisableAutoCommit(),
	)
	if err != nil {
		return nil, err
	}
	m.client = client
	go func() {
		defer close(m.finished)
		for {
			fetches := client.PollFetches(context.Background())
			if fetches.IsClientClosed() {
				return
			}
			m.mutex.Lock()
			fetches.EachRecord(func(record *kgo.Record) { m.seen[fmt.Sprintf("%d/%d", record.Partition, record.Offset)]++ })
			m.mutex.Unlock()
		}
	}()
	return m, nil
}

func (m *member) has() map[int32]bool {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	copied := map[int32]bool{}
	for partition := range m.assigned {
		copied[partition] = true
	}
	return copied
}

func (m *member) read() int {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return len(m.seen)
}

func (m *member) leave() {
	m.client.Close()
	<-m.finished
}

func (s *scenario) fill(ctx context.Context, topic string, partitions int32, each int) error {
	producer, err := s.with(kgo.RecordPartitioner(kgo.ManualPartitioner()))
	if err != nil {
		return err
	}
	defer producer.Close()
	var records []*kgo.Record
	for partition := int32(0); partition < partitions; partition++ {
		for i := 0; i < each; i++ {
			records = append(records, &kgo.Record{Topic: topic, Partition: partition, Value: []byte(fmt.Sprint(i))})
		}
	}
	return producer.ProduceSync(ctx, records...).FirstErr()
}

func (s *scenario) rebalance(ctx context.Context, kind string, balancer kgo.GroupBalancer) (facts, error) {
	topic, err := s.topic(ctx, "rebalance-"+kind, 4, nil)
	if err != nil {
		return nil, err
	}
	if err := s.fill(ctx, topic, 4, 25); err != nil {
		return nil, err
	}
	group := s.prefix + "-rebalance-" + kind
	one, err := s.join(group, topic, balancer)
	if err != nil {
		return nil, err
	}
	defer one.leave()
	if err := until(ctx, "one has everything", func() bool { return len(one.has()) == 4 && one.read() == 100 }); err != nil {
		return nil, err
	}
	if err := one.client.CommitUncommittedOffsets(ctx); err != nil {
		return nil, err
	}
	two, err := s.join(group, topic, balancer)
	if err != nil {
		return nil, err
	}
	if err := until(ctx, "both have two", func() bool { return len(one.has()) == 2 && len(two.has()) == 2 }); err != nil {
		two.leave()
		return nil, err
	}
	together := one.has()
	for partition := range two.has() {
		together[partition] = true
	}
	two.leave()
	if err := until(ctx, "one has everything again", func() bool { return len(one.has()) == 4 }); err != nil {
		return nil, err
	}
	committed, err := s.committed(ctx, group)
	one.mutex.Lock()
	defer one.mutex.Unlock()
	return facts{
		"disjoint": len(together) == 4, "revoked_from_one": one.revoked, "lost": one.lost + two.lost, "committed": committed,
		"read_again_by_two": len(two.seen),
	}, err
}

func (s *scenario) committed(ctx context.Context, group string) (int64, error) {
	fetched, err := s.admin.FetchOffsets(ctx, group)
	if err != nil {
		return 0, err
	}
	var sum int64
	fetched.Each(func(offset kadm.OffsetResponse) { sum += offset.At })
	return sum, fetched.Error()
}

func (s *scenario) commitResume(ctx context.Context) (facts, error) {
	topic, err := s.topic(ctx, "resume", 1, nil)
	if err != nil {
		return nil, err
	}
	if err := s.fill(ctx, topic, 1, 100); err != nil {
		return nil, err
	}
	group := s.prefix + "-resume"
	member := func() (*kgo.Client, error) {
		return s.with(kgo.ConsumerGroup(group), kgo.ConsumeTopics(topic), kgo.DisableAutoCommit(),
			kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	}
	first, err := member()
	if err != nil {
		return nil, err
	}
	var read []*kgo.Record
	for len(read) < 40 && ctx.Err() == nil {
		read = append(read, first.PollRecords(ctx, 40-len(read)).Records()...)
	}
	err = first.CommitRecords(ctx, read...)
	first.Close()
	if err != nil {
		return nil, err
	}
	committed, err := s.committed(ctx, group)
	if err != nil {
		return nil, err
	}
	second, err := member()
	if err != nil {
		return nil, err
	}
	defer second.Close()
	var rest []*kgo.Record
	for len(rest) < 60 && ctx.Err() == nil {
		rest = append(rest, second.PollFetches(ctx).Records()...)
	}
	if len(rest) == 0 {
		return nil, errors.New("nothing after the resumption")
	}
	return facts{"read": len(read), "committed": committed, "resumed_at": rest[0].Offset, "rest": len(rest)}, nil
}

func (s *scenario) configs(ctx context.Context) (facts, error) {
	topic, err := s.topic(ctx, "configs", 1, nil)
	if err != nil {
		return nil, err
	}
	value := func(key string) string {
		described, err := s.admin.DescribeTopicConfigs(ctx, topic)
		if err != nil {
			return err.Error()
		}
		for _, config := range described {
			for _, entry := range config.Configs {
				if entry.Key == key {
					return entry.MaybeValue() + "/" + entry.Source.String()
				}
			}
		}
		return "absent"
	}
	set := "60000"
	altered, err := s.admin.AlterTopicConfigs(ctx, []kadm.AlterConfig{{Op: kadm.SetConfig, Name: "retention.ms", Value: &set}}, topic)
	if err != nil {
		return nil, err
	}
	line := facts{"altered": why(altered[0].Err)}
	if err := until(ctx, "the new value", func() bool { return strings.HasPrefix(value("retention.ms"), "60000/") }); err != nil {
		return nil, err
	}
	line["set"] = value("retention.ms")
	removed, err := s.admin.AlterTopicConfigs(ctx, []kadm.AlterConfig{{Op: kadm.DeleteConfig, Name: "retention.ms"}}, topic)
	if err != nil {
		return nil, err
	}
	line["removed"] = why(removed[0].Err)
	if err := until(ctx, "the default", func() bool { return strings.HasPrefix(value("retention.ms"), "604800000/") }); err != nil {
		return nil, err
	}
	bad := "soon"
	refused, err := s.admin.AlterTopicConfigs(ctx, []kadm.AlterConfig{{Op: kadm.SetConfig, Name: "retention.ms", Value: &bad}}, topic)
	if err != nil {
		return nil, err
	}
	line["refused"] = why(refused[0].Err)
	return line, nil
}

func (s *scenario) partitions(ctx context.Context) (facts, error) {
	topic, err := s.topic(ctx, "grows", 1, nil)
	if err != nil {
		return nil, err
	}
	grown, err := s.admin.UpdatePartitions(ctx, 3, topic)
	if err != nil {
		return nil, err
	}
	if err := until(ctx, "three partitions", func() bool {
		listed, err := s.admin.ListTopics(ctx, topic)
		return err == nil && len(listed[topic].Partitions) == 3
	}); err != nil {
		return nil, err
	}
	if err := s.fill(ctx, topic, 3, 5); err != nil {
		return nil, err
	}
	ends, err := s.admin.ListEndOffsets(ctx, topic)
	if err != nil {
		return nil, err
	}
	last, _ := ends.Lookup(topic, 2)
	shrunk, err := s.admin.UpdatePartitions(ctx, 2, topic)
	if err != nil {
		return nil, err
	}
	return facts{"grown": why(grown[topic].Err), "end_of_the_new_one": last.Offset, "shrinking": why(shrunk[topic].Err)}, nil
}

func (s *scenario) groups(ctx context.Context) (facts, error) {
	topic, err := s.topic(ctx, "groups", 2, nil)
	if err != nil {
		return nil, err
	}
	group := s.prefix + "-groups"
	one, err := s.join(group, topic, kgo.RoundRobinBalancer())
	if err != nil {
		return nil, err
	}
	if err := until(ctx, "assigned", func() bool { return len(one.has()) == 2 }); err != nil {
		one.leave()
		return nil, err
	}
	line := facts{}
	described, err := s.admin.DescribeGroups(ctx, group)
	if err != nil {
		one.leave()
		return nil, err
	}
	line["state"] = described[group].State
	line["protocol"] = described[group].ProtocolType + "/" + described[group].Protocol
	line["members"] = len(described[group].Members)
	busy, err := s.admin.DeleteGroups(ctx, group)
	if err == nil {
		err = busy[group].Err
	}
	line["delete_while_used"] = why(err)
	one.leave()
	offsets := kadm.Offsets{}
	offsets.Add(kadm.Offset{Topic: topic, Partition: 1, At: 5, Metadata: "five"})
	line["committed"] = why(s.admin.CommitAllOffsets(ctx, group, offsets))
	fetched, err := s.admin.FetchOffsets(ctx, group)
	if err != nil {
		return nil, err
	}
	five, _ := fetched.Lookup(topic, 1)
	line["fetched"] = fmt.Sprintf("%d/%s", five.At, five.Metadata)
	lags, err := s.admin.Lag(ctx, group)
	if err != nil {
		return nil, err
	}
	lag := lags[group]
	line["lag_known"] = lag.Error() == nil
	var parts kadm.TopicsSet
	parts.Add(topic, 1)
	gone, err := s.admin.DeleteOffsets(ctx, group, parts)
	if err != nil {
		return nil, err
	}
	line["offsets_deleted"] = why(gone.Error())
	listed, err := s.admin.ListGroups(ctx)
	if err != nil {
		return nil, err
	}
	line["listed"] = listed[group].State
	deleted, err := s.admin.DeleteGroups(ctx, group)
	if err == nil {
		err = deleted[group].Err
	}
	line["deleted"] = why(err)
	again, err := s.admin.DeleteGroups(ctx, group)
	if err == nil {
		err = again[group].Err
	}
	line["delete_again"] = why(err)
	return line, nil
}

func (s *scenario) cluster(ctx context.Context) (facts, error) {
	metadata, err := s.admin.BrokerMetadata(ctx)
	if err != nil {
		return nil, err
	}
	directories, err := s.admin.DescribeAllLogDirs(ctx, nil)
	if err != nil {
		return nil, err
	}
	found := 0
	directories.Each(func(d kadm.DescribedLogDir) {
		d.Topics.Each(func(p kadm.DescribedLogDirPartition) {
			if p.Topic == s.prefix+"-codecs" && p.Size > 0 {
				found++
			}
		})
	})
	return facts{"brokers": len(metadata.Brokers), "cluster_id": metadata.Cluster != "", "log_dir_knows_a_topic": found}, nil
}

func (s *scenario) deleteTopic(ctx context.Context) (facts, error) {
	deleted, err := s.admin.DeleteTopics(ctx, s.topics...)
	if err != nil {
		return nil, err
	}
	if err := deleted.Error(); err != nil {
		return nil, err
	}
	err = until(ctx, "topics gone", func() bool {
		left, err := s.admin.ListTopics(ctx)
		if err != nil {
			return false
		}
		for _, name := range left.Names() {
			if strings.HasPrefix(name, s.prefix+"-") {
				return false
			}
		}
		return true
	})
	return facts{"deleted": len(s.topics)}, err
}
