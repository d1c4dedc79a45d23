import { type RequestContext } from '#platform/context.ts';

import { type Parts } from '../actions/parts.ts';
import { type Loaders } from './loaders.ts';

export type Context = RequestContext & { readonly parts: Parts; readonly loaders: Loaders };
