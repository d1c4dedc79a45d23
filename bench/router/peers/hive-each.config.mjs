/** Hive Gateway that sends each fetch, as the others do: by itself it shares equal ones that are under way. */
export const gatewayConfig = {
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } },
};
