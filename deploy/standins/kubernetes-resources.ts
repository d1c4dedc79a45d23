/** The kinds that the stand-in serves, as `group/version kind plural`, with `*` for those that belong to no namespace. */
const served = `
v1 Namespace namespaces *
v1 ConfigMap configmaps
v1 Secret secrets
v1 Service services
v1 ServiceAccount serviceaccounts
v1 Pod pods
v1 PersistentVolumeClaim persistentvolumeclaims
v1 Event events
apps/v1 Deployment deployments
apps/v1 ReplicaSet replicasets
apps/v1 StatefulSet statefulsets
batch/v1 Job jobs
batch/v1 CronJob cronjobs
autoscaling/v2 HorizontalPodAutoscaler horizontalpodautoscalers
policy/v1 PodDisruptionBudget poddisruptionbudgets
networking.k8s.io/v1 NetworkPolicy networkpolicies
networking.k8s.io/v1 Ingress ingresses
monitoring.coreos.com/v1 ServiceMonitor servicemonitors
monitoring.coreos.com/v1 PrometheusRule prometheusrules
monitoring.coreos.com/v1 PodMonitor podmonitors
gateway.networking.k8s.io/v1 HTTPRoute httproutes
external-secrets.io/v1 ExternalSecret externalsecrets
postgresql.cnpg.io/v1 Cluster clusters
postgresql.cnpg.io/v1 ScheduledBackup scheduledbackups
rabbitmq.com/v1beta1 RabbitmqCluster rabbitmqclusters
redis.redis.opstreelabs.in/v1beta2 Redis redis
`;

export type Resource = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
};

export const resources: readonly Resource[] = served
  .trim()
  .split('\n')
  .map(line => {
    const [apiVersion = '', kind = '', plural = '', global] = line.split(' ');
    return { apiVersion, kind, plural, namespaced: global === undefined };
  });

const versions = [...new Set(resources.map(({ apiVersion }) => apiVersion))];

/** What the server answers when it is asked what it has; undefined for other paths. */
export function discovery(path: string): object | undefined {
  if (path === '/version') return { major: '1', minor: '35', gitVersion: 'v1.35.2' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups() };
  if (path === '/openapi/v3')
    return {
      paths: Object.fromEntries(
        versions.map(each => [pathOf(each).slice(1), { serverRelativeURL: `/openapi/v3${pathOf(each)}` }]),
      ),
    };
  const described = versions.find(each => path === `/openapi/v3${pathOf(each)}`);
  if (described !== undefined) return openApi(described);
  const listed = versions.find(each => path === pathOf(each));
  return listed === undefined ? undefined : resourceList(listed);
}

const pathOf = (apiVersion: string): string => `${apiVersion === 'v1' ? '/api' : '/apis'}/${apiVersion}`;

function groups(): object[] {
  const named = versions.filter(each => each !== 'v1').map(each => each.split('/') as [string, string]);
  return named.map(([name, version]) => {
    const own = { groupVersion: `${name}/${version}`, version };
    return { name, versions: [own], preferredVersion: own };
  });
}

function resourceList(groupVersion: string): object {
  const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: resources
      .filter(({ apiVersion }) => apiVersion === groupVersion)
      .map(({ kind, plural, namespaced }) => {
        return { name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs };
      }),
  };
}

/** As much of OpenAPI as kubectl looks at: that dry runs and the validation of fields are to be had. */
function openApi(groupVersion: string): object {
  const [group, version] = groupVersion.includes('/') ? groupVersion.split('/') : ['', groupVersion];
  const parameters = ['dryRun', 'fieldValidation', 'fieldManager'].map(name => ({ name, in: 'query' }));
  const paths = resources
    .filter(({ apiVersion }) => apiVersion === groupVersion)
    .map(({ kind, plural, namespaced }) => {
      const path = `${pathOf(groupVersion)}/${namespaced ? 'namespaces/{namespace}/' : ''}${plural}/{name}`;
      const patch = { parameters, 'x-kubernetes-group-version-kind': { group, version, kind } };
      return [path, { patch }];
    });
  return { openapi: '3.0.0', info: {}, paths: Object.fromEntries(paths), components: { schemas: {} } };
}
