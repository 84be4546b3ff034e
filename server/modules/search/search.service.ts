import type { SearchFieldType } from '../../../schema/search/search-field.type.ts';
import type { Principal } from '../../context.ts';
import { ipKey } from '../../ip-address.ts';
import { foldCase } from '../../persistence/pattern.ts';
import { SearchFault } from '../../search/fault.ts';
import { fieldOf, fieldsFor, timeExamples } from '../../search/find-field.ts';
import { fitsLike } from '../../search/like.ts';
import { parseSearch } from '../../search/parse.ts';
import { type FieldNode, isEverything, type Search, type SearchNode, type SearchSubject } from '../../search/query.ts';
import { readAddresses } from '../../search/values.ts';
import type { DeviceService } from '../device/device.service.ts';
import type { IntakeService } from '../intake/intake.service.ts';
import type { UserService } from '../user/user.service.ts';

/** Whose search it is: `me` is the user, if there is one. */
export type Searcher = Pick<Principal, 'tenantId' | 'userId'>;

type NamedTest = Extract<FieldNode['test'], { kind: 'named' }>;

interface Directory {
  readonly users: UserService;
  readonly devices: DeviceService;
  readonly intakes: IntakeService;
}

/** Devices that one name may stand for; each has some addresses, and each of those is compared. */
const mostDevices = 50;
const mostAddresses = 400;

/** Understands what is written into the search box. */
export class SearchService {
  readonly #directory: Directory;
  readonly #now: () => number;

  constructor(directory: Directory, now: () => number) {
    this.#directory = directory;
    this.#now = now;
  }

  /** The search that a text asks for, with every name looked up; null for one that finds everything. Throws SearchFault. */
  async read(caller: Searcher, subject: SearchSubject, text: string | null | undefined): Promise<Search | null> {
    if (text == null) return null;
    const now = this.#now();
    const node = await this.#resolve(caller, subject, parseSearch(text, subject, now));
    return isEverything(node) ? null : { subject, node, now };
  }

  /** What can be searched, for who completes what somebody types. */
  fields(subject: SearchSubject): SearchFieldType[] {
    const described = fieldsFor(subject).map(({ name, aliases, description, examples, values }) => ({
      name,
      aliases: [...aliases],
      description,
      examples: [...examples],
      values: values?.map((value) => value.toLowerCase()) ?? null,
    }));
    return [...described, ...timeExamples.map((each) => ({ ...each, aliases: [], values: null }))];
  }

  async #resolve(caller: Searcher, subject: SearchSubject, node: SearchNode): Promise<SearchNode> {
    switch (node.kind) {
      case 'all':
      case 'any': {
        const of: SearchNode[] = [];
        for (const each of node.of) of.push(await this.#resolve(caller, subject, each));
        return { kind: node.kind, of };
      }
      case 'not':
        return { kind: 'not', of: await this.#resolve(caller, subject, node.of) };
      case 'field':
        return node.test.kind === 'named' ? this.#lookUp(caller, subject, node, node.test) : node;
      case 'words':
      case 'text':
        return node;
    }
  }

  #lookUp(caller: Searcher, subject: SearchSubject, node: FieldNode, test: NamedTest): Promise<SearchNode> {
    switch (fieldOf(subject, node.field)?.type) {
      case 'person':
        return this.#person(caller, node, test);
      case 'device':
        return this.#device(caller.tenantId, subject, node, test);
      default:
        return this.#intake(caller.tenantId, node, test);
    }
  }

  async #person(
    { tenantId, userId }: Searcher,
    node: FieldNode,
    { name, pattern, at }: NamedTest,
  ): Promise<SearchNode> {
    const written = foldCase(name);
    if (written === 'none') return { kind: 'not', of: { ...node, test: { kind: 'present' } } };
    if (written === 'me') {
      if (userId !== undefined) return oneOf(node, [userId]);
      throw new SearchFault(at, 'this credential is nobody\'s, so there is no "me"');
    }
    const users = await this.#directory.users.list(tenantId);
    const meant = users.filter((user) => user.id === written || user.email === written || fitsLike(user.name, pattern));
    if (meant.length > 0)
      return oneOf(
        node,
        meant.map(({ id }) => id),
      );
    throw new SearchFault(at, `nobody is called "${name}": write me, none, a name or an e-mail address`);
  }

  async #intake(tenantId: string, node: FieldNode, { name, pattern, at }: NamedTest): Promise<SearchNode> {
    const intakes = await this.#directory.intakes.list(tenantId);
    const meant = intakes.filter((intake) => intake.id === foldCase(name) || fitsLike(intake.name, pattern));
    if (meant.length > 0)
      return oneOf(
        node,
        meant.map(({ id }) => id),
      );
    throw new SearchFault(at, `no intake is called "${name}"`);
  }

  /** Every address that it was seen at, and its hardware address where alerts tell of one. */
  async #device(
    tenantId: string,
    subject: SearchSubject,
    node: FieldNode,
    { name, pattern, at }: NamedTest,
  ): Promise<SearchNode> {
    const addresses = readAddresses(name);
    if (addresses) return { ...node, test: addresses };
    const devices = await this.#directory.devices.named(tenantId, pattern, mostDevices + 1);
    if (devices.length === 0) throw new SearchFault(at, `no device is called "${name}"`);
    const seen = await this.#directory.devices.addressesOf(
      tenantId,
      devices.map(({ id }) => id),
    );
    const keys = [...new Set(seen.flat().map(({ ip }) => ipKey(ip)))];
    if (devices.length > mostDevices || keys.length > mostAddresses) {
      throw new SearchFault(at, `"${name}" stands for too many devices: name fewer`);
    }
    const macs = devices.flatMap(({ mac }) => (mac === null ? [] : [foldCase(mac)]));
    const byAddress = keys.length > 0 ? [oneOf(node, keys)] : [];
    const byCard = macs.length > 0 && subject !== 'EVENT' ? [oneOf({ ...node, field: 'mac' }, macs)] : [];
    return { kind: 'any', of: [...byAddress, ...byCard] };
  }
}

function oneOf(node: FieldNode, values: readonly string[]): FieldNode {
  return { ...node, test: { kind: 'oneOf', values } };
}
