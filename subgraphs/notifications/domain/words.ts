/** Languages in which the shop writes. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The language for a locale such as "de-AT"; English for every other. */
export function languageOf(locale: string): Language {
  const wanted = locale.toLowerCase().split(/[-_]/)[0];
  return languages.find(language => language === wanted) ?? 'en';
}

type Message = {
  readonly subject: string;
  readonly heading: string;
  /** The message in a sentence or two, without links: also what the app shows. */
  readonly body: string;
  /** What the button says; null where there is nothing to press. */
  readonly action: string | null;
};

type Words = {
  readonly greeting: (name: string) => string;
  readonly sku: string;
  readonly quantity: string;
  readonly subtotal: string;
  readonly discount: string;
  readonly shipping: string;
  readonly tax: string;
  readonly taxInside: string;
  readonly total: string;
  readonly carrier: string;
  readonly tracking: string;
  readonly track: string;
  readonly reason: string;
  readonly ignore: string;
  readonly expires: (when: string) => string;
  readonly linkHint: string;
  readonly unsubscribe: string;
  readonly verifyEmail: Message;
  readonly passwordReset: Message;
  readonly emailChange: Message;
  readonly emailChanged: Message;
  readonly accountDeleted: Message;
  readonly orderPlaced: (number: string) => Message;
  readonly paymentFailed: (number: string) => Message;
  readonly orderFailed: (number: string, reason: 'STOCK' | 'EXPIRED') => Message;
  readonly orderShipped: (number: string) => Message;
  readonly orderDelivered: (number: string) => Message;
  readonly orderCancelled: (number: string) => Message;
  readonly orderRefunded: (number: string, amount: string) => Message;
  readonly returnReceived: (number: string) => Message;
  readonly returnRejected: (number: string) => Message;
};

const en: Words = {
  greeting: name => (name === '' ? 'Hello,' : `Hello ${name},`),
  sku: 'SKU',
  quantity: 'Quantity',
  subtotal: 'Subtotal',
  discount: 'Discount',
  shipping: 'Shipping',
  tax: 'Tax',
  taxInside: 'Including tax',
  total: 'Total',
  carrier: 'Carrier',
  tracking: 'Tracking number',
  track: 'Track the parcel',
  reason: 'Reason',
  ignore: 'If you did not ask for this, you can ignore this mail.',
  expires: when => `The link works until ${when}.`,
  linkHint: 'If the button does not work, copy this address into your browser:',
  unsubscribe: 'Do not send me mails like this',
  verifyEmail: {
    subject: 'Confirm your e-mail address',
    heading: 'One step left',
    body: 'Please confirm that this e-mail address is yours.',
    action: 'Confirm address',
  },
  passwordReset: {
    subject: 'Set a new password',
    heading: 'A new password',
    body: 'Somebody, hopefully you, asked to set a new password for your account.',
    action: 'Set a new password',
  },
  emailChange: {
    subject: 'Confirm your new e-mail address',
    heading: 'Your new address',
    body: 'Please confirm that your account shall use this e-mail address from now on. You will be signed out everywhere.',
    action: 'Use this address',
  },
  emailChanged: {
    subject: 'Your e-mail address was changed',
    heading: 'Another address from now on',
    body: 'Your account uses another e-mail address now; this one gets no more mails about it. If that was not you, please write to us at once.',
    action: null,
  },
  accountDeleted: {
    subject: 'Your account was deleted',
    heading: 'Goodbye',
    body: 'Your account and what we knew about you are deleted. Only what the law wants kept of your orders stays. If that was not you, please write to us.',
    action: null,
  },
  orderPlaced: number => ({
    subject: `Your order ${number}`,
    heading: 'Thank you for your order',
    body: `We have received your payment and are preparing order ${number}.`,
    action: 'View your order',
  }),
  paymentFailed: number => ({
    subject: `The payment for order ${number} failed`,
    heading: 'The payment did not work',
    body: `The payment for order ${number} was refused. You have not been charged and your cart is still there.`,
    action: 'View your order',
  }),
  orderFailed: (number, reason) => ({
    subject: `Your order ${number} could not be completed`,
    heading: 'The order could not be completed',
    body:
      reason === 'STOCK'
        ? `Something in order ${number} has just sold out. You have not been charged and your cart is still there.`
        : `The payment for order ${number} was not finished in time. You have not been charged and your cart is still there.`,
    action: 'View your order',
  }),
  orderShipped: number => ({
    subject: `Order ${number} is on its way`,
    heading: 'Your parcel is on its way',
    body: `We have shipped items of order ${number}.`,
    action: 'View your order',
  }),
  orderDelivered: number => ({
    subject: `Order ${number} was delivered`,
    heading: 'Delivered',
    body: `A parcel of order ${number} was delivered. We hope you like it.`,
    action: 'View your order',
  }),
  orderCancelled: number => ({
    subject: `Order ${number} was cancelled`,
    heading: 'The order was cancelled',
    body: `Order ${number} was cancelled. What you paid for it will be returned to you.`,
    action: 'View your order',
  }),
  orderRefunded: (number, amount) => ({
    subject: `Refund for order ${number}`,
    heading: 'Your money is on its way back',
    body: `We have returned ${amount} for order ${number}. Your bank may take a few days to show it.`,
    action: 'View your order',
  }),
  returnReceived: number => ({
    subject: `Your return for order ${number} has arrived`,
    heading: 'Your return has arrived',
    body: `The items that you sent back from order ${number} have arrived. The refund follows.`,
    action: 'View your order',
  }),
  returnRejected: number => ({
    subject: `Your return for order ${number}`,
    heading: 'We cannot take the return',
    body: `Your return for order ${number} was not accepted.`,
    action: 'View your order',
  }),
};

