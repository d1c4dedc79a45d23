import { invalid } from '#platform/errors.ts';

export type Media = {
  readonly url: string;
  readonly alt: string | null;
  readonly width: number | null;
  readonly height: number | null;
};
export type MediaInput = {
  readonly url: string;
  readonly alt?: string | null | undefined;
  readonly width?: number | null | undefined;
  readonly height?: number | null | undefined;
};

/** Lower case words of letters and digits, joined by single hyphens; at most 120 characters. */
export function checkSlug(slug: string, field: readonly string[]): string {
  if (slug.length > 120 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    throw invalid(
      'a slug is lower case letters and digits with single hyphens, at most 120 characters',
      field,
      'SLUG',
    );
  }
  return slug;
}

/** Text without surrounding space, not empty, at most `max` characters, without control characters. */
export function checkText(text: string, max: number, field: readonly string[]): string {
  const trimmed = text.trim();
  if (trimmed === '') throw invalid('this may not be empty', field, 'EMPTY');
  if (trimmed.length > max) throw invalid(`at most ${max} characters are allowed`, field, 'TOO_LONG');
  // PostgreSQL cannot store NUL or half a surrogate pair; the other control characters have no business in a catalogue.
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(trimmed) || !trimmed.isWellFormed()) {
    throw invalid('control characters are not allowed', field, 'CHARACTERS');
  }
  return trimmed;
}

/** A picture by address: https anywhere, http on this machine, or a path below /media/. */
export function checkMedia(media: MediaInput, path: readonly string[]): Media {
  const url = checkText(media.url, 2_000, [...path, 'url']);
  if (!url.startsWith('/media/') && !isOpenAddress(url))
    throw invalid('a media URL is https, or a path below /media/', [...path, 'url'], 'URL');
  for (const side of ['width', 'height'] as const) {
    const pixels = media[side] ?? null;
    if (pixels !== null && (pixels < 1 || pixels > 100_000))
      throw invalid('a size is from 1 to 100,000 pixels', [...path, side], 'SIZE');
  }
  const alt = media.alt ? checkText(media.alt, 500, [...path, 'alt']) : null;
  return { url, alt, width: media.width ?? null, height: media.height ?? null };
}

function isOpenAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
}
