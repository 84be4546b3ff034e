import { defineEntity, p } from '@mikro-orm/core';
import { recordColumns, recordOrder } from '../../persistence/record-columns.ts';

/** A name looked up. */
export const dnsRecordSchema = defineEntity({
  name: 'DnsRecord',
  properties: {
    ...recordColumns(),
    sourceIp: p.text().nullable(),
    sourcePort: p.integer().nullable(),
    destinationIp: p.text().nullable(),
    query: p.text(),
    type: p.text().nullable(),
    responseCode: p.text().nullable(),
    /** A JSON array of texts. */
    answers: p.text(),
  },
  indexes: recordOrder('dns_record'),
});

/** A connection or flow. */
export const tcpRecordSchema = defineEntity({
  name: 'TcpRecord',
  properties: {
    ...recordColumns(),
    sourceIp: p.text(),
    sourcePort: p.integer().nullable(),
    destinationIp: p.text(),
    destinationPort: p.integer().nullable(),
    proto: p.text(),
    durationMs: p.double().nullable(),
    bytesOut: p.bigint('number').nullable(),
    bytesIn: p.bigint('number').nullable(),
    packetsOut: p.bigint('number').nullable(),
    packetsIn: p.bigint('number').nullable(),
    state: p.text().nullable(),
    service: p.text().nullable(),
  },
  indexes: recordOrder('tcp_record'),
});

/** An address handed out. */
export const dhcpRecordSchema = defineEntity({
  name: 'DhcpRecord',
  properties: {
    ...recordColumns(),
    mac: p.text().nullable(),
    ip: p.text().nullable(),
    hostname: p.text().nullable(),
    serverIp: p.text().nullable(),
    messageType: p.text().nullable(),
    leaseSeconds: p.bigint('number').nullable(),
  },
  indexes: recordOrder('dhcp_record'),
});

/** A request over HTTP. */
export const httpRecordSchema = defineEntity({
  name: 'HttpRecord',
  properties: {
    ...recordColumns(),
    sourceIp: p.text().nullable(),
    sourcePort: p.integer().nullable(),
    destinationIp: p.text().nullable(),
    destinationPort: p.integer().nullable(),
    method: p.text().nullable(),
    host: p.text().nullable(),
    uri: p.text().nullable(),
    userAgent: p.text().nullable(),
    status: p.integer().nullable(),
  },
  indexes: recordOrder('http_record'),
});

/** Look-ups of a quarter of an hour by who asked for what. A value that a record does not say is '' here. */
export const dnsAggregateSchema = defineEntity({
  name: 'DnsAggregate',
  properties: {
    tenantId: p.uuid().primary(),
    startsAt: p.bigint('number').primary(),
    sourceIp: p.text().primary(),
    query: p.text().primary(),
    type: p.text().primary(),
    lookups: p.bigint('number'),
    failures: p.bigint('number'),
  },
});

/** Connections of a quarter of an hour by their two ends. A port that a record does not say is -1 here. */
export const tcpAggregateSchema = defineEntity({
  name: 'TcpAggregate',
  properties: {
    tenantId: p.uuid().primary(),
    startsAt: p.bigint('number').primary(),
    sourceIp: p.text().primary(),
    destinationIp: p.text().primary(),
    destinationPort: p.integer().primary().autoincrement(false),
    proto: p.text().primary(),
    connections: p.bigint('number'),
    bytesOut: p.bigint('number'),
    bytesIn: p.bigint('number'),
  },
});
