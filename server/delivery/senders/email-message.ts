import type { Notification } from '../notification.ts';
import { cut, factsOf, headline, inUtc, plainLines, sentence } from './words.ts';

const longestSubject = 200;
const longestMessage = 20_000;

export interface EmailTexts {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A notification as an e-mail: the same words as plain text and as HTML that loads nothing. */
export function emailTexts(notification: Notification): EmailTexts {
  const { id, url, alert } = notification;
  const heading = headline(notification);
  const why = sentence(notification);
  const facts = factsOf(notification).map(({ label, value }) => {
    return [label, value instanceof Date ? inUtc(value) : value] as const;
  });
  const message = cut(plainLines(alert.message), longestMessage);
  const rows = facts.map(
    ([label, value]) => `<tr><th align="left">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  const link = url === null ? '' : `<p><a href="${escapeHtml(url)}">Open in Tocsin</a></p>`;
  return {
    subject: cut(heading, longestSubject),
    text: [
      heading,
      why,
      facts.map(([label, value]) => `${`${label}:`.padEnd(13)}${value}`).join('\n'),
      message,
      ...(url === null ? [] : [`Open in Tocsin: ${url}`]),
      `-- \nTocsin, notification ${id}\n`,
    ].join('\n\n'),
    html: [
      '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>',
      `<h2>${escapeHtml(heading)}</h2><p>${escapeHtml(why)}</p>`,
      `<table cellpadding="4">${rows.join('')}</table>`,
      `<pre style="white-space: pre-wrap">${escapeHtml(message)}</pre>${link}`,
      `<p><small>Tocsin, notification ${escapeHtml(id)}</small></p></body></html>`,
    ].join('\n'),
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
