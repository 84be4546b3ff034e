import type { Notification } from '../notification.ts';
import { cut, type Fact, factsOf, headline, inUtc, plainLines, sentence } from './words.ts';

/** Slack's bounds, in characters after escaping. */
const longestHeader = 150;
const longestSection = 3000;
const longestField = 2000;
const longestUrl = 3000;
const longestText = 4000;
/** A message of more sections than this is cut. */
const mostSections = 4;

type Text = { readonly type: 'plain_text' | 'mrkdwn'; readonly text: string; readonly emoji?: boolean };
export type SlackBlock =
  | { readonly type: 'header'; readonly text: Text }
  | { readonly type: 'section'; readonly text: Text }
  | { readonly type: 'section'; readonly fields: Text[] }
  | { readonly type: 'context'; readonly elements: Text[] }
  | { readonly type: 'actions'; readonly elements: SlackButton[] };

interface SlackButton {
  readonly type: 'button';
  readonly text: Text & { readonly type: 'plain_text' };
  readonly url: string;
}

export interface SlackMessage {
  /** For notices on screens and for readers that show no blocks. */
  readonly text: string;
  readonly blocks: SlackBlock[];
}

/** A notification in Slack's blocks. Texts of alerts stand in plain text alone, where nothing makes a mention or a link of them. */
export function slackMessage(notification: Notification): SlackMessage {
  const { alert, url, id } = notification;
  const message = plainLines(alert.message);
  const facts = factsOf(notification);
  const link: SlackBlock[] =
    url !== null && url.length <= longestUrl ? [{ type: 'actions', elements: [button(url)] }] : [];
  return {
    text: fitted(headline(notification), longestText),
    blocks: [
      { type: 'header', text: plain(headline(notification), longestHeader) },
      { type: 'section', text: plain(sentence(notification), longestSection) },
      { type: 'section', fields: facts.map(field) },
      ...sections(message).map((part): SlackBlock => ({ type: 'section', text: plain(part, longestSection) })),
      ...link,
      { type: 'context', elements: [plain(`Tocsin, notification ${id}`, longestField)] },
    ],
  };
}

/** Slack takes `&`, `<` and `>` for its own. */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A text cut so that it fits once it is escaped; never empty, which Slack refuses. */
function fitted(text: string, most: number): string {
  return escapeSlack(cut(text, most, (part) => escapeSlack(part).length)) || ' ';
}

function plain(text: string, most: number): Text & { readonly type: 'plain_text' } {
  return { type: 'plain_text', text: fitted(text, most), emoji: false };
}

function button(url: string): SlackButton {
  return { type: 'button', text: plain('Open in Tocsin', longestHeader), url };
}

/** The label is ours and may be bold; Slack shows an instant in the reader's own time. */
function field({ label, value }: Fact): Text {
  if (typeof value === 'string') return plain(`${label}: ${value}`, longestField);
  const seconds = Math.floor(value.getTime() / 1000);
  return { type: 'mrkdwn', text: `${label}: <!date^${seconds}^{date_short_pretty} {time_secs}|${inUtc(value)}>` };
}

/** A text in pieces that each fit a section, split at line ends where there are any; what is too much is cut, and says so. */
function sections(text: string): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest !== '' && parts.length < mostSections - 1 && escapeSlack(rest).length > longestSection) {
    const end = splitAt(rest);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

/** Where the first piece ends: after the last line end in its second half, or else where it is full. */
function splitAt(text: string): number {
  let end = 0;
  for (let length = 0; end < text.length; end++) {
    length += escapeSlack(text.charAt(end)).length;
    if (length > longestSection) break;
  }
  const line = text.lastIndexOf('\n', end - 1);
  if (line > end / 2) return line + 1;
  // A pair of surrogates stays together.
  return /[\uD800-\uDBFF]$/.test(text.slice(0, end)) ? end - 1 : end;
}
