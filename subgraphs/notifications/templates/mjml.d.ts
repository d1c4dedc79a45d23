// mjml 5 brings no types of its own; this is the part that is used here.
declare module 'mjml' {
  type Options = {
    readonly validationLevel?: 'strict' | 'soft' | 'skip';
    readonly keepComments?: boolean;
    readonly fonts?: Readonly<Record<string, string>>;
  };
  export default function mjml2html(source: string, options?: Options): Promise<{ readonly html: string }>;
}
