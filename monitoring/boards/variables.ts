import { type Variable } from '../board.ts';

export const service: Variable = {
  name: 'service',
  label: 'Service',
  query: 'label_values(build_info{environment=~"$environment"}, service)',
  multi: true,
};

export const subgraph: Variable = {
  name: 'subgraph',
  label: 'Subgraph',
  query: 'label_values(gateway_subgraph_breaker_state{environment=~"$environment"}, subgraph)',
  multi: true,
};

export const operation: Variable = {
  name: 'operation',
  label: 'Operation',
  query: 'label_values(graphql_request_duration_seconds_count{environment=~"$environment"}, operation_name)',
  multi: true,
};
