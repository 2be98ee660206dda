/** How much of a value is measured, in UTF-16 units; a longer one is judged by its beginning. */
const MEASURED = 256;

/** Shannon entropy of a text in bits per character, over its first 256 characters. */
export function entropyOf(text: string): number {
  const measured = text.slice(0, MEASURED);
  const counts = new Map<string, number>();
  for (const character of measured) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / measured.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

/**
 * Whether a value is one random token: at least 16 characters of one alphabet, with the entropy that
 * its alphabet asks for (hexadecimal 3.0, base64 4.0, mixed `minEntropy` bits per character), and
 * letters and digits in a disorder that names and camelCase do not have.
 */
export function isRandomToken(value: string, minEntropy: number): boolean {
  if (value.length < 16 || !/^[A-Za-z0-9+/_=.~$!@#%^&*-]+$/.test(value.slice(0, 4096))) return false;
  const text = value.slice(0, MEASURED);
  if (!/\d/.test(text) && value.length < 24) return false;
  if (/^[0-9a-f]+$/.test(text) || /^[0-9A-F]+$/.test(text)) return /[a-fA-F]/.test(text) && entropyOf(text) >= 3;
  if (disorderOf(text) < 0.2 || !/[A-Za-z0-9]{10}/.test(text)) return false;
  const base64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length >= 24;
  return entropyOf(text) >= (base64 ? Math.max(minEntropy, 4) : minEntropy);
}

/**
 * Whether a value holds a run that nobody would take for a name: 16 letters and digits or more without
 * a sign between them, upper case, lower case and digits in disorder.
 */
export function holdsRandomRun(value: string): boolean {
  const runs = value.slice(0, MEASURED).match(/[A-Za-z0-9]{16,}/g) ?? [];
  return runs.some(
    (run) => /[a-z]/.test(run) && /[A-Z]/.test(run) && (run.match(/\d/g)?.length ?? 0) >= 2 && disorderOf(run) >= 0.3,
  );
}

/**
 * Whether a short value is made like a password: eight characters or more, and at least three of
 * lower case, upper case, digits and signs, in disorder.
 */
export function isPasswordLike(value: string): boolean {
  if (value.length < 8 || value.length > 128 || /\s/.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9./:_-]/].filter((kind) => kind.test(value)).length;
  return kinds >= 3 && disorderOf(value) >= 0.2;
}

// The share of neighbours of different kind (lower case, upper case, digit, other); an upper-case
// letter followed by a lower-case one is how words begin, so it does not count.
function disorderOf(text: string): number {
  let changes = 0;
  for (let index = 1; index < text.length; index += 1) {
    const before = kindOf(text.charCodeAt(index - 1));
    const here = kindOf(text.charCodeAt(index));
    if (before !== here && !(before === 1 && here === 0)) changes += 1;
  }
  return changes / Math.max(1, text.length - 1);
}

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
}
