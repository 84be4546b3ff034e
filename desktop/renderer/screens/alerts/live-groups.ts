import type { Connection } from '../../data/connection.ts';
import { followFeed } from '../../data/feed.ts';
import { ask } from '../../data/paged-rows.ts';
import { Signal } from '../../data/signal.ts';
import { type Failure, resultOf } from '../../data/use-data.ts';
import { AlertGroups, ChangedGroups, GroupChanges, type GroupRow } from '../../generated/alerts.ts';
import type { AlertGroupFilter } from '../../generated/schema.ts';
import { Found } from './found.ts';

/** What the list shows. */
export interface GroupsView {
  /** The latest first; undefined until the list has been read for the first time. */
  readonly rows: readonly GroupRow[] | undefined;
  readonly failure: Failure | undefined;
  /** Groups that match, as the server counted them when the list was read. */
  readonly total: { readonly count: number; readonly isLowerBound: boolean };
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** Groups that changed and are not shown so yet, for the list is paused or scrolled away from its top. */
  readonly waiting: number;
  /** There is more than `waiting` says: changes came that the server has told of in sum only. */
  readonly waitsForMore: boolean;
  /** Changes since the filter was chosen that were not told one by one, being too many: the list was read anew for them. */
  readonly condensed: number;
}

const nothing: GroupsView = {
  rows: undefined,
  failure: undefined,
  total: { count: 0, isLowerBound: false },
  hasMore: false,
  isLoading: true,
  waiting: 0,
  waitsForMore: false,
  condensed: 0,
};

const pageSize = 100;
/** More rows than anybody scrolls to; older ones leave the list at its end, and are read again when they are wanted. */
const mostRows = 10_000;
/** Arrivals are drawn together: 500 a second would otherwise be 500 drawings. */
const drawMs = 150;

/** The alert groups that match a filter, kept current: read page by page, and moved up as alerts arrive. */
export class LiveGroups {
  readonly view = new Signal<GroupsView>(nothing);
  readonly #connection: Connection;
  /** Whether the person may see devices. */
  readonly #withDevices: boolean;
  readonly #stopWatching: () => void;
  #stopFollowing: (() => void) | undefined;
  #filter: AlertGroupFilter = {};
  /** Grows with every reading from the top: what an older one still brings is dropped. */
  #reading = 0;
  #endCursor: string | null = null;
  #arrived = new Map<string, GroupRow>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isHeld = false;
  #found: Found<GroupRow> | undefined;

  constructor(connection: Connection, withDevices: boolean) {
    this.#connection = connection;
    this.#withDevices = withDevices;
    this.#stopWatching = connection.returns.subscribe(() => this.#reread(0));
  }

