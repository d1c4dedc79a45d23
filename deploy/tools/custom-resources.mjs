// The fields of custom resources that the chart may use, from their operators' API references. A string names a type; '*' lets
// anything be; a list holds the shape of its items; a name with '!' must be there.
const metadata = { 'name!': 'string', namespace: 'string', labels: '*', annotations: '*' };
const resources = { requests: '*', limits: '*' };
const keyOf = { 'name!': 'string', 'key!': 'string' };

export const customResources = {
  'postgresql.cnpg.io/v1/Cluster': {
    metadata,
    'spec!': {
      'instances!': 'number',
      imageName: 'string',
      'bootstrap!': {
        'initdb!': { 'database!': 'string', 'owner!': 'string', postInitApplicationSQL: ['string'] },
      },
      'storage!': { 'size!': 'string', storageClass: 'string' },
      resources,
      postgresql: { parameters: '*' },
      affinity: { enablePodAntiAffinity: 'boolean', topologyKey: 'string', podAntiAffinityType: 'string' },
      monitoring: { enablePodMonitor: 'boolean' },
      backup: {
        retentionPolicy: 'string',
        'barmanObjectStore!': {
          'destinationPath!': 'string',
          endpointURL: 'string',
          s3Credentials: { accessKeyId: keyOf, secretAccessKey: keyOf, inheritFromIAMRole: 'boolean' },
        },
      },
    },
  },
  'postgresql.cnpg.io/v1/ScheduledBackup': {
    metadata,
    'spec!': {
      'schedule!': 'string',
      backupOwnerReference: 'string',
      'cluster!': { 'name!': 'string' },
      immediate: 'boolean',
    },
  },
  'postgresql.cnpg.io/v1/Pooler': {
    metadata,
    'spec!': {
      'cluster!': { 'name!': 'string' },
      instances: 'number',
      'type!': 'string',
      'pgbouncer!': { 'poolMode!': 'string', parameters: '*' },
    },
  },
  'rabbitmq.com/v1beta1/RabbitmqCluster': {
    metadata,
    'spec!': {
      'replicas!': 'number',
      image: 'string',
      persistence: { storage: 'string', storageClassName: 'string' },
      resources,
      rabbitmq: { additionalPlugins: ['string'], additionalConfig: 'string' },
    },
  },
  'redis.redis.opstreelabs.in/v1beta2/Redis': {
    metadata,
    'spec!': {
      podSecurityContext: '*',
      'kubernetesConfig!': {
        'image!': 'string',
        imagePullPolicy: 'string',
        redisSecret: keyOf,
        resources,
      },
      storage: {
        volumeClaimTemplate: {
          spec: { accessModes: ['string'], storageClassName: 'string', resources: { requests: '*' } },
        },
      },
    },
  },
  'autoscaling.k8s.io/v1/VerticalPodAutoscaler': {
    metadata,
    'spec!': {
      'targetRef!': { 'apiVersion!': 'string', 'kind!': 'string', 'name!': 'string' },
      updatePolicy: { updateMode: 'string' },
    },
  },
  'monitoring.coreos.com/v1/ServiceMonitor': {
    metadata,
    'spec!': {
      'selector!': { matchLabels: '*' },
      'endpoints!': [
        {
          port: 'string',
          interval: 'string',
          relabelings: [{ 'targetLabel!': 'string', 'replacement!': 'string' }],
        },
      ],
    },
  },
  'monitoring.coreos.com/v1/PrometheusRule': {
    metadata,
    'spec!': {
      'groups!': [
        {
          'name!': 'string',
          interval: 'string',
          'rules!': [
            {
              alert: 'string',
              record: 'string',
              'expr!': 'string',
              for: 'string',
              labels: '*',
              annotations: '*',
            },
          ],
        },
      ],
    },
  },
  'cert-manager.io/v1/Certificate': {
    metadata,
    'spec!': {
      'secretName!': 'string',
      'issuerRef!': { 'name!': 'string', kind: 'string', group: 'string' },
      privateKey: { algorithm: 'string', size: 'number', rotationPolicy: 'string' },
      'dnsNames!': ['string'],
    },
  },
  'external-secrets.io/v1/ExternalSecret': {
    metadata,
    'spec!': {
      refreshInterval: 'string',
      'secretStoreRef!': { 'name!': 'string', 'kind!': 'string' },
      'target!': { 'name!': 'string', creationPolicy: 'string', deletionPolicy: 'string' },
      'dataFrom!': [{ 'extract!': { 'key!': 'string' } }],
    },
  },
  'keda.sh/v1alpha1/ScaledObject': {
    metadata,
    'spec!': {
      'scaleTargetRef!': { 'name!': 'string' },
      minReplicaCount: 'number',
      maxReplicaCount: 'number',
      advanced: { horizontalPodAutoscalerConfig: { behavior: '*' } },
      'triggers!': [
        {
          'type!': 'string',
          metricType: 'string',
          'metadata!': '*',
          authenticationRef: { 'name!': 'string' },
        },
      ],
    },
  },
  'keda.sh/v1alpha1/TriggerAuthentication': {
    metadata,
    'spec!': { 'secretTargetRef!': [{ 'parameter!': 'string', 'name!': 'string', 'key!': 'string' }] },
  },
  'gateway.networking.k8s.io/v1/HTTPRoute': {
    metadata,
    'spec!': {
      'parentRefs!': [{ 'name!': 'string', namespace: 'string', sectionName: 'string' }],
      hostnames: ['string'],
      'rules!': [
        {
          matches: [{ path: { 'type!': 'string', 'value!': 'string' } }],
          timeouts: { request: 'string' },
          'backendRefs!': [{ 'name!': 'string', 'port!': 'number' }],
        },
      ],
    },
  },
};
customResources['external-secrets.io/v1beta1/ExternalSecret'] =
  customResources['external-secrets.io/v1/ExternalSecret'];
