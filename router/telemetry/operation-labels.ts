/** Turns operation names of clients into metric labels, of which there can only be so many. */
export type OperationLabels = { of(operationName: string | null | undefined): string };

/** The first `most` names that are seen are labels; whatever comes later is `other`, and no name is `anonymous`. */
export function createOperationLabels(most = 200): OperationLabels {
  const seen = new Set<string>();
  return {
    of: name => {
      if (!name) return 'anonymous';
      if (seen.has(name)) return name;
      if (seen.size >= most || name.length > 80) return 'other';
      seen.add(name);
      return name;
    },
  };
}
