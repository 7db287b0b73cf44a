// Exactly once with GroupTransactSession: what is read, transformed and written happens once, whoever does it.
package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

func (s *scenario) session(group, id, source string) (*kgo.GroupTransactSession, error) {
	return kgo.NewGroupTransactSession(
		kgo.SeedBrokers(s.bootstrap), kgo.TransactionalID(id), kgo.ConsumerGroup(group), kgo.ConsumeTopics(source),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.RequireStableFetchOffsets(), kgo.RecordPartitioner(kgo.ManualPartitioner()),
		kgo.HeartbeatInterval(200*time.Millisecond), kgo.SessionTimeout(10*time.Second),
	)
}

type copied struct {
	commits int
	aborts  int
	records int
}

// copy turns records of a session's source into records of target until done says so; every abortEach-th transaction is aborted.
func (s *scenario) copy(
	ctx context.Context, session *kgo.GroupTransactSession, target string, abortEach int, done func(copied) bool,
) (copied, error) {
	var so copied
	for turn := 1; !done(so); turn++ {
		if ctx.Err() != nil {
			return so, ctx.Err()
		}
		short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
		fetches := session.PollRecords(short, 10)
		cancel()
		if fetches.NumRecords() == 0 {
			continue
		}
		if err := session.Begin(); err != nil {
			return so, err
		}
		failed := kgo.AbortingFirstErrPromise(session.Client())
		fetches.EachRecord(func(record *kgo.Record) {
			value := append([]byte("copy of "), record.Value...)
			session.Produce(ctx, &kgo.Record{Topic: target, Partition: record.Partition, Value: value}, failed.Promise())
		})
		wanted := kgo.TransactionEndTry(failed.Err() == nil && (abortEach == 0 || turn%abortEach != 0))
		committed, err := session.End(ctx, wanted)
		if err != nil {
			return so, err
		}
		if committed {
			so.commits++
			so.records += fetches.NumRecords()
		} else {
			so.aborts++
		}
	}
	return so, nil
}

// readAll reads a topic up to the end that this isolation may see.
func (s *scenario) readAll(ctx context.Context, topic string, isolation kgo.IsolationLevel) ([]string, error) {
	client, err := s.with(kgo.ConsumeTopics(topic), kgo.FetchIsolationLevel(isolation))
	if err != nil {
		return nil, err
	}
	defer client.Close()
	list := s.admin.ListEndOffsets
	if isolation == kgo.ReadCommitted() {
		list = s.admin.ListCommittedOffsets
	}
	ends, err := list(ctx, topic)
	if err != nil {
		return nil, err
	}
	left := map[int32]int64{}
	ends.Each(func(end kadm.ListedOffset) {
		if end.Offset > 0 {
			left[end.Partition] = end.Offset
		}
	})
	var found []string
	at := map[int32]int64{}
	for len(left) > 0 {
		short, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
		fetches := client.PollFetches(short)
		cancel()
		fetches.EachRecord(func(record *kgo.Record) {
			found = append(found, fmt.Sprintf("%d %s", record.Partition, record.Value))
			at[record.Partition] = record.Offset + 1
		})
		for partition, end := range left {
			// The last offsets may be markers, which nobody is given.
			if at[partition] >= end || (fetches.NumRecords() == 0 && at[partition] >= end-2) {
				delete(left, partition)
			}
		}
		if ctx.Err() != nil {
			return found, ctx.Err()
		}
	}
	return found, nil
}

func (s *scenario) exactlyOnce(ctx context.Context) (facts, error) {
	const each, partitions = 60, 2
	source, err := s.topic(ctx, "eos-in", partitions, nil)
	if err != nil {
		return nil, err
	}
	target, err := s.topic(ctx, "eos-out", partitions, nil)
	if err != nil {
		return nil, err
	}
	if err := s.fill(ctx, source, partitions, each); err != nil {
		return nil, err
	}
	group := s.prefix + "-eos"
	one, err := s.session(group, s.prefix+"-eos-1", source)
	if err != nil {
		return nil, err
	}
	first, err := s.copy(ctx, one, target, 3, func(so copied) bool { return so.records >= each/2 })
	if err != nil {
		one.Close()
		return nil, fmt.Errorf("the first worker: %w", err)
	}
	// A second worker joins while the first goes on: partitions change hands in the middle of transactions.
	two, err := s.session(group, s.prefix+"-eos-2", source)
	if err != nil {
		one.Close()
		return nil, err
	}
	total := func() int64 {
		offsets, err := s.admin.FetchOffsets(ctx, group)
		if err != nil {
			return 0
		}
		sum := int64(0)
		for _, byPartition := range offsets {
			for _, offset := range byPartition {
				sum += max(offset.At, 0)
			}
		}
		return sum
	}
	end := func(copied) bool { return total() == partitions*each }
	type result struct {
		so  copied
		err error
	}
	results := make(chan result, 2)
	for _, session := range []*kgo.GroupTransactSession{one, two} {
		go func() {
			so, err := s.copy(ctx, session, target, 4, end)
			results <- result{so, err}
		}()
	}
	records, aborts := first.records, first.aborts
	for range 2 {
		got := <-results
		if got.err != nil {
			return nil, fmt.Errorf("two workers: %w", got.err)
		}
		records += got.so.records
		aborts += got.so.aborts
	}
	one.Close()
	two.Close()
	committed, err := s.readAll(ctx, target, kgo.ReadCommitted())
	if err != nil {
		return nil, err
	}
	everything, err := s.readAll(ctx, target, kgo.ReadUncommitted())
	if err != nil {
		return nil, err
	}
	next := map[string]int{}
	inOrder := true
	for _, value := range committed {
		partition, number, _ := strings.Cut(value, " copy of ")
		inOrder = inOrder && number == fmt.Sprint(next[partition])
		next[partition]++
	}
	return facts{
		"copied": records, "read": len(committed), "once_and_in_order": inOrder, "aborted_some": aborts > 0,
		"aborted_are_in_the_log": len(everything) > len(committed), "committed": total(),
	}, nil
}

func (s *scenario) fenced(ctx context.Context) (facts, error) {
	topic, err := s.topic(ctx, "fenced", 1, nil)
	if err != nil {
		return nil, err
	}
	id := s.prefix + "-fenced"
	write := func(client *kgo.Client, value string) error {
		if err := client.BeginTransaction(); err != nil {
			return err
		}
		return client.ProduceSync(ctx, &kgo.Record{Topic: topic, Value: []byte(value)}).FirstErr()
	}
	elder, err := s.with(kgo.TransactionalID(id))
	if err != nil {
		return nil, err
	}
	defer elder.Close()
	if err := write(elder, "never seen"); err != nil {
		return nil, err
	}
	successor, err := s.with(kgo.TransactionalID(id))
	if err != nil {
		return nil, err
	}
	defer successor.Close()
	if err := write(successor, "seen"); err != nil {
		return nil, err
	}
	refused := elder.EndTransaction(ctx, kgo.TryCommit)
	if err := successor.EndTransaction(ctx, kgo.TryCommit); err != nil {
		return nil, err
	}
	committed, err := s.readAll(ctx, topic, kgo.ReadCommitted())
	if err != nil {
		return nil, err
	}
	everything, err := s.readAll(ctx, topic, kgo.ReadUncommitted())
	return facts{
		"elder":     errors.Is(refused, kerr.ProducerFenced) || errors.Is(refused, kerr.InvalidProducerEpoch),
		"committed": strings.Join(committed, ","), "everything": strings.Join(everything, ","),
	}, err
}