  close(): void {
    this.#reading += 1;
    clearTimeout(this.#timer);
    this.#stopFollowing?.();
    this.#found?.close();
    this.#stopWatching();
  }

  /** Shows what matches from now on. */
  select(filter: AlertGroupFilter): void {
    this.#filter = filter;
    this.#forgetArrivals();
    this.#stopFollowing?.();
    this.#found?.close();
    this.#stopFollowing = undefined;
    this.view.set({ ...nothing, isLoading: true });
    void this.read();
  }

  /** Reads the list from its top; what is shown stays until the answer is there. */
  async read(): Promise<void> {
    const reading = ++this.#reading;
    const result = resultOf(await this.#page(null));
    if (reading !== this.#reading) return;
    if (!result.data) {
      // A list in sight is worth more than the word that it could not be read again.
      if (this.view.get().rows === undefined) this.#show({ failure: result.failure, isLoading: false });
      return;
    }
    const { feedCursor, alertGroups } = result.data;
    const { nodes, totalCount, totalCountIsLowerBound, pageInfo } = alertGroups;
    this.#endCursor = pageInfo.endCursor;
    this.#forgetArrivals();
    // The cursor was taken before the list was read: a change in between comes twice rather than not at all.
    this.#stopFollowing ??= this.#follow(feedCursor);
    this.#show({
      rows: nodes,
      failure: undefined,
      total: { count: totalCount, isLowerBound: totalCountIsLowerBound },
      hasMore: pageInfo.hasNextPage,
      isLoading: false,
      waiting: 0,
      waitsForMore: false,
    });
  }

  /** Reads the next page, once the end of what is loaded comes into sight. */
  readonly readMore = async (): Promise<void> => {
    const { hasMore, isLoading, rows } = this.view.get();
    if (!hasMore || isLoading || rows === undefined || rows.length >= mostRows) return;
    const reading = this.#reading;
    this.#show({ isLoading: true });
    const result = resultOf(await this.#page(this.#endCursor));
    if (reading !== this.#reading) return;
    if (!result.data) {
      this.#show({ isLoading: false });
      return;
    }
    const { nodes, pageInfo } = result.data.alertGroups;
    this.#endCursor = pageInfo.endCursor;
    const known = new Set((this.view.get().rows ?? []).map(({ id }) => id));
    this.#show({
      rows: [...(this.view.get().rows ?? []), ...nodes.filter(({ id }) => !known.has(id))],
      hasMore: pageInfo.hasNextPage,
      isLoading: false,
    });
  };

  /** While it is held nothing moves: arrivals are counted, and shown when it is let go. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return;
    this.#isHeld = isHeld;
    if (isHeld) return;
    if (this.view.get().waitsForMore) void this.read();
    else this.#draw();
  }

  /** Takes over what a change of the person made of some rows; they stay where they are, if they still match. */
  replace(changed: readonly GroupRow[]): void {
    const byId = new Map(changed.map((group) => [group.id, group]));
    for (const group of changed) if (this.#arrived.has(group.id)) this.#arrived.set(group.id, group);
    const { rows, total } = this.view.get();
    if (!rows) return;
    const kept = rows.map((row) => byId.get(row.id) ?? row).filter((row) => this.#fits(row));
    const count = Math.max(kept.length, total.count - rows.length + kept.length);
    this.#show({ rows: kept, total: { ...total, count } });
  }

  #page(after: string | null) {
    const variables = { filter: this.#filter, first: pageSize, after, withDevices: this.#withDevices };
    return this.#connection.client.query(AlertGroups, variables, { requestPolicy: 'network-only' }).toPromise();
  }

  #follow(after: string): () => void {
    // A group that no longer fits the filter of a feed is not told of. What triage can change is judged here, so that a group
    // that a colleague closes leaves the list.
    // Nor can a feed search: what fits a search is asked of each group that changes.
    const { kind = null, type = null, ids = null, search } = this.#filter;
    const find = search
      ? new Found<GroupRow>(
          (changed) => this.#matching(changed),
          (group) => this.#take(group),
          (id) => this.#remove(id),
        )
      : undefined;
    this.#found = find;
    return followFeed({
      connection: this.#connection,
      operation: GroupChanges,
      variables: { filter: { kind, type, ids }, withDevices: this.#withDevices },
      after,
      read: ({ alertGroupChanged: { cursor, gap, ...change } }) => ({ cursor, change, gap }),
      onChange: ({ group, removedId, manyChanged }) => {
        if (manyChanged !== null) this.#reread(manyChanged);
        if (removedId !== null) this.#remove(removedId);
        if (!group) return;
        if (find) find.add(group.id);
        else this.#take(group);
      },
      onGap: (missed) => this.#reread(missed),
    });
  }

  /** Those of the groups that fit the whole filter, search included; undefined when it cannot be told. */
  async #matching(ids: readonly string[]): Promise<readonly GroupRow[] | undefined> {
    const filter = { ...this.#filter, ids: [...ids] };
    const variables = { filter, first: ids.length, withDevices: this.#withDevices };
    return (await ask(this.#connection, ChangedGroups, variables)).data?.alertGroups.nodes;
  }

  /** Reads the list anew after changes that were told of in sum only; while it is held, once it is let go. */
  #reread(changes: number): void {
    this.#show({ condensed: this.view.get().condensed + changes });
    if (!this.#isHeld || this.view.get().rows === undefined) void this.read();
    else this.#show({ waitsForMore: true, waiting: this.#arrived.size });
  }

  #take(group: GroupRow): void {
    if (!this.#fits(group)) {
      this.#remove(group.id);
      return;
    }
    // Taken out first, so that the latest to change is the last of the map.
    this.#arrived.delete(group.id);
    this.#arrived.set(group.id, group);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#isHeld) this.#show({ waiting: this.#arrived.size });
      else this.#draw();
    }, drawMs);
  }

  #remove(id: string): void {
    this.#arrived.delete(id);
    const { rows, total } = this.view.get();
    const kept = rows?.filter((row) => row.id !== id);
    if (!rows || !kept || kept.length === rows.length) return;
    this.#show({ rows: kept, total: { ...total, count: Math.max(kept.length, total.count - 1) } });
  }

  #draw(): void {
    const { rows, total } = this.view.get();
    if (rows === undefined || this.#arrived.size === 0) return;
    const byId = new Map(rows.map((row) => [row.id, row]));
    const changed = [...this.#arrived.values()].reverse();
    // A group moves to the top for an alert, not because somebody has changed its triage.
    const isRaised = (group: GroupRow): boolean => byId.get(group.id)?.count !== group.count;
    const top = changed.filter(isRaised);
    const inPlace = new Map(changed.filter((group) => !isRaised(group)).map((group) => [group.id, group]));
    const raised = new Set(top.map(({ id }) => id));
    const below = rows.filter(({ id }) => !raised.has(id)).map((row) => inPlace.get(row.id) ?? row);
    const added = top.filter(({ id }) => !byId.has(id)).length;
    this.#forgetArrivals();
    this.#show({
      rows: [...top, ...below].slice(0, mostRows),
      total: { ...total, count: total.count + added },
      waiting: 0,
    });
  }

  #forgetArrivals(): void {
    this.#arrived = new Map();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #fits(group: GroupRow): boolean {
    const { severity, status, kind, type, verdict, assigneeId, ids } = this.#filter;
    const isAny = (wanted: readonly string[] | null | undefined, value: string | null | undefined): boolean =>
      wanted == null || (value != null && wanted.includes(value));
    return (
      isAny(severity, group.severity) &&
      isAny(status, group.status) &&
      isAny(kind, group.kind) &&
      isAny(type, group.type) &&
      isAny(verdict, group.verdict) &&
      isAny(assigneeId, group.assignee?.id) &&
      isAny(ids, group.id)
    );
  }

  #show(change: Partial<GroupsView>): void {
    this.view.set({ ...this.view.get(), ...change });
  }
}
