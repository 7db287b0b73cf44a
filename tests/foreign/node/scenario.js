// The kafkajs walk through a broker: prints one JSON object a step, which tests/foreign/test_kafkajs.py judges.
//
//   node scenario.js BOOTSTRAP PREFIX
'use strict'

const { CompressionCodecs, CompressionTypes, ConfigResourceTypes, Kafka, PartitionAssigners, logLevel } = require('kafkajs')
const SnappyCodec = require('kafkajs-snappy')

CompressionCodecs[CompressionTypes.Snappy] = SnappyCodec

const LIMIT_MS = 45_000
const [bootstrap, prefix] = process.argv.slice(2)
const kafka = new Kafka({ clientId: 'kafkajs', brokers: [bootstrap], logLevel: logLevel.NOTHING })
const admin = kafka.admin()
const made = []

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

async function until(what, done) {
  const deadline = Date.now() + LIMIT_MS
  for (;;) {
    if (await done()) return
    if (Date.now() > deadline) throw new Error(`not within ${LIMIT_MS} ms: ${what}`)
    await sleep(20)
  }
}

// The type of a Kafka error, or 'none'.
async function why(promise) {
  try {
    await promise
    return 'none'
  } catch (e) {
    const inner = e.errors ? e.errors[0] : e.groups ? { type: codeName(e.groups[0].errorCode) } : e
    return inner.type || inner.message
  }
}

const codeName = code => ({ 68: 'NON_EMPTY_GROUP', 69: 'GROUP_ID_NOT_FOUND' })[code] || String(code)

async function topic(name, numPartitions, configEntries = []) {
  const full = `${prefix}-${name}`
  await admin.createTopics({ topics: [{ topic: full, numPartitions, replicationFactor: 1, configEntries }] })
  made.push(full)
  // Apache Kafka answers before its own metadata cache has the topic.
  await until(`topic ${full}`, async () => {
    try {
      const metadata = await admin.fetchTopicMetadata({ topics: [full] })
      return metadata.topics[0].partitions.length === numPartitions
    } catch (e) {
      return false
    }
  })
  return full
}

async function fill(name, partitions, each) {
  const producer = kafka.producer()
  await producer.connect()
  const messages = []
  for (let partition = 0; partition < partitions; partition++) {
    for (let i = 0; i < each; i++) messages.push({ partition, value: `v${i}` })
  }
  await producer.send({ topic: name, messages })
  await producer.disconnect()
}

// A consumer of a group that notes what it is given and what it reads.
async function join(groupId, name, onMessage) {
  const consumer = kafka.consumer({
    groupId,
    partitionAssigners: [PartitionAssigners.roundRobin],
    heartbeatInterval: 200,
    sessionTimeout: 10_000,
    rebalanceTimeout: 10_000,
    maxWaitTimeInMs: 200
  })
  const member = { consumer, assigned: [], seen: [] }
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    member.assigned = payload.memberAssignment[name] || []
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [name], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      member.seen.push(`${partition}/${message.offset}`)
      if (onMessage) await onMessage(member, partition, message)
    }
  })
  return member
}

const committed = async groupId => {
  const topics = await admin.fetchOffsets({ groupId })
  return topics.flatMap(t => t.partitions).reduce((sum, p) => sum + Number(p.offset), 0)
}

