import { readFile } from 'node:fs/promises';

import handlebars from 'handlebars';

import { linksOf, type Letter } from '../domain/letter.ts';

type RenderedMail = {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly links: readonly string[];
};

type Model = { readonly letter: Letter; readonly shop: string; readonly unsubscribeUrl: string | null };
export type MailRenderer = (model: Model) => Promise<RenderedMail>;

const template = (name: string): URL => new URL(`../templates/${name}`, import.meta.url);
// A misspelt name must fail a test, not leave a hole in somebody's mail.
const strict = { strict: true, knownHelpersOnly: true } as const;

async function compileTemplates() {
  // mjml takes half a second to load, so only the first mail waits for it, not the start of the service.
  const [{ default: mjml }, source, plain] = await Promise.all([
    import('mjml'),
    readFile(template('mail.mjml'), 'utf8'),
    readFile(template('mail.txt'), 'utf8'),
  ]);
  // Without fonts of its own choice, mjml would make mails load them from Google.
  const { html } = await mjml(source, { validationLevel: 'strict', keepComments: true, fonts: {} });
  return {
    html: handlebars.compile<Model>(html, strict),
    text: handlebars.compile<Model>(plain, { ...strict, noEscape: true }),
  };
}

/** Makes the renderer of mails; the responsive template is compiled once, with the first mail. Everything in the HTML is escaped. */
export function createMailRenderer(): MailRenderer {
  let compiled: ReturnType<typeof compileTemplates> | null = null;
  return async model => {
    compiled ??= compileTemplates().catch((error: unknown) => {
      compiled = null;
      throw error;
    });
    const { html, text } = await compiled;
    return {
      subject: model.letter.subject,
      html: html(model),
      text: `${text(model)
        .replace(/\n{3,}/g, '\n\n')
        .trim()}\n`,
      links: linksOf(model.letter, model.unsubscribeUrl),
    };
  };
}
