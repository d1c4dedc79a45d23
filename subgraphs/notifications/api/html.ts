import { type ServerResponse } from 'node:http';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for HTML content and quoted attributes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, character => entities[character] ?? '');

const style = `
  :root { color-scheme: light dark; --ink: #1f2933; --soft: #616e7c; --line: #d9dee4; --card: #fff; --page: #f2f4f7; --accent: #0b5fff; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e4e7eb; --soft: #9aa5b1; --line: #323f4b; --card: #1b232b; --page: #12181f; --accent: #7aa7ff; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
  main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; }
  a { color: var(--accent); }
  .card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; }
  .pad { padding: 1.25rem; }
  .soft { color: var(--soft); font-size: .875rem; }
  ul { list-style: none; margin: 0; padding: 0; }
  li + li { border-top: 1px solid var(--line); }
  li a { display: block; padding: .75rem 1.25rem; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
  li a:hover, li a:focus-visible { background: color-mix(in srgb, var(--accent) 10%, transparent); }
  li strong { display: block; }
  iframe { display: block; width: 100%; height: 75vh; border: 0; background: #fff; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; font: .875rem/1.5 ui-monospace, Consolas, monospace; }
  summary { cursor: pointer; padding: .75rem 1.25rem; }
  .card + .card { margin-top: 1rem; }
  label { display: block; margin: 0 0 1rem; }
  input { display: block; width: 100%; max-width: 24rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; }
  button { font: inherit; font-weight: 600; color: #fff; background: #0b5fff; border: 0; border-radius: .5rem; padding: .75rem 1.5rem; cursor: pointer; }
`;

/** A small page of our own: no scripts, nothing from elsewhere, works on a phone and in the dark. */
export function page(title: string, body: string, language = 'en'): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;
}

/** Sends a page that runs no script, is framed by nobody and hands its address (with a token in it) to nobody. */
export function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(html),
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src https: http: data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(html);
}