const steps = {
  async create_topic() {
    const name = await topic('made', 3, [{ name: 'retention.ms', value: '123456789' }])
    const again = await admin.createTopics({ topics: [{ topic: name }] })
    const bad = await why(admin.createTopics({ topics: [{ topic: 'no/slash', numPartitions: 1 }] }))
    const dry = await admin.createTopics({ validateOnly: true, waitForLeaders: false, topics: [{ topic: `${prefix}-dry`, numPartitions: 1 }] })
    const listed = await admin.listTopics()
    const metadata = await admin.fetchTopicMetadata({ topics: [name] })
    return {
      listed: listed.includes(name),
      not_made: !listed.includes(`${prefix}-dry`),
      validated: dry,
      created_again: again,
      bad_name: bad,
      partitions: metadata.topics[0].partitions.length
    }
  },

  async produce_consume() {
    const name = await topic('codecs', 1)
    const want = []
    const text = (key, value, timestamp, codec) =>
      `${key === null ? null : key.toString()}|${value === null ? null : value.toString()}|${timestamp}|${codec}`
    for (const [codec, compression] of [['none', CompressionTypes.None], ['gzip', CompressionTypes.GZIP], ['snappy', CompressionTypes.Snappy]]) {
      const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
      await producer.connect()
      const messages = []
      for (let i = 0; i < 40; i++) {
        const key = i % 5 === 0 ? null : `${codec}-k${i}`
        const value = i % 7 === 0 ? null : `${codec}-v${i}-${'x'.repeat(i * 3)}`
        const timestamp = String(1_700_000_000_000 + want.length)
        want.push(text(key, value, timestamp, codec))
        messages.push({ key, value, timestamp, headers: { codec, empty: '' } })
      }
      await producer.send({ topic: name, compression, messages, acks: -1 })
      await producer.disconnect()
    }
    const got = []
    let headers = true
    const reader = await join(`${prefix}-codecs`, name, async (member, partition, message) => {
      headers = headers && message.headers.empty.length === 0
      got.push(text(message.key, message.value, message.timestamp, message.headers.codec.toString()))
    })
    await until('every record', () => got.length >= want.length)
    await reader.consumer.disconnect()
    return { sent: want.length, read: got.length, same: JSON.stringify(got) === JSON.stringify(want), headers }
  },

  async offsets() {
    const name = `${prefix}-codecs`
    const [ends] = await admin.fetchTopicOffsets(name)
    const [at] = await admin.fetchTopicOffsetsByTimestamp(name, 1_700_000_000_057)
    await admin.deleteTopicRecords({ topic: name, partitions: [{ partition: 0, offset: '45' }] })
    const [after] = await admin.fetchTopicOffsets(name)
    return { low: ends.low, high: ends.high, at: at.offset, low_after_delete: after.low }
  },

  async rebalance_eager() {
    const name = await topic('rebalance', 4)
    await fill(name, 4, 25)
    const groupId = `${prefix}-rebalance`
    const commit = (member, partition, message) =>
      member.consumer.commitOffsets([{ topic: name, partition, offset: String(Number(message.offset) + 1) }])
    const one = await join(groupId, name, commit)
    await until('one has everything', () => one.assigned.length === 4 && one.seen.length === 100)
    const two = await join(groupId, name, commit)
    await until('both have two', () => one.assigned.length === 2 && two.assigned.length === 2)
    const together = new Set([...one.assigned, ...two.assigned])
    await two.consumer.disconnect()
    await until('one has everything again', () => one.assigned.length === 4)
    const sum = await committed(groupId)
    await one.consumer.disconnect()
    return { disjoint: together.size === 4, committed: sum, read_twice: one.seen.length + two.seen.length - 100 }
  },

  async commit_resume() {
    const name = await topic('resume', 1)
    await fill(name, 1, 100)
    const groupId = `${prefix}-resume`
    const first = await join(groupId, name)
    await until('the first read', () => first.seen.length >= 40)
    await first.consumer.commitOffsets([{ topic: name, partition: 0, offset: '40', metadata: 'forty' }])
    await first.consumer.disconnect()
    const [kept] = await admin.fetchOffsets({ groupId, topics: [name] })
    const second = await join(groupId, name)
    await until('the rest', () => second.seen.length >= 60)
    await second.consumer.disconnect()
    return {
      committed: kept.partitions[0].offset,
      metadata: kept.partitions[0].metadata,
      resumed_at: second.seen[0],
      rest: second.seen.length
    }
  },

  async configs() {
    const name = await topic('configs', 1)
    const resource = { type: ConfigResourceTypes.TOPIC, name }
    const value = async () => {
      const described = await admin.describeConfigs({ includeSynonyms: true, resources: [{ ...resource, configNames: ['retention.ms'] }] })
      return described.resources[0].configEntries[0].configValue
    }
    const before = await value()
    await admin.alterConfigs({ resources: [{ ...resource, configEntries: [{ name: 'retention.ms', value: '60000' }] }] })
    await until('the new value', async () => (await value()) === '60000')
    const refused = await why(admin.alterConfigs({ resources: [{ ...resource, configEntries: [{ name: 'retention.ms', value: 'soon' }] }] }))
    return { before, after: await value(), refused }
  },

  async partitions() {
    const name = await topic('grows', 1)
    await admin.createPartitions({ topicPartitions: [{ topic: name, count: 3 }] })
    await until('three partitions', async () => (await admin.fetchTopicMetadata({ topics: [name] })).topics[0].partitions.length === 3)
    await fill(name, 3, 5)
    const offsets = await admin.fetchTopicOffsets(name)
    return { ends: offsets.sort((a, b) => a.partition - b.partition).map(o => o.high) }
  },

  async groups() {
    const name = await topic('groups', 2)
    await fill(name, 2, 3)
    const groupId = `${prefix}-groups`
    const one = await join(groupId, name)
    await until('assigned', () => one.assigned.length === 2)
    const described = (await admin.describeGroups([groupId])).groups[0]
    const busy = await why(admin.deleteGroups([groupId]))
    await one.consumer.disconnect()
    await admin.setOffsets({ groupId, topic: name, partitions: [{ partition: 1, offset: '2' }] })
    const [set] = await admin.fetchOffsets({ groupId, topics: [name] })
    const listed = (await admin.listGroups()).groups.some(group => group.groupId === groupId && group.protocolType === 'consumer')
    await admin.deleteGroups([groupId])
    const again = await why(admin.deleteGroups([groupId]))
    return {
      state: described.state,
      protocol: described.protocol,
      members: described.members.length,
      delete_while_used: busy,
      set: set.partitions.find(p => p.partition === 1).offset,
      listed,
      delete_again: again
    }
  },

  async cluster() {
    const cluster = await admin.describeCluster()
    return { brokers: cluster.brokers.length, controller: cluster.controller === cluster.brokers[0].nodeId, cluster_id: cluster.clusterId.length > 0 }
  },

  async delete_topic() {
    await admin.deleteTopics({ topics: made })
    await until('topics gone', async () => !(await admin.listTopics()).some(name => name.startsWith(`${prefix}-`)))
    return { deleted: made.length }
  }
}

async function main() {
  await admin.connect()
  for (const [step, run] of Object.entries(steps)) {
    const begun = Date.now()
    let line
    try {
      line = await run()
    } catch (e) {
      line = { error: e.stack }
    }
    console.log(JSON.stringify({ step, ...line, seconds: (Date.now() - begun) / 1000 }))
  }
  await admin.disconnect()
}

main().then(
  () => process.exit(0), // a consumer that a failed step left behind must not keep the process
  e => {
    console.error(e)
    process.exit(1)
  }
)
