import { z } from 'zod';

/** Subgraphs that are subscribed to over graphql-ws instead of server-sent events; null: where their queries go. */
export type SubgraphSockets = ReadonlyMap<string, URL | null>;

/** The variable behind SubgraphSockets: `prices, reviews=wss://reviews.example/subscriptions`. */
export const subscriptionShape = {
  ROUTER_SUBGRAPH_SOCKETS: z
    .string()
    .default('')
    .transform((list, context): SubgraphSockets => {
      const sockets = new Map<string, URL | null>();
      for (const item of list.split(',').map(each => each.trim())) {
        if (item === '') continue;
        const [, name = '', address] = /^([\w-]+)(?:=(wss?:\/\/\S+))?$/.exec(item) ?? [];
        if (name !== '' && (address === undefined || URL.canParse(address)))
          sockets.set(name, address === undefined ? null : new URL(address));
        else
          context.addIssue({
            code: 'custom',
            message: `"${item}" is neither a subgraph nor subgraph=ws://address`,
          });
      }
      return sockets;
    }),
} as const;
