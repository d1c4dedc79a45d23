import { type RouterConfig } from '../config.ts';

const sandbox = 'https://studio.apollographql.com';

/** Which web pages may call us: the listed ones; in development those on this machine and Apollo Sandbox too. */
export function originCheck({
  corsOrigins,
  environment,
}: Pick<RouterConfig, 'corsOrigins' | 'environment'>): (origin: string) => boolean {
  const development = environment === 'development';
  const listed = new Set([...corsOrigins, ...(development ? [sandbox] : [])]);
  return origin =>
    listed.has(origin) || (development && /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin));
}
