import { readBody, readText, refuse, required } from '../../kernel/json-body.ts';
import { type DialectRequest, type ReceivedRequest, RequestFailure, type Route } from '../../kernel/route.ts';
import { readUuid } from './body.ts';
import { isKnownType, readArguments, type SinkRow, sinkFields, toEventSink } from './event-sinks.wire.ts';

const toReply = (row: SinkRow) => ({ status: 200, body: { event_sink: toEventSink(row) } });

/** What is no id is that of nothing. */
const idOf = ({ params }: DialectRequest): string => (params['id'] ?? '').toLowerCase();

export const postEventSink: Route<{ createEventSink: { sink: SinkRow } }> = {
  method: 'post',
  path: '/v1/event_sink',
  permission: 'SINKS_WRITE',
  operation: /* GraphQL */ `
    mutation ScannerCreateEventSink($input: CreateEventSinkInput!) {
      createEventSink(input: $input) { sink { ${sinkFields} } }
    }`,
  decode: ({ text }) => {
    const body = readBody(text);
    const tenantId = required('tenant_id', readUuid(body, 'tenant_id'));
    const name = required('name', readText(body, 'name'));
    const description = required('description', readText(body, 'description'));
    const place = required('event_sink_args', readArguments(body));
    return { input: { tenantId, name, description, ...place } };
  },
  encode: ({ createEventSink: { sink } }) => toReply(sink),
};

interface Listed {
  readonly eventSinks: {
    readonly nodes: readonly SinkRow[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** A page holds no more, and a tenant has no more: a client that knows no pages sees them all. */
const mostOfPage = 200;

export const listEventSinks: Route<Listed> = {
  method: 'get',
  path: '/v1/event_sink',
  permission: 'SINKS_READ',
  operation: /* GraphQL */ `
    query ScannerEventSinks($tenantId: ID!, $first: Int!, $after: String) {
      eventSinks(tenantId: $tenantId, first: $first, after: $after) {
        nodes { ${sinkFields} } pageInfo { hasNextPage endCursor }
      }
    }`,
  decode: (request) => ({
    tenantId: tenantOf(request),
    first: pageSizeOf(request),
    after: request.query.get('pagination[page_token]') || null,
  }),
  encode: ({ eventSinks: { nodes, pageInfo } }) => {
    const sinks = nodes.filter(isKnownType).map(toEventSink);
    const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? '') : '';
    // Old clients read the first of these, newer ones the others.
    const body = { event_sinks: sinks, data: { event_sinks: sinks }, pagination: { next_page_token: next } };
    return { status: 200, body };
  },
};

/** From the query or, as the vendor's generated client sends it, from the body of the GET; the query wins. */
function tenantOf({ query, text }: ReceivedRequest): string {
  const given = query.get('tenant_id');
  return required('tenant_id', readUuid(given === null ? readBody(text) : { tenant_id: given }, 'tenant_id'));
}

function pageSizeOf({ query }: DialectRequest): number {
  const text = query.get('pagination[page_size]') ?? String(mostOfPage);
  if (!/^[1-9]\d{0,8}$/.test(text)) throw refuse('pagination[page_size]', 'must be a positive integer');
  return Math.min(Number(text), mostOfPage);
}

export const getEventSink: Route<{ eventSink: SinkRow | null }> = {
  method: 'get',
  path: '/v1/event_sink/:id',
  permission: 'SINKS_READ',
  operation: /* GraphQL */ `
    query ScannerEventSink($id: ID!) {
      eventSink(id: $id) { ${sinkFields} }
    }`,
  decode: (request) => ({ id: idOf(request) }),
  encode: ({ eventSink }, request) => {
    if (eventSink) return toReply(eventSink);
    throw new RequestFailure({ code: 'NOT_FOUND', message: `Event sink ${idOf(request)} does not exist` });
  },
};

export const putEventSink: Route<{ updateEventSink: SinkRow }> = {
  method: 'put',
  path: '/v1/event_sink/:id',
  permission: 'SINKS_WRITE',
  operation: /* GraphQL */ `
    mutation ScannerUpdateEventSink($id: ID!, $input: UpdateEventSinkInput!) {
      updateEventSink(id: $id, input: $input) { ${sinkFields} }
    }`,
  decode: (request) => {
    const id = idOf(request);
    const body = readBody(request.text);
    if ((readUuid(body, 'id') ?? id) !== id) throw refuse('id', 'is not that of the path');
    const name = readText(body, 'name');
    const description = readText(body, 'description');
    return { id, input: { name, description, ...readArguments(body) } };
  },
  encode: ({ updateEventSink }) => toReply(updateEventSink),
};

export const deleteEventSink: Route<{ deleteEventSink: Pick<SinkRow, 'id' | 'tenantId'> }> = {
  method: 'delete',
  path: '/v1/event_sink/:id',
  permission: 'SINKS_WRITE',
  operation: /* GraphQL */ `
    mutation ScannerDeleteEventSink($id: ID!) {
      deleteEventSink(id: $id) { id tenantId }
    }`,
  decode: (request) => ({ id: idOf(request) }),
  encode: ({ deleteEventSink: { id, tenantId } }) => ({ status: 200, body: { id, tenant_id: tenantId } }),
};

interface Tested {
  readonly testEventSink: {
    readonly delivered: boolean;
    readonly status: number | null;
    readonly error: string | null;
  };
}

export const testEventSink: Route<Tested> = {
  method: 'post',
  path: '/v1/event_sink/:id/test',
  permission: 'SINKS_WRITE',
  operation: /* GraphQL */ `
    mutation ScannerTestEventSink($id: ID!) {
      testEventSink(id: $id) { delivered status error }
    }`,
  decode: (request) => ({ id: idOf(request) }),
  encode: ({ testEventSink: { delivered, status, error } }) => ({
    status: 200,
    body: { delivered, status, ...(error !== null && { error }) },
  }),
};
