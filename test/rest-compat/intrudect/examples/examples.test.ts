import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv, readZip } from '../../../support/read-zip.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';
import { type Chapter, chapters } from './chapters.ts';
import { readCurl } from './read-curl.ts';

/** A request and its reply as the vendor prints them. */
interface Exchange {
  readonly name: string;
  /** The lines of the command; where none is printed, the request it would send. */
  readonly curl?: readonly string[];
  readonly request?: { readonly method: string; readonly path: string; readonly body?: object };
  readonly status: number;
  /** The members of the body, unless it is an archive. */
  readonly reply?: Reply;
  /** What members of the reply, or each object in their lists, hold besides what is printed: the vendor leaves some out, we never do. */
  readonly unprinted?: Reply;
  /** The files of an archive, and how many rows each has below its head. */
  readonly archive?: Readonly<Record<string, number>>;
}

type Reply = Readonly<Record<string, object>>;

const folder = new URL('./', import.meta.url);
const read = (chapter: string, otherwise: Chapter['otherwise'] = {}): Exchange[] =>
  JSON.parse(readFileSync(new URL(`${chapter}.json`, folder), 'utf8'), (name, value) => otherwise[name] ?? value);

/** The shape of what is printed, whatever its numbers, names and versions; of a list as many as there are. */
function shapeOf(printed: unknown, found: unknown, name = ''): unknown {
  if (typeof printed === 'number') return expect.any(Number);
  if (typeof printed === 'string') return name === 'name' || name === 'version' ? expect.any(String) : printed;
  if (Array.isArray(printed)) {
    return printed.length === 0 ? [] : (found as unknown[]).map((each) => shapeOf(printed[0], each));
  }
  if (typeof printed !== 'object' || printed === null) return printed;
  const members = Object.entries(printed);
  return Object.fromEntries(members.map(([key, value]) => [key, shapeOf(value, Object(found)[key], key)]));
}

/** A reply as printed, with what is not printed in its objects. */
function wholeOf(reply: Reply, unprinted: Reply): Reply {
  const members = Object.entries(reply).map(([name, value]) => {
    const rest = unprinted[name];
    if (rest === undefined) return [name, value];
    return [name, Array.isArray(value) ? value.map((each) => ({ ...each, ...rest })) : { ...value, ...rest }];
  });
  return Object.fromEntries(members);
}

/** The names of an archive's files, and how many rows each has below its head. */
async function filesOf(response: Response): Promise<Exchange['archive']> {
  const files = [...readZip(Buffer.from(await response.arrayBuffer()))];
  return Object.fromEntries(files.map(([name, text]) => [name, readCsv(text).length - 1]));
}

describe('the exchanges that the vendor prints', () => {
  it('are of these chapters', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(files.sort()).toEqual(
      Object.keys(chapters)
        .sort()
        .map((chapter) => `${chapter}.json`),
    );
  });

  describe.each(Object.entries(chapters))('%s', (chapter, { fill, isShapeOnly, otherwise }) => {
    let gateway: TestGateway;
    let tenant: TestTenant;

    // A server for each: the numbers that the vendor prints come again in other chapters, and a number is given once.
    beforeAll(async () => {
      gateway = await startTestGateway({ config: { timeZone: 'Europe/Berlin' } });
      tenant = await openTenant(gateway, chapter);
      await fill(tenant, gateway);
    });

    afterAll(() => gateway.close());

    it.each(read(chapter, otherwise))('$name', async ({ curl, request, status, reply, unprinted = {}, archive }) => {
      const shell = { INTRUDECT_BASE_URL: gateway.url, INTRUDECT_API_TOKEN: tenant.token };
      const authorization = `Bearer ${tenant.token}`;
      const response = curl
        ? await fetch(...readCurl(curl.join('\n'), shell))
        : await fetch(gateway.url + String(request?.path), {
            method: String(request?.method),
            headers: { authorization, 'content-type': 'application/json' },
            ...(request?.body && { body: JSON.stringify(request.body) }),
          });
      if (archive) {
        const type = response.headers.get('content-type');
        expect({ status: response.status, type }).toEqual({ status, type: 'application/zip' });
        expect(await filesOf(response)).toEqual(archive);
        return;
      }

      const body = await response.json();
      const expected = wholeOf(reply ?? {}, unprinted);
      expect({ status: response.status, body }).toEqual({
        status,
        body: isShapeOnly ? shapeOf(expected, body) : expected,
      });
    });
  });
});
