import { engine } from './assertions/engine.ts';
import { jobs } from './assertions/jobs.ts';
import { network } from './assertions/network.ts';
import { outside } from './assertions/outside.ts';
import { pods } from './assertions/pods.ts';
import { settings } from './assertions/settings.ts';

/** What proves each feature of deploy/chart/features.ts, by its name. */
export const assertions: Readonly<Record<string, () => void>> = {
  ...pods,
  ...network,
  ...outside,
  ...settings,
  ...jobs,
  ...engine,
};
