import { crc32, deflateSync } from 'node:zlib';

const size = 32;

type Colour = readonly [red: number, green: number, blue: number];

/** Rows of three pixels, a bit each. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  '0': [7, 5, 5, 5, 7],
  '1': [2, 6, 2, 2, 7],
  '2': [7, 1, 7, 4, 7],
  '3': [7, 1, 7, 1, 7],
  '4': [5, 5, 7, 1, 1],
  '5': [7, 4, 7, 1, 7],
  '6': [7, 4, 7, 5, 7],
  '7': [7, 1, 2, 2, 2],
  '8': [7, 5, 7, 5, 7],
  '9': [7, 5, 7, 1, 7],
  '+': [0, 2, 7, 2, 0],
  '?': [7, 1, 3, 0, 2],
};

/** The tray's picture: a disc of a colour, and on it a text of at most two signs. A PNG of 32 by 32 pixels. */
export function drawTrayIcon(text: string, colour: Colour): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  const paint = (x: number, y: number, [red, green, blue]: Colour, alpha = 255) => {
    pixels.set([red, green, blue, alpha], (y * size + x) * 4);
  };
  const centre = (size - 1) / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const inside = size / 2 - Math.hypot(x - centre, y - centre);
      if (inside > 0) paint(x, y, colour, Math.min(255, Math.round(inside * 255)));
    }
  }
  const signs = [...text].slice(0, 2);
  const scale = signs.length > 1 ? 3 : 4;
  const width = signs.length * 3 * scale + (signs.length - 1) * scale;
  const left = Math.round((size - width) / 2);
  const top = Math.round((size - 5 * scale) / 2);
  const ink: Colour = luminance(colour) > 0.45 ? [17, 17, 17] : [255, 255, 255];
  signs.forEach((sign, index) => {
    for (let y = 0; y < 5 * scale; y++) {
      for (let x = 0; x < 3 * scale; x++) {
        const row = glyphs[sign]?.[Math.floor(y / scale)] ?? 0;
        if (row & (4 >> Math.floor(x / scale))) paint(left + index * 4 * scale + x, top + y, ink);
      }
    }
  });
  return encodePng(pixels);
}

function luminance([red, green, blue]: Colour): number {
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

/** PNG (W3C, third edition): eight bits a channel, with transparency. */
function encodePng(pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  // Every row begins with its filter; 0 is none.
  const rows = Array.from({ length: size }, (_, y) => [
    Buffer.of(0),
    pixels.subarray(y * size * 4, (y + 1) * size * 4),
  ]).flat();
  return Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, check]);
}
