import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { severities } from '../../../desktop/ipc-contract.ts';
import type { OpenCounts } from '../../../desktop/main/alert.ts';
import { messagesFor } from '../../../desktop/main/messages.ts';
import { drawTrayIcon } from '../../../desktop/main/tray-icon.ts';
import { type TrayState, trayView } from '../../../desktop/main/tray-view.ts';
import { groupId } from '../support/followed.ts';

const none = Object.fromEntries(severities.map((severity) => [severity, 0])) as OpenCounts;
const did: unknown[][] = [];
const on = {
  open: (path?: string) => did.push(['open', path]),
  togglePause: () => did.push(['pause']),
  backUp: () => did.push(['backUp']),
  openFolder: () => did.push(['folder']),
  quit: () => did.push(['quit']),
};
const view = (state: Partial<TrayState> = {}, locale = 'en') =>
  trayView({ counts: none, latest: [], isPaused: false, isLocal: true, ...state }, messagesFor(locale), on);

/** The colour of a pixel, as red, green, blue and alpha. */
function pixel(png: Buffer, x: number, y: number): number[] {
  const length = png.readUInt32BE(33);
  const rows = inflateSync(png.subarray(41, 41 + length));
  const at = y * (32 * 4 + 1) + 1 + x * 4;
  return [...rows.subarray(at, at + 4)];
}

describe('trayView', () => {
  it.each([
    ['nothing', {}, '', 'Tocsin: Nothing new', [40, 130, 80]],
    ['three', { LOW: 3 }, '3', 'Tocsin: 3 groups nobody has looked at; the worst: Low', [60, 120, 200]],
    [
      'the worst',
      { LOW: 90, CRITICAL: 1 },
      '91',
      'Tocsin: 91 groups nobody has looked at; the worst: Critical',
      [200, 30, 30],
    ],
    [
      'more than fits',
      { MEDIUM: 4_000 },
      '4000',
      'Tocsin: 4000 groups nobody has looked at; the worst: Medium',
      [245, 190, 40],
    ],
  ])('shows %s', (_, counts, title, tooltip, colour) => {
    const shown = view({ counts: { ...none, ...counts } });
    expect([shown.title, shown.tooltip]).toEqual([title, tooltip]);
    expect(pixel(shown.image, 16, 1)).toEqual([...colour, 255]);
  });

  it('is grey, and says so, while the server cannot be reached', () => {
    const shown = view({ counts: undefined }, 'de');
    expect(shown.tooltip).toBe('Tocsin: Der Server ist nicht erreichbar');
    expect(pixel(shown.image, 16, 1)).toEqual([110, 120, 130, 255]);
  });

  it('lists the latest groups as one line each, whatever their titles hold, and leads to them', () => {
    const title = `<b>&amp;</b>\n\u202E${'x'.repeat(100)}`;
    const shown = view({ latest: [{ id: groupId(7), title, severity: 'HIGH', count: 12 }] });
    expect(shown.menu[1]?.label).toBe(`High: <b>&amp;</b> ‹202E›${'x'.repeat(40)}… (12)`);
    for (const line of shown.menu) line.onClick?.();
    expect(did).toEqual([
      ['open', `/alerts/${groupId(7)}`],
      ['open', undefined],
      ['open', '/settings'],
      ['pause'],
      ['backUp'],
      ['folder'],
      ['quit'],
    ]);
  });

  it('offers nothing of this machine for a remote server, and to notify again during a pause', () => {
    const labels = view({ isLocal: false, isPaused: true }).menu.map(({ label }) => label);
    expect(labels).toEqual([
      'Nothing new',
      undefined,
      'Open Tocsin',
      'Settings',
      'Notify again',
      undefined,
      'Quit Tocsin',
    ]);
  });
});

describe('drawTrayIcon', () => {
  it('is a PNG of 32 by 32 pixels, round, with every sign of its own', () => {
    const pictures = ['', ...'0123456789+?', '42', '9+'].map((text) => drawTrayIcon(text, [200, 30, 30]));
    for (const png of pictures) {
      expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([32, 32]);
      expect(pixel(png, 0, 0)).toEqual([0, 0, 0, 0]);
    }
    expect(new Set(pictures.map((png) => png.toString('base64'))).size).toBe(pictures.length);
  });

  it('writes dark on light and light on dark', () => {
    const inks = ([200, 245] as const).map((red) => {
      const png = drawTrayIcon('1', red === 200 ? [200, 30, 30] : [245, 190, 40]);
      return Array.from({ length: 32 * 32 }, (_, at) => pixel(png, at % 32, Math.floor(at / 32)).join()).find(
        (colour) => ['17,17,17,255', '255,255,255,255'].includes(colour),
      );
    });
    expect(inks).toEqual(['255,255,255,255', '17,17,17,255']);
  });
});
