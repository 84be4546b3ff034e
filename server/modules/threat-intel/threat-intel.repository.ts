import type { ThreatKind } from '../../../schema/threat-intel/threat-intel.enum.ts';
import type { ThreatListType, ThreatMatchType } from '../../../schema/threat-intel/threat-intel.type.ts';
import { Conflict } from '../../errors.ts';
import type { Database } from '../../persistence/database.ts';
import { threatListSchema } from './threat-list.entity.ts';

interface ListRow {
  readonly kind: ThreatKind;
  readonly source: string;
  readonly indicators: number;
  readonly size_bytes: number;
  readonly prefixes: string;
  readonly updated_at: number;
}

/** A list in force, with the lengths of the prefixes of its ranges. */
export interface ListInForce extends ThreatListType {
  readonly prefixes: readonly number[];
}

/** What an import found. */
export interface ListTotals {
  readonly count: number;
  readonly sizeBytes: number;
  readonly prefixes: readonly number[];
  readonly updatedAt: number;
}

/** Rows taken away in one transaction: so many that it is quick, so few that nobody else waits long. */
const deletedAtOnce = 5000;

/** The lists of the installation: no query of these two tables knows a tenant (see the entity). */
export class ThreatIntelRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The lists in force. */
  async lists(): Promise<ListInForce[]> {
    const rows = await this.#database.read<ListRow>(
      'select * from threat_list where updated_at is not null order by kind',
      [],
    );
    return rows.map((row) => ({
      kind: row.kind,
      source: row.source,
      count: row.indicators,
      sizeBytes: row.size_bytes,
      prefixes: JSON.parse(row.prefixes) as number[],
      updatedAt: new Date(row.updated_at),
    }));
  }

  /** Those of the entries that stand in a list in force. */
  async find(entries: readonly string[]): Promise<ThreatMatchType[]> {
    if (entries.length === 0) return [];
    const marks = entries.map(() => '?').join(', ');
    return this.#database.read<ThreatMatchType>(
      `select l.kind, l.source, i.value from threat_list l join threat_indicator i on i.list_id = l.id
       where l.updated_at is not null and i.value in (${marks}) order by l.kind, i.value`,
      entries,
    );
  }

  /** Opens a list that is not in force yet; answers its number. */
  open(kind: ThreatKind, source: string): Promise<number> {
    const nothing = { indicators: 0, sizeBytes: 0, prefixes: '[]', updatedAt: null };
    return this.#database.em().insert(threatListSchema, { kind, source, ...nothing });
  }

  /** Writes entries of a list that is not in force yet, in one transaction; answers what of them it did not have before. */
  async add(listId: number, values: readonly string[]): Promise<{ added: number; bytes: number }> {
    const marks = values.map(() => '(?, ?)').join(', ');
    const rows = await this.#database
      .em()
      .getConnection('write')
      .execute<{ bytes: number }[]>(
        `insert into threat_indicator (list_id, value) values ${marks} on conflict do nothing returning length(value) as bytes`,
        values.flatMap((value) => [listId, value]),
      );
    return { added: rows.length, bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  /** Puts a list in force in the place of all others of its kind, those being imported among them, in one transaction. */
  async publish(
    listId: number,
    kind: ThreatKind,
    { count, sizeBytes, prefixes, updatedAt }: ListTotals,
  ): Promise<void> {
    await this.#database.em().transactional(async (em) => {
      await em.nativeDelete(threatListSchema, { kind, id: { $ne: listId } });
      const changes = { indicators: count, sizeBytes, prefixes: JSON.stringify(prefixes), updatedAt };
      const published = await em.nativeUpdate(threatListSchema, { id: listId }, changes);
      if (published === 0) throw new Conflict('Another import of this list was done first; its list is in force');
    });
  }

  /** Takes back a list that was not put in force. */
  async discard(listId: number): Promise<void> {
    await this.#database.em().nativeDelete(threatListSchema, { id: listId });
  }

  /** Deletes the entries of lists that are no more, a part at a time. */
  async sweep(): Promise<void> {
    const gone = await this.#database.read<{ list_id: number }>(
      'select distinct list_id from threat_indicator where list_id not in (select id from threat_list)',
      [],
    );
    const connection = this.#database.em().getConnection('write');
    for (const { list_id: listId } of gone) {
      const isLeft = async () => {
        const { affectedRows } = await connection.execute<{ affectedRows: number }>(
          `delete from threat_indicator where list_id = ?
           and value in (select value from threat_indicator where list_id = ? limit ${deletedAtOnce})`,
          [listId, listId],
          'run',
        );
        return affectedRows === deletedAtOnce;
      };
      while (await isLeft());
    }
  }
}
