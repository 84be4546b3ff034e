import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Keeps secrets that have to be read again, such as the token of a Slack channel: AES-256-GCM under a key derived (HKDF, RFC 5869)
 * from the server's secret key. A sealed text opens only together with the name that it was sealed to, so that it is of no use in
 * another row.
 */
export class Sealer {
  readonly #key: Uint8Array;

  /** `purpose` keeps apart what is sealed for different ends; the secret key has 64 hexadecimal digits. */
  constructor(secretKey: string, purpose: string) {
    this.#key = new Uint8Array(hkdfSync('sha256', Buffer.from(secretKey, 'hex'), '', purpose, 32));
  }

  seal(name: string, text: string): string {
    const nonce = randomBytes(nonceBytes);
    const sealing = createCipheriv(cipher, this.#key, nonce).setAAD(Buffer.from(name));
    const sealed = [nonce, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()];
    return Buffer.concat(sealed).toString('base64url');
  }

  /** Throws when the text was sealed under another key or to another name, or was changed. */
  open(name: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const end = bytes.length - tagBytes;
    const opening = createDecipheriv(cipher, this.#key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(name))
      .setAuthTag(bytes.subarray(end));
    return opening.update(bytes.subarray(nonceBytes, end), undefined, 'utf8') + opening.final('utf8');
  }
}
