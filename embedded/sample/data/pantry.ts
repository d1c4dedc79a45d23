import { type SampleProduct } from './product.ts';

const bagged = { Weight: ['250 g', '1 kg'], Grind: ['Whole bean', 'Filter', 'Espresso'] } as const;

/** Pantry. */
export const pantry: readonly SampleProduct[] = [
  { code: 'YIRG', name: 'Yirgacheffe filter roast', brand: 'Kaldi Works', category: 'coffee', motif: 'pouch', price: 13, grams: 280, reducedTax: true,
    description: 'Washed, light, and loud: bergamot, apricot, black tea. Roasted on Tuesdays, sent on Wednesdays.',
    facts: { origin: 'Ethiopia', process: 'Washed', roast: 'Light' }, options: bagged, extra: { '1 kg': 29 } },
  { code: 'HUIL', name: 'Huila espresso roast', brand: 'Kaldi Works', category: 'coffee', motif: 'pouch', price: 12, grams: 280, reducedTax: true,
    description: 'Cocoa, panela and a little orange. Made for milk, good without.',
    facts: { origin: 'Colombia', process: 'Washed', roast: 'Medium' }, options: bagged, extra: { '1 kg': 26 } },
  { code: 'DECA', name: 'Evening decaf', brand: 'Kaldi Works', category: 'coffee', motif: 'pouch', price: 14, grams: 280, reducedTax: true,
    description: 'Decaffeinated with sugar cane, so that it still tastes of something. For the second cup after dinner.',
    facts: { origin: 'Colombia', process: 'Sugar-cane decaf', roast: 'Medium' }, options: { Grind: ['Whole bean', 'Filter', 'Espresso'] } },
  { code: 'SENC', name: 'First-flush sencha', brand: 'Morgentau', category: 'tea', motif: 'pouch', price: 16, was: 19, grams: 110, reducedTax: true,
    description: 'Picked in April in the hills behind Shizuoka. Grass, sea, a hint of chestnut; brew it at 70 °C.',
    facts: { origin: 'Japan', type: 'Green', organic: 'Yes' }, options: { Weight: ['80 g', '200 g'] }, extra: { '200 g': 18 } },
  { code: 'CHAM', name: 'Chamomile & mint', brand: 'Morgentau', category: 'tea', motif: 'pouch', price: 8, grams: 70, reducedTax: true,
    description: 'Whole flowers and cut leaves from one farm in Thuringia. Nothing else in the bag, and hardly a bag.',
    facts: { origin: 'Germany', type: 'Herbal', organic: 'Yes' }, options: { Format: ['Loose', 'Bags'] } },
  { code: 'DARK', name: 'Single-origin dark chocolate', brand: 'Casa Teobroma', category: 'chocolate', motif: 'bar', price: 6, grams: 85, reducedTax: true,
    description: 'Beans, sugar, and three days in a stone mill. Tastes of red fruit, and of having been made by somebody.',
    facts: { weight: '70 g', vegan: 'Yes', organic: 'Yes' }, options: { Origin: ['Ecuador 70 %', 'Madagascar 75 %', 'Peru 85 %'] } },
  { code: 'HAZE', name: 'Hazelnut bar', brand: 'Casa Teobroma', category: 'chocolate', motif: 'bar', price: 7, grams: 95, reducedTax: true,
    description: 'Whole Piedmont hazelnuts in milk chocolate that is mostly chocolate.',
    facts: { weight: '80 g', vegan: 'No', organic: 'Yes' }, options: {} },
  { code: 'HEAT', name: 'Heather honey', brand: 'Morgentau', category: 'honey', motif: 'jar', price: 11, grams: 480, reducedTax: true,
    description: 'Dark, almost a jelly, with the bitter edge of the moor. Our beekeeper says not to heat it, so do not.',
    facts: { origin: 'Germany', type: 'Heather', organic: 'No' }, options: { Weight: ['250 g', '500 g'] }, extra: { '500 g': 8 } },
]; // prettier-ignore
