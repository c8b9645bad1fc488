import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/** Longest text that a phone still reads from a code of a few centimetres on a screen, characters. */
const MAX_LENGTH = 500;

/**
 * Returns the dark modules of the QR code of a text as an SVG path (one unit a module) and the number of modules along
 * a side; null for a text that is too long to be scanned from a small picture.
 */
export function qrCodePath(text: string): { path: string; size: number } | null {
  if (text.length > MAX_LENGTH) return null;
  const code = generate(text);
  return { path: toSvgPath(code), size: code.size };
}
