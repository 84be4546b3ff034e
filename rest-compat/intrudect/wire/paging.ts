import { type Body, own, refuse } from '../../kernel/json-body.ts';
import type { DialectRequest } from '../../kernel/route.ts';

/** Which page is asked for, as operations that page by number take it. */
export interface PageAsked {
  readonly page: number;
  readonly pageSize: number;
}

/** A numbered page as operations answer it. */
export interface PageFound<Row> extends PageAsked {
  readonly nodes: readonly Row[];
  readonly totalCount: number;
}

const defaultSize = 100;
const largestSize = 1000;
/** The largest number that GraphQL can carry. */
const lastPage = 2 ** 31 - 1;

export function pageOfQuery({ query }: DialectRequest): PageAsked {
  return clamp(readDigits('page', query.get('page')), readDigits('page_size', query.get('page_size')));
}

export function pageOfBody(body: Body): PageAsked {
  return clamp(readNumber('page', own(body, 'page')), readNumber('page_size', own(body, 'page_size')));
}

/** The members beside the rows of a page. */
export function toPaging({ page, pageSize, totalCount }: PageFound<unknown>) {
  return {
    page,
    page_size: pageSize,
    total_rows: totalCount,
    total_pages: Math.max(1, Math.ceil(totalCount / pageSize)),
  };
}

function clamp(page = 1, size = defaultSize): PageAsked {
  return {
    page: Math.min(Math.max(page, 1), lastPage),
    pageSize: size < 1 ? defaultSize : Math.min(size, largestSize),
  };
}

/** Any number of digits is a number, if only a large one. */
function readDigits(name: string, text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (!/^[+-]?\d+$/.test(text)) throw refuse(name, 'must be an integer');
  return Number(text);
}

function readNumber(name: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Number.isInteger(value)) throw refuse(name, 'must be an integer');
  return Number(value);
}
