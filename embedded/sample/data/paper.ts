import { type SampleProduct } from './product.ts';

const bound = { Edition: ['Hardcover', 'Paperback'] } as const;

/** Books & Paper. */
export const paper: readonly SampleProduct[] = [
  { code: 'SALT', name: 'Salt, Smoke, Time', brand: 'Field Press', category: 'cookbooks', motif: 'book', price: 24, grams: 900, reducedTax: true,
    description: 'Eighty recipes for people who like to wait: pickles, cured fish, slow bread, and a chapter on doing nothing.',
    facts: { author: 'Ines Halloran', pages: '288', language: 'English' }, options: bound, extra: { Hardcover: 11 } },
  { code: 'WEEK', name: 'Weeknight Noodles', brand: 'Field Press', category: 'cookbooks', motif: 'book', price: 19, grams: 600, reducedTax: true,
    description: 'Sixty bowls in thirty minutes each, sorted by how tired you are.',
    facts: { author: 'Kenji Arakawa', pages: '208', language: 'English' }, options: bound, extra: { Hardcover: 9 } },
  { code: 'GRID', name: 'The Honest Grid', brand: 'Raster Verlag', category: 'design-books', motif: 'book', price: 32, grams: 1100, reducedTax: true,
    description: 'What columns are for, and when to break them. With two hundred posters, timetables and tax forms.',
    facts: { author: 'Margarethe Voss', pages: '320', language: 'English' }, options: bound, extra: { Hardcover: 14 } },
  { code: 'COLR', name: 'A Small Book of Colour', brand: 'Raster Verlag', category: 'design-books', motif: 'book', price: 18, was: 22, grams: 450, reducedTax: true,
    description: 'One colour to a page, one story to a colour, from oak-gall ink to safety orange.',
    facts: { author: 'Tomas Lindqvist', pages: '160', language: 'English' }, options: bound, extra: { Hardcover: 8 } },
  { code: 'RAIL', name: 'Night Trains of Europe', brand: 'Field Press', category: 'travel-books', motif: 'book', price: 26, grams: 700, reducedTax: true,
    description: 'Forty routes, what to pack, which side to sit on, and where the dining car still has tablecloths.',
    facts: { author: 'Odile Ferrand', pages: '256', language: 'English' }, options: bound, extra: { Hardcover: 10 } },
  { code: 'ISLE', name: 'Fifty Quiet Islands', brand: 'Field Press', category: 'travel-books', motif: 'book', price: 29, grams: 820, reducedTax: true,
    description: 'From Fair Isle to Teshima: places with more birds than people, and how to leave them as they are.',
    facts: { author: 'Ruth Calder', pages: '272', language: 'English' }, options: bound, extra: { Hardcover: 12 } },
  { code: 'NOTE', name: 'Lay-flat notebook', brand: 'Raster Verlag', category: 'notebooks', motif: 'notebook', price: 17, grams: 330,
    description: 'Thread-bound, so it stays open at the page you left. Ninety-gram paper that takes a fountain pen without a ghost.',
    facts: { format: 'A5', pages: '192', paper: '90 g/m²' }, options: { Ruling: ['Plain', 'Dotted', 'Lined'], Colour: ['Ink', 'Rust', 'Moss'] } },
  { code: 'POCK', name: 'Pocket notebooks, set of three', brand: 'Raster Verlag', category: 'notebooks', motif: 'notebook', price: 12, grams: 150,
    description: 'Stapled, soft, and made to be used up: one for the trip, one for the plan, one to lend.',
    facts: { format: 'A6', pages: '3 × 48', paper: '80 g/m²' }, options: { Ruling: ['Plain', 'Dotted', 'Lined'] } },
  { code: 'FOUN', name: 'Aluminium fountain pen', brand: 'Tintenfass', category: 'pens', motif: 'pen', price: 54, grams: 30,
    description: 'Hexagonal, so it does not roll off the desk. A steel nib that forgives, and a converter in the box.',
    facts: { material: 'Aluminium', filling: 'Cartridge or converter' }, options: { Nib: ['Fine', 'Medium', 'Broad'], Colour: ['Ink', 'Steel'] } },
  { code: 'GELP', name: 'Gel pens, set of six', brand: 'Tintenfass', category: 'pens', motif: 'pen', price: 15, grams: 80,
    description: 'Six colours that were named by somebody who likes weather.',
    facts: { tip: '0.5 mm', refill: 'Yes' }, options: { Set: ['Dusk', 'Meadow', 'Harbour'] } },
]; // prettier-ignore
