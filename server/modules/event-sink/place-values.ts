import type { WebhookHeaderInput } from '../../../schema/event-sink/event-sink.input.ts';
import { isMailAddress } from '../../delivery-config.ts';
import { InvalidInput } from '../../errors.ts';

const longestUrl = 2048;

/** The URL of a webhook, as given; throws InvalidInput. What it leads to is judged when it is posted to. */
export function urlOf(text: string): string {
  const trimmed = text.trim();
  const url = trimmed.length <= longestUrl ? URL.parse(trimmed) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || !trimmed.isWellFormed() || /[\s\p{Cc}]/u.test(trimmed)) {
    throw new InvalidInput('url', `must be an http or https URL of at most ${longestUrl} characters`);
  }
  if (url.username !== '' || url.password !== '') throw new InvalidInput('url', 'must not hold a name or password');
  return trimmed;
}

/** Names that the connection, the signature or the sender has to set itself. */
const ownHeaders =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|proxy-.*|content-.*|accept-encoding|user-agent|webhook-.*)$/;
const mostHeaders = 20;

/** The URL of an incoming webhook of Slack's, or of whoever takes the same posts; throws InvalidInput, which does not repeat it. */
export function slackWebhookOf(text: string): string {
  const problem = 'must be the URL of an incoming webhook; those of Slack begin with https://hooks.slack.com/services/';
  const url = text.trim().length <= longestUrl ? URL.parse(text.trim()) : null;
  const isSlacks = url !== null && /(^|\.)slack(-gov)?\.com$/.test(url.hostname);
  const isWrongOfSlack =
    isSlacks && !(url.protocol === 'https:' && /^\/services\/[^/]+\/[^/]+\/[^/]+/.test(url.pathname));
  if (
    !url ||
    isWrongOfSlack ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username !== '' ||
    url.password !== ''
  ) {
    throw new InvalidInput('webhookUrl', problem);
  }
  return url.href;
}

/** What may be shown of such a URL. */
export function webhookHintOf(url: string): string {
  return `${new URL(url).host}/…${url.slice(-4)}`;
}

/** Headers by their names; throws InvalidInput, which does not repeat a value. */
export function headersOf(given: readonly WebhookHeaderInput[]): Record<string, string> {
  if (given.length > mostHeaders) throw new InvalidInput('headers', `must be ${mostHeaders} at most`);
  const names = new Set(given.map(({ name }) => name.toLowerCase()));
  if (names.size < given.length) throw new InvalidInput('headers', 'must have different names');
  for (const { name, value } of given) {
    if (!/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name) || name === '__proto__') {
      throw new InvalidInput('headers', 'must have names of 1 to 100 characters as HTTP allows them');
    }
    if (ownHeaders.test(name.toLowerCase())) throw new InvalidInput('headers', `${name} cannot be set`);
    if (!/^[\x20-\x7e]{0,2000}$/.test(value)) {
      throw new InvalidInput(
        'headers',
        `the value of ${name} must be at most 2000 visible ASCII characters and spaces`,
      );
    }
  }
  return Object.fromEntries(given.map(({ name, value }) => [name, value]));
}

/** A channel's name as Slack has them; empty: null. */
export function channelOf(text: string): string | null {
  const channel = text.trim();
  if (channel === '') return null;
  if (!/^#?[^\s#@,<>&\p{C}]{1,80}$/u.test(channel)) {
    throw new InvalidInput('channel', 'must be the name of a channel, such as #alerts');
  }
  return channel;
}

/** A channel's id; empty: null. */
export function channelIdOf(text: string): string | null {
  const id = text.trim();
  if (id === '') return null;
  if (!/^[A-Z][A-Z0-9]{1,30}$/.test(id)) {
    throw new InvalidInput('channelId', 'must be the id of a channel, such as C024BE91L');
  }
  return id;
}

export function integrationKeyOf(text: string): string {
  const key = text.trim();
  if (!/^[\w-]{8,128}$/.test(key)) {
    throw new InvalidInput('integrationKey', 'must be an integration key of the Events API v2');
  }
  return key;
}

const mostRecipients = 50;

/** Each once, as given; throws InvalidInput. */
export function recipientsOf(given: readonly string[]): string[] {
  const recipients = [...new Set(given.map((address) => address.trim()))];
  if (recipients.length === 0 || recipients.length > mostRecipients) {
    throw new InvalidInput('recipients', `must be 1 to ${mostRecipients} e-mail addresses`);
  }
  if (!recipients.every((address) => isMailAddress(address) && address.isWellFormed())) {
    throw new InvalidInput('recipients', 'must be e-mail addresses such as ann@example.org, without names');
  }
  return recipients;
}
