import { createHash } from 'node:crypto';

import { slugOfProduct, products } from './catalogue.ts';
import { slugOf } from './categories.ts';
import { type Motif, type SampleProduct } from './data/product.ts';
import { type Paint, motifs } from './motifs.ts';

const colours: Readonly<Record<string, string>> = {
  sand: '#d8b98a', ink: '#33415c', rust: '#c1633c', moss: '#6b8259', chalk: '#ece5d8', sky: '#86b6cf', berry: '#97405a', steel: '#a9b4bd',
  walnut: '#7a5236', oak: '#c39a63', olive: '#8a8a4a', titanium: '#9aa3ab', brass: '#c9a24a',
}; // prettier-ignore
const others = ['#c1633c', '#6b8259', '#33415c', '#d29a3f', '#97405a', '#4f8a8b', '#86b6cf', '#7a5236'];
const grounds = ['#f3ead9', '#e6ede4', '#e4ebf1', '#f4e3dc', '#ece6f0', '#efeddc'];

const bySlug = new Map(products.map(product => [slugOfProduct(product), product]));

/** Mixes a colour with white (1) or black (-1). */
function shade(colour: string, amount: number): string {
  const mixed = [1, 3, 5].map(at => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16);
    return Math.round(amount < 0 ? channel * (1 + amount) : channel + (255 - channel) * amount);
  });
  return `#${mixed.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
}

function dice(text: string): number {
  return createHash('sha256').update(text).digest().readUInt16BE(0);
}

/** The product that a picture is of, with the colour at the end of its name, if any. */
function subject(slug: string): { readonly product: SampleProduct | null; readonly colour: string | null } {
  const whole = bySlug.get(slug);
  if (whole) return { product: whole, colour: null };
  for (const [name, product] of bySlug) {
    if (!slug.startsWith(`${name}-`)) continue;
    const rest = slug.slice(name.length + 1);
    if ((product.options['Colour'] ?? []).some(colour => slugOf(colour) === rest))
      return { product, colour: rest };
  }
  return { product: null, colour: null };
}

/**
 * An SVG picture, 800 × 800, for a media name of the sample: a product's slug, with `-<colour>` where it comes in colours.
 * The same name always gives the same picture; an unknown one gives a plain parcel.
 */
export function picture(slug: string): string {
  const { product, colour } = subject(slug);
  const motif: Motif = product?.motif ?? 'bag';
  const chance = dice(product?.code ?? slug);
  const main = (colour === null ? undefined : colours[colour]) ?? others[chance % others.length] ?? '#c1633c';
  const ground = grounds[dice(product?.category ?? slug) % grounds.length] ?? '#f3ead9';
  const paint: Paint = { main, dark: shade(main, -0.18), light: shade(main, 0.45), ink: shade(main, -0.55) };
  const sun = { x: 180 + (chance % 440), r: 150 + (chance % 90) };
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800" role="img">',
    `<rect width="800" height="800" fill="${ground}"/>`,
    `<circle cx="${sun.x}" cy="260" r="${sun.r}" fill="${shade(ground, -0.06)}"/>`,
    `<rect y="600" width="800" height="200" fill="${shade(ground, -0.1)}"/>`,
    '<ellipse cx="400" cy="644" rx="260" ry="26" fill="#00000022"/>',
    motifs[motif](paint),
    '</svg>',
  ].join('');
}
