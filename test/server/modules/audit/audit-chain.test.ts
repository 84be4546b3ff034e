import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AuditAction } from '../../../../schema/audit/audit-action.enum.ts';
import {
  type ChainBreak,
  type ChainedRecord,
  type ChainHead,
  ChainSeal,
  ChainVerifier,
  genesis,
  hashOf,
} from '../../../../server/modules/audit/audit-chain.ts';
import { Dice } from '../../../support/dice.ts';

const seal = new ChainSeal('0'.repeat(64));
const tenantId = '01940000-0000-7000-8000-0000000000aa';
const actions = Object.values(AuditAction);

interface Chain {
  links: ChainedRecord[];
  head: ChainHead | null;
}

function aChain(length: number): Chain {
  let last = genesis;
  const links = Array.from({ length }, (_, index) => {
    const record = {
      id: `01940000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      tenantId,
      at: 1_700_000_000_000 + index,
      credentialId: index % 7 === 0 ? 'tocsin' : `credential ${index % 5}`,
      userId: index % 3 === 0 ? null : `user ${index % 3}`,
      action: actions[index % actions.length] ?? AuditAction.REFUSED,
      subject: String(index),
      details: { input: { name: `row ${index}`, tags: ['a', index] }, note: null },
    };
    last = hashOf(last, index + 1, record);
    return { ...record, sequence: index + 1, hash: last };
  });
  return { links, head: { sequence: length, hash: last, seal: seal.of(tenantId, length, last) } };
}

function verify({ links, head }: Chain): ChainBreak | null {
  const verifier = new ChainVerifier(tenantId, seal);
  // As the database answers them.
  for (const link of links.toSorted((one, other) => one.sequence - other.sequence)) {
    const found = verifier.next(link);
    if (found) return found;
  }
  return verifier.end(head);
}

/** Makes a chain over again from an entry on, as one can who knows how, but not the key. */
function rehash(links: ChainedRecord[], from: number): void {
  for (const [index, link] of links.entries()) {
    if (index < from) continue;
    const sequence = index + 1;
    const hash = hashOf(links[index - 1]?.hash ?? genesis, sequence, link);
    links[index] = { ...link, sequence, hash };
  }
}

/** What can be done to a stored chain; each answers the first entry that is no longer what it was. */
const tampering: Record<string, (chain: Chain, at: number, dice: Dice) => number> = {
  'an edit of one column': ({ links }, at, dice) => {
    const link = links[at] as ChainedRecord;
    const edits: Partial<ChainedRecord>[] = [
      { at: link.at + 1 },
      { credentialId: `${link.credentialId}x` },
      { userId: link.userId === null ? 'somebody' : null },
      { action: actions[(actions.indexOf(link.action) + 1) % actions.length] as AuditAction },
      { subject: `${link.subject} ` },
      { details: { ...link.details, note: 0 } },
      { details: { input: [['name', `row ${at}`]], note: null } },
      { tenantId: tenantId.replace('aa', 'ab') },
      { id: link.id.replace('0194', '0195') },
      { hash: createHash('sha256').update(link.hash).digest('hex') },
    ];
    links[at] = { ...link, ...dice.pick(edits) };
    return at + 1;
  },
  'an edit with all hashes made over again': ({ links }, at) => {
    links[at] = { ...(links[at] as ChainedRecord), subject: 'something else' };
    rehash(links, at);
    return links.length;
  },
  'a drop': ({ links }, at) => {
    links.splice(at, 1);
    return at + 1;
  },
  'a drop with the numbers closed up': ({ links }, at) => {
    links.splice(at, 1);
    for (let index = at; index < links.length; index++) {
      links[index] = { ...(links[index] as ChainedRecord), sequence: index + 1 };
    }
    return at + 1;
  },
  'a swap': ({ links }, at, dice) => {
    const other = (at + 1 + dice.below(links.length - 1)) % links.length;
    const [one, two] = [links[at] as ChainedRecord, links[other] as ChainedRecord];
    links[at] = { ...two, sequence: at + 1 };
    links[other] = { ...one, sequence: other + 1 };
    return Math.min(at, other) + 1;
  },
  'a truncation': ({ links }, at) => {
    links.length = at;
    return at + 1;
  },
  'a truncation with a head to match': (chain, at) => {
    chain.links.length = at;
    const hash = chain.links.at(-1)?.hash ?? genesis;
    chain.head = { sequence: at, hash, seal: chain.head?.seal ?? '' };
    return at;
  },
  'an entry put in': ({ links }, at) => {
    links.splice(at, 0, { ...(links[at] as ChainedRecord), id: '01940000-0000-7000-8000-ffffffffffff' });
    rehash(links, at);
    return links.length;
  },
};

describe('the chain of the audit log', () => {
  it('is whole as it was written, whatever order the database keeps the members of objects in', () => {
    const { links, head } = aChain(300);
    const read = links.map((link) => ({
      ...link,
      details: { note: null, input: { tags: ['a', link.sequence - 1], name: `row ${link.sequence - 1}` } },
    }));
    expect(verify({ links: read, head })).toBeNull();
    expect(verify({ links: [], head: null })).toBeNull();
  });

  it('shows 1,000 of 1,000 random edits, drops, swaps, insertions and truncations', () => {
    const untouched = aChain(300);
    const kinds = Object.keys(tampering);
    const missed: string[] = [];
    for (let seed = 0; seed < 1000; seed++) {
      const dice = new Dice(seed + 1);
      const chain = { links: [...untouched.links], head: untouched.head };
      const kind = kinds[seed % kinds.length] as string;
      const first = tampering[kind]?.(chain, dice.below(300), dice);
      const found = verify(chain);
      if (found?.sequence !== first)
        missed.push(`${kind}, seed ${seed}: ${JSON.stringify(found)} in place of ${first}`);
    }
    expect(missed).toEqual([]);
  });

  it('is not believed without its head, or with the head of another server', () => {
    const { links, head } = aChain(3);
    expect(verify({ links, head: null })).toMatchObject({ sequence: 1 });
    const foreign = new ChainSeal('1'.repeat(64)).of(tenantId, 3, head?.hash ?? '');
    expect(verify({ links, head: head && { ...head, seal: foreign } })).toMatchObject({ sequence: 3 });
  });
});