const de: Words = {
  greeting: name => (name === '' ? 'Guten Tag,' : `Guten Tag ${name},`),
  sku: 'Artikelnummer',
  quantity: 'Menge',
  subtotal: 'Zwischensumme',
  discount: 'Rabatt',
  shipping: 'Versand',
  tax: 'Steuer',
  taxInside: 'Enthaltene Steuer',
  total: 'Gesamtsumme',
  carrier: 'Versanddienst',
  tracking: 'Sendungsnummer',
  track: 'Sendung verfolgen',
  reason: 'Grund',
  ignore: 'Falls Sie das nicht angefordert haben, können Sie diese E-Mail ignorieren.',
  expires: when => `Der Link gilt bis ${when}.`,
  linkHint: 'Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
  unsubscribe: 'Solche E-Mails nicht mehr senden',
  verifyEmail: {
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
    heading: 'Nur noch ein Schritt',
    body: 'Bitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört.',
    action: 'Adresse bestätigen',
  },
  passwordReset: {
    subject: 'Neues Passwort festlegen',
    heading: 'Ein neues Passwort',
    body: 'Jemand, hoffentlich Sie, möchte ein neues Passwort für Ihr Konto festlegen.',
    action: 'Neues Passwort festlegen',
  },
  emailChange: {
    subject: 'Bestätigen Sie Ihre neue E-Mail-Adresse',
    heading: 'Ihre neue Adresse',
    body: 'Bitte bestätigen Sie, dass Ihr Konto von nun an diese E-Mail-Adresse verwenden soll. Sie werden dabei überall abgemeldet.',
    action: 'Diese Adresse verwenden',
  },
  emailChanged: {
    subject: 'Ihre E-Mail-Adresse wurde geändert',
    heading: 'Von nun an eine andere Adresse',
    body: 'Ihr Konto verwendet jetzt eine andere E-Mail-Adresse; an diese hier schreiben wir nicht mehr darüber. Falls Sie das nicht waren, melden Sie sich bitte sofort bei uns.',
    action: null,
  },
  accountDeleted: {
    subject: 'Ihr Konto wurde gelöscht',
    heading: 'Auf Wiedersehen',
    body: 'Ihr Konto und was wir über Sie wussten, ist gelöscht. Nur was das Gesetz von Ihren Bestellungen verlangt, bleibt. Falls Sie das nicht waren, melden Sie sich bitte bei uns.',
    action: null,
  },
  orderPlaced: number => ({
    subject: `Ihre Bestellung ${number}`,
    heading: 'Vielen Dank für Ihre Bestellung',
    body: `Ihre Zahlung ist eingegangen, wir bereiten die Bestellung ${number} vor.`,
    action: 'Bestellung ansehen',
  }),
  paymentFailed: number => ({
    subject: `Die Zahlung für Bestellung ${number} ist fehlgeschlagen`,
    heading: 'Die Zahlung hat nicht geklappt',
    body: `Die Zahlung für Bestellung ${number} wurde abgelehnt. Es wurde nichts abgebucht, Ihr Warenkorb ist noch da.`,
    action: 'Bestellung ansehen',
  }),
  orderFailed: (number, reason) => ({
    subject: `Ihre Bestellung ${number} konnte nicht abgeschlossen werden`,
    heading: 'Die Bestellung konnte nicht abgeschlossen werden',
    body:
      reason === 'STOCK'
        ? `Etwas aus Bestellung ${number} ist gerade ausverkauft. Es wurde nichts abgebucht, Ihr Warenkorb ist noch da.`
        : `Die Zahlung für Bestellung ${number} wurde nicht rechtzeitig beendet. Es wurde nichts abgebucht, Ihr Warenkorb ist noch da.`,
    action: 'Bestellung ansehen',
  }),
  orderShipped: number => ({
    subject: `Bestellung ${number} ist unterwegs`,
    heading: 'Ihr Paket ist unterwegs',
    body: `Wir haben Artikel der Bestellung ${number} versandt.`,
    action: 'Bestellung ansehen',
  }),
  orderDelivered: number => ({
    subject: `Bestellung ${number} wurde zugestellt`,
    heading: 'Zugestellt',
    body: `Ein Paket der Bestellung ${number} wurde zugestellt. Wir hoffen, es gefällt Ihnen.`,
    action: 'Bestellung ansehen',
  }),
  orderCancelled: number => ({
    subject: `Bestellung ${number} wurde storniert`,
    heading: 'Die Bestellung wurde storniert',
    body: `Bestellung ${number} wurde storniert. Was Sie dafür bezahlt haben, erhalten Sie zurück.`,
    action: 'Bestellung ansehen',
  }),
  orderRefunded: (number, amount) => ({
    subject: `Erstattung für Bestellung ${number}`,
    heading: 'Ihr Geld ist auf dem Rückweg',
    body: `Wir haben ${amount} für Bestellung ${number} erstattet. Bis Ihre Bank es zeigt, können einige Tage vergehen.`,
    action: 'Bestellung ansehen',
  }),
  returnReceived: number => ({
    subject: `Ihre Rücksendung zu Bestellung ${number} ist angekommen`,
    heading: 'Ihre Rücksendung ist angekommen',
    body: `Die Artikel, die Sie aus Bestellung ${number} zurückgeschickt haben, sind angekommen. Die Erstattung folgt.`,
    action: 'Bestellung ansehen',
  }),
  returnRejected: number => ({
    subject: `Ihre Rücksendung zu Bestellung ${number}`,
    heading: 'Wir können die Rücksendung nicht annehmen',
    body: `Ihre Rücksendung zu Bestellung ${number} wurde nicht angenommen.`,
    action: 'Bestellung ansehen',
  }),
};

/** Every text of every mail, per language. */
export const words: Record<Language, Words> = { en, de };
