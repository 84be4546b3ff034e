import { type EntityProperty, type Platform, Type } from '@mikro-orm/core';

/** A row's own number: on SQLite the `rowid` itself (which only `integer primary key` is), on PostgreSQL a bigint. */
export class RowNumber extends Type<number, number> {
  override convertToJSValue(value: number | string): number {
    return Number(value);
  }

  override getColumnType(_property: EntityProperty, platform: Platform): string {
    return platform.constructor.name === 'SqlitePlatform' ? 'integer' : 'bigint';
  }

  override get runtimeType(): string {
    return 'number';
  }
}
