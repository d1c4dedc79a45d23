/** How long an answer stays good, and whether everybody may have it. */
export type Hint = { readonly maxAge: number; readonly scope: 'public' | 'private' };

const LONGEST = 31_536_000;

/**
 * Reads the Cache-Control of a subgraph's answer; null when it may not be kept. The router asks with a token, so only what says
 * `public` (or `s-maxage`) is for everybody (RFC 9111, section 3.5).
 */
export function readCacheControl(header: string): Hint | null {
  if (header === '') return null;
  let [maxAge, shared]: [number | null, number | null] = [null, null];
  let scope: Hint['scope'] = 'private';
  let isPrivate = false;
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', value = ''] = part.trim().split('=', 2);
    const seconds = /^"?(\d{1,10})"?$/.exec(value.trim())?.[1];
    if (name === 'no-store' || name === 'no-cache') return null;
    if (name === 'private') isPrivate = true;
    if (name === 'public') scope = 'public';
    if (name === 'max-age' && seconds !== undefined) maxAge = Number(seconds);
    if (name === 's-maxage' && seconds !== undefined) shared = Number(seconds);
  }
  if (shared !== null) scope = 'public';
  if (isPrivate) scope = 'private';
  const found = Math.min(LONGEST, (scope === 'public' ? shared : null) ?? maxAge ?? 0);
  return found > 0 ? { maxAge: found, scope } : null;
}
