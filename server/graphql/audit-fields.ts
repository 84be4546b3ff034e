import { defaultFieldResolver, type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { AuditAction } from '../../schema/audit/audit-action.enum.ts';
import type { Context } from '../context.ts';
import { DomainError } from '../errors.ts';
import type { Intent } from '../modules/audit/audit.service.ts';
import type { Made } from '../persistence/before-commit.ts';
import { redactArguments } from './redact.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** What a mutation is called in the audit log where it is not its own name, and what it is done to where no argument `id` says so. */
interface Exception {
  readonly action?: AuditAction;
  /** The entity of the row that it makes, where that is not what follows `create` in its name. */
  readonly makes?: string;
  readonly subject?: (args: Arguments) => string | undefined;
}

const servicePlace = ({ input }: Arguments) => {
  const { serviceIp, port, proto } = input as Record<string, unknown>;
  return `${serviceIp} ${proto}/${port}`;
};

const exceptions: Readonly<Record<string, Exception>> = {
  authorizeService: { subject: servicePlace },
  authorizeServiceById: { action: AuditAction.AUTHORIZE_SERVICE },
  createApiToken: { makes: 'Credential' },
  createService: { makes: 'ObservedService' },
  deleteNetworkAlert: { action: AuditAction.DELETE_ALERT },
  deleteServerAlert: { action: AuditAction.DELETE_ALERT },
  disallowService: { subject: servicePlace },
  registerDevice: { makes: 'Intake' },
  // Of the token that it is put in the place of the arguments tell.
  rotateApiToken: { makes: 'Credential', subject: () => undefined },
  updateRetention: { subject: ({ input }) => (input as { dataSet: string }).dataSet },
  undoBulkChange: { action: AuditAction.UNDO_ALERT_GROUPS },
};

/** Each event that it takes in is its own record: see docs/operating.md. */
const unaudited: ReadonlySet<string> = new Set(['ingestEvents']);

/**
 * Sees to it that each mutation leaves one entry in the audit log and that what root fields refuse a known caller is written down.
 * Whatever door an operation comes in by, it is run on this schema. Throws for a mutation that `AuditAction` has no value for.
 */
export function auditRootFields(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = field;
    if (!unaudited.has(field.name)) field.resolve = performed(field, resolve);
  }
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const name = `${type?.name}.${field.name}`;
      if (field.subscribe) field.subscribe = noticed(name, field.subscribe);
      else if (field.resolve) field.resolve = noticed(name, field.resolve);
    }
  }
  return schema;
}

type Resolve = GraphQLFieldResolver<unknown, Context>;

/** A mutation that leaves its entry. */
function performed(field: GraphQLField<unknown, Context>, resolve: Resolve): Resolve {
  const { action = actionOf(field.name), makes = entityOf(field.name), subject } = exceptions[field.name] ?? {};
  return (source, args: Arguments, context, info) => {
    const { principal, audit } = context;
    // The authorization check refuses such a caller.
    if (!principal) return resolve(source, args, context, info);
    const named = subject ? subject(args) : idOf(args);
    const intent: Intent<unknown> = {
      action,
      details: redactArguments(field, args),
      subjectOf: (made: readonly Made[]) => named ?? made.find(({ entity }) => entity === makes)?.id,
      subjectAfter: (result) => named ?? resultId(result),
    };
    return audit.perform(principal, intent, async () => resolve(source, args, context, info));
  };
}

/** A field whose refusals are written down. */
function noticed(name: string, resolve: Resolve): Resolve {
  return (source, args, context, info) => {
    const { principal, refusals } = context;
    const note = async (cause: unknown): Promise<never> => {
      if (principal && isRefusal(cause)) await refusals.note(principal, name, cause.code);
      throw cause;
    };
    try {
      const result = resolve(source, args, context, info);
      return result instanceof Promise ? result.catch(note) : result;
    } catch (cause) {
      return note(cause);
    }
  };
}

function isRefusal(cause: unknown): cause is DomainError {
  return cause instanceof DomainError && (cause.code === 'FORBIDDEN' || cause.code === 'UNAUTHENTICATED');
}

/** CREATE_NETWORK of createNetwork. */
function actionOf(field: string): AuditAction {
  const name = field.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  const action = Object.values(AuditAction).find((value) => value === name);
  if (!action) throw new Error(`The mutation ${field} needs the value ${name} of AuditAction`);
  return action;
}

/** Network of createNetwork; undefined for what makes nothing. */
function entityOf(field: string): string | undefined {
  return /^create([A-Z]\w*)$/.exec(field)?.[1];
}

function idOf({ id, input }: Arguments): string | undefined {
  const named = id ?? (input as Arguments | undefined)?.['id'];
  return named === undefined ? undefined : String(named);
}

/** The id of what a mutation answers or, where it answers nothing that has one, the answer itself. */
function resultId(result: unknown): string {
  if (typeof result !== 'object' || result === null) return String(result);
  const found = [result, ...Object.values(result)].find((each) => Object(each).id !== undefined);
  return String(Object(found).id ?? '');
}
