import { writeFileSync } from 'node:fs';

import { generatedChartFiles } from '../deploy/chart/files.ts';

// node scripts/chart.ts: writes the chart's schema and tables from helm/values.yaml and .env.example.
for (const [path, text] of generatedChartFiles()) writeFileSync(path, text);
