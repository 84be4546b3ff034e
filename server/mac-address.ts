/** The one spelling of a hardware address, AA:BB:CC:DD:EE:FF; it may be written with colons, dashes, dots or nothing between its digits. Null when it is none. */
export function canonicalMac(text: string): string | null {
  const digits = text.trim().replace(/[:.-]/g, '').toUpperCase();
  return /^[0-9A-F]{12}$/.test(digits) ? digits.replace(/(..)(?!$)/g, '$1:') : null;
}
