import { type Env, type ServiceSettings, readService } from '#platform/config.ts';

export type ProductsConfig = ServiceSettings;

/** Reads the settings of products: the shared ones are all it has. */
export function readConfig(env: Env): ProductsConfig {
  return readService('products', 9002, env);
}
