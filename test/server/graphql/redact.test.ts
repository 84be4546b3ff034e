import { buildSchema, type GraphQLField, type GraphQLObjectType, isInputObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema as buildOurs } from '../../../server/graphql/build-schema.ts';
import { redactArguments } from '../../../server/graphql/redact.ts';

const schema = buildSchema(`
  input Place { url: String, apiSecret: String, userToken: String, tokens: [Int!] }
  type Query {
    make(id: ID, place: Place, places: [Place!], names: [String], password: String): Int
    changePassword(current: String, new: String): Int
  }`);

function field(name: string): GraphQLField<unknown, unknown> {
  return (schema.getType('Query') as GraphQLObjectType).getFields()[name] as GraphQLField<unknown, unknown>;
}

describe('redactArguments', () => {
  it('keeps what was given, in lists and objects too, and leaves out what is secret by its name', () => {
    const place = { url: 'https://a', apiSecret: 'no', userToken: 'no', tokens: [1] };
    const told = { url: 'https://a', apiSecret: '***', userToken: '***', tokens: [1] };
    expect(
      redactArguments(field('make'), { id: '1', place, places: [place, place], names: ['a', null], password: 'no' }),
    ).toEqual({ id: '1', place: told, places: [told, told], names: ['a', null], password: '***' });
    expect(redactArguments(field('make'), { place: null, password: null })).toEqual({ place: null, password: null });
  });

  it('tells nothing of a field that is about a secret', () => {
    expect(redactArguments(field('changePassword'), { current: 'old', new: 'next' })).toEqual({});
  });

  it('cuts what is long', () => {
    const { id, names } = redactArguments(field('make'), {
      id: 'x'.repeat(1e6),
      names: Array(1e5).fill('y'.repeat(1e3)),
    });
    expect(id).toBe(`${'x'.repeat(500)}…`);
    expect(names).toEqual(Array(50).fill(`${'y'.repeat(500)}…`));
  });

  it('is told by the schema which inputs of sinks are secret', () => {
    const telling = Object.values(buildOurs().getTypeMap())
      .filter(isInputObjectType)
      .flatMap((type) => Object.values(type.getFields()).map((each) => ({ type: type.name, each })))
      .filter(({ each }) => each.extensions['isSecret'] === true)
      .map(({ type, each }) => `${type}.${each.name}`);
    expect(telling).toEqual(
      expect.arrayContaining([
        'MailServerInput.password',
        'PagerDutySinkInput.integrationKey',
        'SlackSinkInput.oauthCode',
        'SlackSinkInput.webhookUrl',
        'WebhookHeaderInput.value',
        'WebhookSinkInput.url',
      ]),
    );
  });
});
