type Address = {
  readonly name: string;
  readonly line1: string;
  readonly city: string;
  readonly region?: string;
  readonly postalCode: string;
  readonly country: string;
};

/** Where the sample's customers live. */
export const addresses: Readonly<Record<string, Address>> = {
  'ada@example.com': { name: 'Ada Winter', line1: 'Karl-Heine-Straße 48', city: 'Leipzig', postalCode: '04229', country: 'DE' },
  'jonas@example.com': { name: 'Jonas Brandt', line1: 'Lindengasse 12', city: 'Wien', postalCode: '1070', country: 'AT' },
  'mireille@example.com': { name: 'Mireille Laurent', line1: '14 rue des Martyrs', city: 'Paris', postalCode: '75009', country: 'FR' },
  'haruki@example.com': { name: 'Haruki Sato', line1: '2-11-5 Yanaka', city: 'Tokyo', postalCode: '110-0001', country: 'JP' },
  'grace@example.com': { name: 'Grace Whitfield', line1: '418 Alder Street', city: 'Oakland', region: 'CA', postalCode: '94609', country: 'US' },
  'luca@example.com': { name: 'Luca Moretti', line1: 'Via Mazzini 7', city: 'Bologna', postalCode: '40137', country: 'IT' },
}; // prettier-ignore

export type SampleOrder = {
  /** Makes it once. */
  readonly key: string;
  readonly email: string;
  readonly currency: string;
  readonly lines: readonly (readonly [sku: string, quantity: number])[];
  readonly voucher?: string;
  /** How far staff have got with it. */
  readonly until: 'PAID' | 'SHIPPED' | 'DELIVERED';
};

/** Orders that are really checked out, and then shipped and delivered by staff. */
export const orders: readonly SampleOrder[] = [
  { key: 'ada-1', email: 'ada@example.com', currency: 'EUR', lines: [['MORN-CHALK', 2], ['YIRG-250G-WHOLEBEAN', 1]], until: 'DELIVERED' },
  { key: 'ada-2', email: 'ada@example.com', currency: 'EUR', lines: [['HALO-SAND', 1]], voucher: 'WELCOME10', until: 'DELIVERED' },
  { key: 'ada-3', email: 'ada@example.com', currency: 'EUR', lines: [['NOTE-PLAIN-INK', 3], ['FOUN-FINE-INK', 1]], until: 'SHIPPED' },
  { key: 'jonas-1', email: 'jonas@example.com', currency: 'EUR', lines: [['IRON-20CM', 1], ['CHEF-16CM', 1]], until: 'DELIVERED' },
  { key: 'jonas-2', email: 'jonas@example.com', currency: 'EUR', lines: [['LARK-MOSS', 1]], until: 'PAID' },
  { key: 'mireille-1', email: 'mireille@example.com', currency: 'EUR', lines: [['TEEH-CHALK-S', 2], ['TIDE-SKY', 1]], until: 'DELIVERED' },
  { key: 'haruki-1', email: 'haruki@example.com', currency: 'JPY', lines: [['POUR-CHALK', 1], ['HUIL-250G-WHOLEBEAN', 2]], until: 'DELIVERED' },
  { key: 'haruki-2', email: 'haruki@example.com', currency: 'JPY', lines: [['HUSH-INK', 1]], until: 'PAID' },
  { key: 'grace-1', email: 'grace@example.com', currency: 'USD', lines: [['FLSK-05L-SKY', 2], ['DAYP-MOSS', 1]], until: 'DELIVERED' },
  { key: 'luca-1', email: 'luca@example.com', currency: 'EUR', lines: [['WEEK-HARDCOVER', 1], ['DARK-ECUADOR70', 4]], until: 'SHIPPED' },
]; // prettier-ignore

export type SampleReview = {
  readonly email: string;
  readonly code: string;
  readonly rating: number;
  readonly title: string;
  readonly body: string;
};

const review = (
  email: string,
  code: string,
  rating: number,
  words: readonly [string, string],
): SampleReview => ({
  email: `${email}@example.com`,
  code,
  rating,
  title: words[0],
  body: words[1],
});

/** What customers say, by product code. */
export const reviews: readonly SampleReview[] = [
  review('ada', 'MORN', 5, [
    'The one that is never in the cupboard',
    'Because it is always in use. The thumb rest sounds silly until you have it.',
  ]),
  review('ada', 'YIRG', 4, [
    'Bright',
    'Lovely as filter, a bit sharp as espresso. Arrived two days after roasting.',
  ]),
  review('ada', 'HALO', 5, ['Warm and simple', 'Dims low enough to read beside somebody who sleeps.']),
  review('ada', 'KEYB', 4, [
    'Good, heavy',
    'The knob is a toy, and I love it. Bluetooth takes a second to wake up.',
  ]),
  review('jonas', 'IRON', 5, [
    'Eier kleben nicht',
    'After two weeks nothing sticks any more. Heavy, as it should be.',
  ]),
  review('jonas', 'CHEF', 4, [
    'Sehr scharf',
    'Came sharp and stayed sharp. The handle could be a little thicker.',
  ]),
  review('jonas', 'MORN', 4, ['Nice mug', 'Bigger than it looks. One of four had a tiny dot in the glaze.']),
  review('jonas', 'LARK', 5, ['Survived a storm', 'Four in the morning, Grossglockner. Dry.']),
  review('mireille', 'TEEH', 5, ['Enfin un bon col', 'The collar keeps its shape after ten washes.']),
  review('mireille', 'TIDE', 4, [
    'Beautiful line',
    'Each one is different; mine has more blue than the picture.',
  ]),
  review('mireille', 'HALO', 3, [
    'Pretty, short cable',
    'I love the light, but the cable is a metre too short for my room.',
  ]),
  review('mireille', 'LINS', 4, ['Summer in a shirt', 'Wrinkles on purpose, as they say.']),
  review('haruki', 'POUR', 5, ['Just right', 'The flow is easy to control. Fits my old carafe.']),
  review('haruki', 'HUIL', 4, ['Good with milk', 'Chocolate and orange. I would buy the kilo next time.']),
  review('haruki', 'SENC', 5, ['Tastes of April', 'Fresh and sweet at 70 degrees, exactly as written.']),
  review('haruki', 'HUSH', 4, ['Quiet trains', 'Very good noise cancelling. The case is large.']),
  review('grace', 'FLSK', 5, [
    'Still hot at the top',
    'Tea at six, still hot at two. The lid works with gloves.',
  ]),
  review('grace', 'DAYP', 4, [
    'Comfortable',
    'Good back panel. The side pockets are a little tight for a litre bottle.',
  ]),
  review('grace', 'YIRG', 5, ['Apricots!', 'I did not believe the label, and then there they were.']),
  review('grace', 'NOTE', 5, ['No ghosting', 'My broadest nib does not show through.']),
  review('luca', 'WEEK', 5, ['Stained already', 'Which is what one can say best of a cookbook.']),
  review('luca', 'DARK', 4, ['Serious chocolate', 'The Ecuador is the best of the three.']),
  review('luca', 'GOOS', 2, ['Mine buzzes', 'Pours beautifully, but hums while it holds the temperature.']),
  review('luca', 'IRON', 4, ['A pan for life', 'If you can lift it.']),
];
