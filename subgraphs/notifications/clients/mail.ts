/** A mail, ready to go. */
export type OutgoingMail = {
  /** The notification's id; providers carry it, so that their reports find the notification again. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly links: readonly string[];
  /** Extra header fields, such as List-Unsubscribe. */
  readonly headers: Readonly<Record<string, string>>;
};

/** What became of it. `reason` names codes only, never an address. */
export type MailOutcome =
  | { readonly kind: 'accepted'; readonly providerId: string | null }
  /** Trying again cannot help. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'later'; readonly reason: string };

/** A way to send mail. */
export type MailTransport = {
  send(mail: OutgoingMail): Promise<MailOutcome>;
  close(): Promise<void>;
};
