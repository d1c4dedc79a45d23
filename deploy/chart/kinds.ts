export type Json = { [key: string]: unknown };

/** An object with these fields and no other: what is misspelt is refused. */
export const strict = (properties: Json, required: readonly string[] = []): Json => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length > 0 ? { required } : {}),
});
/** An object that Kubernetes or somebody else defines, too large to be told here; the API server looks at it. */
const theirs: Json = { type: 'object' };
const text: Json = { type: 'string' };
const whole: Json = { type: 'integer' };
const truth: Json = { type: 'boolean' };
const list = (items: Json): Json => ({ type: 'array', items });
const kind = (name: string): Json => ({ $ref: `#/definitions/${name}` });

const map: Json = { type: 'object', additionalProperties: text };
const selector = strict({
  matchLabels: kind('map'),
  matchExpressions: list(strict({ key: text, operator: text, values: list(text) }, ['key', 'operator'])),
});
const peer: Json = {
  ...strict({
    namespaceSelector: kind('selector'),
    podSelector: kind('selector'),
    ipBlock: strict({ cidr: text, except: list(text) }, ['cidr']),
  }),
  minProperties: 1,
};
const quantity: Json = {
  type: ['string', 'number'],
  pattern: '^[0-9]+(\\.[0-9]+)?([munkMGTPE]|[KMGTPE]i)?$',
};
const amounts: Json = {
  type: 'object',
  propertyNames: { pattern: '^(cpu|memory|ephemeral-storage|hugepages-.+|.+/.+)$' },
  additionalProperties: kind('quantity'),
};
const account = {
  runAsUser: whole,
  runAsGroup: whole,
  runAsNonRoot: truth,
  seLinuxOptions: theirs,
  seccompProfile: strict({ type: text, localhostProfile: text }, ['type']),
  appArmorProfile: strict({ type: text, localhostProfile: text }, ['type']),
  windowsOptions: theirs,
};
const scaling = strict({
  stabilizationWindowSeconds: whole,
  selectPolicy: { enum: ['Max', 'Min', 'Disabled'] },
  tolerance: kind('quantity'),
  policies: list(strict({ type: { enum: ['Pods', 'Percent'] }, value: whole, periodSeconds: whole })),
});
const affinityTerms = strict({
  requiredDuringSchedulingIgnoredDuringExecution: { type: ['object', 'array'] },
  preferredDuringSchedulingIgnoredDuringExecution: list(theirs),
});
const source = strict({ name: text, optional: truth }, ['name']);

/** What a `@param` may call the kind of its value, beside `object`, `array`, `enum` and the like: Kubernetes' own. */
export const kinds: Json = {
  map,
  selector,
  peer,
  quantity,
  amounts,
  resources: strict({ requests: kind('amounts'), limits: kind('amounts') }),
  probe: strict({
    initialDelaySeconds: whole,
    periodSeconds: whole,
    timeoutSeconds: whole,
    successThreshold: whole,
    failureThreshold: whole,
    terminationGracePeriodSeconds: whole,
  }),
  podSecurityContext: strict({
    ...account,
    fsGroup: whole,
    fsGroupChangePolicy: text,
    seLinuxChangePolicy: text,
    supplementalGroups: list(whole),
    supplementalGroupsPolicy: text,
    sysctls: list(strict({ name: text, value: text })),
  }),
  securityContext: strict({
    ...account,
    allowPrivilegeEscalation: truth,
    readOnlyRootFilesystem: truth,
    privileged: truth,
    procMount: text,
    capabilities: strict({ add: list(text), drop: list(text) }),
  }),
  behavior: strict({ scaleUp: scaling, scaleDown: scaling }),
  affinity: strict({
    nodeAffinity: affinityTerms,
    podAffinity: affinityTerms,
    podAntiAffinity: affinityTerms,
  }),
  tolerations: list(
    strict({ key: text, operator: text, value: text, effect: text, tolerationSeconds: whole }),
  ),
  peers: list(kind('peer')),
  rules: list(
    strict({
      from: list(kind('peer')),
      to: list(kind('peer')),
      ports: list(strict({ port: { type: ['integer', 'string'] }, endPort: whole, protocol: text })),
    }),
  ),
  issuer: strict({ name: text, kind: text, group: text }),
  gateways: list(
    strict({ name: text, namespace: text, sectionName: text, port: whole, kind: text, group: text }, [
      'name',
    ]),
  ),
  env: list(strict({ name: text, value: text, valueFrom: theirs }, ['name'])),
  envFrom: list(strict({ prefix: text, configMapRef: source, secretRef: source })),
  mounts: list(
    strict(
      {
        name: text,
        mountPath: text,
        subPath: text,
        subPathExpr: text,
        readOnly: truth,
        recursiveReadOnly: text,
        mountPropagation: text,
      },
      ['name', 'mountPath'],
    ),
  ),
  named: list({ ...theirs, required: ['name'] }),
  objects: list({ type: ['object', 'string'] }),
};
