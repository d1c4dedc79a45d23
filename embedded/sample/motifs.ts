import { type Motif } from './data/product.ts';

/** `main` is the thing's own colour, `dark` its shaded side, `light` its lit side, `ink` its details. */
export type Paint = {
  readonly main: string;
  readonly dark: string;
  readonly light: string;
  readonly ink: string;
};

type Draw = (paint: Paint) => string;

type Five = readonly [number, number, number, number, number];

const box = ([x, y, w, h, r]: Five, fill: string) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}"/>`;
const disc = (x: number, y: number, r: number, fill: string) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
const oval = ([x, y, rx, ry]: readonly [number, number, number, number], fill: string) =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;
const line = (d: string, stroke: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
/** Bars of width `w`, one every `step`, each a third of it high. */
const stripes = ([x, y, w, count, step]: Five, fill: string) =>
  Array.from({ length: count }, (_, i) => box([x, y + i * step, w, step / 3, step / 6], fill)).join('');

/** What each kind of thing looks like, drawn within 800 × 800 with its foot at about 640. */
export const motifs: Readonly<Record<Motif, Draw>> = {
  lamp: p => disc(400, 320, 190, '#fff6d8') + path('M270 340 L330 170 H470 L530 340 Z', p.main) + path('M400 170 H470 L530 340 H400 Z', p.dark) + box([388, 340, 24, 240, 10], p.ink) + box([290, 570, 220, 34, 17], p.ink),
  pendant: p => box([395, 90, 10, 190, 5], p.ink) + disc(400, 470, 150, '#fff6d8') + path('M220 460 A180 180 0 0 1 580 460 Z', p.main) + path('M400 280 A180 180 0 0 1 580 460 H400 Z', p.dark) + box([380, 262, 40, 30, 8], p.ink),
  textile: p => box([210, 230, 380, 380, 46], p.main) + stripes([240, 280, 320, 6, 50], p.light) + path('M590 276 V564 A46 46 0 0 1 544 610 H470 Z', p.dark),
  vase: p => line('M400 300 C390 220 330 180 300 130 M400 300 C410 210 460 190 500 140 M400 300 V150', '#6f8f6a', 8) + disc(300, 130, 26, '#e9b44c') + disc(500, 140, 26, '#d9745b') + disc(400, 150, 26, '#f0d9a8') + path('M350 290 H450 C440 350 540 400 530 500 C525 580 480 620 400 620 C320 620 275 580 270 500 C260 400 360 350 350 290 Z', p.main) + path('M450 290 C440 350 540 400 530 500 C525 580 480 620 400 620 C470 540 430 400 410 290 Z', p.dark),
  planter: p => path('M400 390 C300 330 290 220 330 150 C400 210 410 300 400 390 Z', '#6f8f6a') + path('M400 390 C500 330 520 230 490 160 C420 220 400 300 400 390 Z', '#4f7358') + path('M270 380 H530 L495 610 H305 Z', p.main) + path('M400 380 H530 L495 610 H400 Z', p.dark) + box([250, 360, 300, 50, 12], p.light),
  pan: p => box([520, 380, 220, 40, 20], p.ink) + disc(350, 400, 210, p.dark) + disc(350, 400, 170, p.main) + disc(300, 350, 46, p.light),
  knife: p => path('M120 420 C240 350 380 340 500 350 V440 C360 470 220 470 120 420 Z', '#d7dde2') + path('M120 420 C240 450 380 450 500 440 V410 C360 430 240 430 120 420 Z', '#aab4bd') + box([490, 350, 200, 86, 30], p.main) + disc(550, 393, 10, p.light) + disc(620, 393, 10, p.light),
  mug: p => line('M545 340 C660 330 660 510 540 500', p.dark, 38) + path('M250 280 H550 V520 C550 590 500 610 400 610 C300 610 250 590 250 520 Z', p.main) + path('M440 280 H550 V520 C550 590 500 610 420 610 C460 520 450 380 440 280 Z', p.dark) + oval([400, 280, 150, 34], '#5a4034') + line('M350 200 C330 170 370 150 350 110 M430 200 C410 170 450 150 430 110', '#ffffffaa', 12),
  plate: p => disc(400, 400, 240, p.main) + disc(400, 400, 240, '#00000010') + disc(400, 400, 205, p.light) + disc(400, 400, 150, p.main) + path('M300 320 A130 130 0 0 1 420 270', '#ffffff66'),
  brewer: p => path('M250 230 H550 L440 430 H360 Z', p.main) + path('M400 230 H550 L440 430 H400 Z', p.dark) + box([320, 430, 160, 26, 12], p.ink) + path('M310 470 H490 L520 620 H280 Z', '#e8eef1') + path('M298 540 H502 L520 620 H280 Z', '#5a4034') + line('M550 260 C620 260 610 370 520 350', p.dark, 22),
  kettle: p => line('M545 460 C640 470 600 300 690 280', p.dark, 30) + path('M260 360 C260 300 320 270 400 270 C480 270 540 300 540 360 L570 600 H230 Z', p.main) + path('M420 270 C490 275 540 300 540 360 L570 600 H430 Z', p.dark) + line('M300 280 C280 170 500 160 500 280', p.ink, 22) + disc(400, 262, 20, p.ink),
  shirt: p => path('M300 190 L200 250 L150 400 L230 430 L250 370 V620 H550 V370 L570 430 L650 400 L600 250 L500 190 C470 240 330 240 300 190 Z', p.main) + path('M500 190 L600 250 L650 400 L570 430 L550 370 V620 H450 C480 480 480 320 450 218 Z', p.dark) + line('M300 190 C330 240 470 240 500 190', p.light, 12),
  knit: p => path('M300 190 L200 240 L140 520 L220 540 L260 380 V620 H540 V380 L580 540 L660 520 L600 240 L500 190 C470 230 330 230 300 190 Z', p.main) + stripes([280, 300, 240, 5, 46], p.light) + box([260, 590, 280, 36, 10], p.dark) + line('M300 190 C330 236 470 236 500 190', p.dark, 18),
  trousers: p => path('M290 170 H510 L550 640 H430 L400 330 L370 640 H250 Z', p.main) + path('M400 170 H510 L550 640 H430 L400 330 Z', p.dark) + box([286, 160, 228, 40, 8], p.ink) + disc(400, 180, 9, p.light),
  hat: p => path('M250 430 C250 270 310 200 400 200 C490 200 550 270 550 430 Z', p.main) + path('M430 203 C500 215 550 290 550 430 H450 C470 340 460 260 430 203 Z', p.dark) + box([220, 420, 360, 84, 40], p.light),
  socks: p => path('M300 170 H420 V420 C420 470 360 500 330 560 C300 620 190 600 210 530 C230 470 300 450 300 400 Z', p.main) + path('M440 210 H560 V460 C560 510 500 540 470 600 C440 660 330 640 350 570 C370 510 440 490 440 440 Z', p.dark) + box([296, 160, 128, 40, 12], p.light) + box([436, 200, 128, 40, 12], p.light),
  bag: p => line('M310 330 C310 150 490 150 490 330', p.ink, 24) + path('M220 310 H580 L610 620 H190 Z', p.main) + path('M430 310 H580 L610 620 H440 Z', p.dark) + box([330, 400, 140, 90, 12], p.light),
  tent: p => path('M400 190 L670 610 H130 Z', p.main) + path('M400 190 L670 610 H480 Z', p.dark) + path('M400 300 L480 610 H320 Z', p.ink) + line('M130 610 L80 640 M670 610 L720 640', p.ink, 8) + disc(610, 190, 40, '#f4e3b1'),
  sleeping: p => path('M180 360 C180 290 240 260 320 270 L600 310 C660 320 680 370 680 430 C680 500 650 540 590 545 L300 560 C220 560 180 520 180 450 Z', p.main) + stripes([330, 320, 300, 5, 48], p.dark) + oval([260, 410, 62, 84], p.light),
  stove: p => box([300, 470, 200, 130, 24], p.dark) + box([380, 400, 40, 80, 8], p.ink) + line('M280 390 H520 M320 390 L300 350 M480 390 L500 350', p.ink, 16) + path('M400 240 C450 290 450 330 400 370 C350 330 350 290 400 240 Z', '#e9a13b') + path('M400 290 C425 315 425 340 400 362 C375 340 375 315 400 290 Z', '#f6dc8b') + box([300, 470, 90, 130, 24], p.main),
  light: p => path('M500 340 L720 230 V570 L500 460 Z', '#fff3c4cc') + box([230, 320, 280, 160, 60], p.main) + box([230, 400, 280, 80, 40], p.dark) + disc(500, 400, 66, p.light) + disc(500, 400, 40, '#fffbe8') + box([320, 480, 60, 90, 12], p.ink),
  bottle: p => box([350, 130, 100, 80, 18], p.ink) + path('M330 220 H470 C510 260 520 290 520 340 V590 C520 620 500 640 470 640 H330 C300 640 280 620 280 590 V340 C280 290 290 260 330 220 Z', p.main) + path('M430 220 H470 C510 260 520 290 520 340 V590 C520 620 500 640 470 640 H430 Z', p.dark) + box([305, 340, 22, 200, 11], p.light),
  backpack: p => line('M330 220 C330 130 470 130 470 220', p.ink, 20) + box([250, 200, 300, 420, 90], p.main) + path('M420 200 H460 A90 90 0 0 1 550 290 V530 A90 90 0 0 1 460 620 H420 Z', p.dark) + box([290, 420, 220, 150, 36], p.light) + line('M310 460 H490', p.ink, 10) + box([210, 360, 46, 170, 22], p.dark) + box([544, 360, 46, 170, 22], p.dark),
  headphones: p => line('M230 460 C220 150 580 150 570 460', p.ink, 36) + box([190, 400, 100, 190, 46], p.main) + box([510, 400, 100, 190, 46], p.dark) + box([270, 420, 40, 150, 20], p.light) + box([490, 420, 40, 150, 20], p.light),
  speaker: p => box([250, 160, 300, 480, 36], p.main) + box([420, 160, 130, 480, 36], p.dark) + disc(400, 470, 106, p.ink) + disc(400, 470, 60, p.light) + disc(400, 270, 56, p.ink) + disc(400, 270, 26, p.light),
  keyboard: p => box([130, 300, 540, 220, 28], p.main) + Array.from({ length: 4 }, (_, row) => Array.from({ length: 10 }, (_unused, column) => box([156 + column * 50, 322 + row * 46, 40, 36, 8], (row + column) % 7 === 0 ? p.dark : p.light)).join('')).join('') + disc(636, 262, 24, p.ink),
  charger: p => box([300, 260, 200, 260, 40], p.main) + box([410, 260, 90, 260, 40], p.dark) + box([340, 190, 26, 80, 6], p.ink) + box([434, 190, 26, 80, 6], p.ink) + line('M400 520 C400 620 560 560 600 640', p.ink, 14) + path('M410 330 L360 410 H400 L386 470 L444 380 H402 Z', p.light),
  book: p => path('M220 190 C220 170 240 160 260 160 H560 V600 H260 C240 600 220 610 220 640 Z', p.main) + path('M220 640 C220 610 240 600 260 600 H560 V640 Z', '#f5efe2') + box([220, 160, 40, 460, 18], p.dark) + box([310, 250, 200, 26, 8], p.light) + box([310, 300, 140, 18, 8], p.light) + disc(410, 440, 66, p.light),
  notebook: p => box([250, 160, 310, 480, 20], p.main) + box([250, 160, 60, 480, 20], p.dark) + box([500, 160, 16, 480, 4], p.ink) + box([350, 260, 120, 70, 8], p.light),
  pen: p => path('M560 150 L640 230 L330 540 L250 460 Z', p.main) + path('M600 190 L640 230 L330 540 L290 500 Z', p.dark) + path('M250 460 L330 540 L190 600 Z', p.light) + path('M215 570 L190 600 L225 586 Z', p.ink) + line('M150 640 C230 610 300 670 380 640 S520 620 600 640', p.ink, 8),
  pouch: p => path('M270 180 H530 L560 620 H240 Z', p.main) + path('M430 180 H530 L560 620 H440 Z', p.dark) + box([262, 160, 276, 46, 8], p.ink) + disc(400, 400, 80, p.light) + path('M370 360 C430 380 380 430 440 446 C400 470 340 420 370 360 Z', p.ink),
  bar: p => box([240, 200, 320, 420, 16], p.main) + box([240, 200, 320, 150, 16], '#5a3b2a') + Array.from({ length: 6 }, (_, i) => box([258 + (i % 3) * 98, 216 + Math.floor(i / 3) * 66, 86, 54, 6], '#6d4a36')).join('') + box([300, 420, 200, 30, 8], p.light) + box([330, 470, 140, 20, 8], p.light) + path('M400 350 H560 V604 A16 16 0 0 1 544 620 H480 Z', p.dark),
  jar: p => path('M280 260 H520 C550 300 550 340 550 380 V580 C550 620 530 640 490 640 H310 C270 640 250 620 250 580 V380 C250 340 250 300 280 260 Z', p.main) + path('M460 260 H520 C550 300 550 340 550 380 V580 C550 620 530 640 490 640 H450 Z', p.dark) + box([270, 190, 260, 80, 18], p.ink) + box([300, 400, 200, 130, 14], '#fffaf0') + disc(400, 465, 34, p.dark),
}; // prettier-ignore
