import { type Manifest } from '../support/helm.ts';
import { type Resource, resources } from './kubernetes-resources.ts';
import { type Store } from './kubernetes-store.ts';

/** Starts what a Job's pod would run; answers whether it ended well. */
export type RunPod = (pod: Manifest) => Promise<boolean>;
export type Kubelet = {
  /** Whether a pod of this template ever becomes ready; the default is that it does. */
  readonly becomesReady?: (pod: Manifest) => boolean;
  readonly runJob: RunPod;
};

/**
 * In place of the controllers: says of Deployments and StatefulSets that they are rolled out, lets Jobs be run and says how they
 * ended. Reports what went wrong on its own side to `fail`.
 */
export function startControllers(store: Store, kubelet: Kubelet, fail: (error: unknown) => void): void {
  const resourceOf = (object: Manifest): Resource | undefined =>
    resources.find(each => each.apiVersion === object.apiVersion && each.kind === object.kind);
  const report = (object: Manifest, status: Manifest): void => {
    const resource = resourceOf(object);
    if (resource === undefined) return;
    const now = store.get(resource, object.metadata.namespace, object.metadata.name);
    // Meanwhile it may have gone, or come again.
    if (now?.metadata.uid !== object.metadata.uid || now.metadata.generation !== object.metadata.generation)
      return;
    store.put(resource, { ...now, status: { observedGeneration: now.metadata.generation, ...status } });
  };
  store.changes.on('change', (_resource, { type, object }) => {
    if (type === 'DELETED') return;
    if (object.status?.observedGeneration === object.metadata.generation) return;
    const status = statusOf(object, kubelet);
    // As soon as the answer to whoever changed it has been sent.
    if (status !== undefined) setImmediate(report, object, status);
    if (object.kind !== 'Job' || object.status !== undefined) return;
    kubelet
      .runJob(object.spec.template.spec)
      .then(ended => report(object, jobStatus(ended)))
      .catch(fail);
  });
}

const condition = (type: string, holds: boolean, reason: string): object => {
  return { type, status: holds ? 'True' : 'False', reason, lastTransitionTime: new Date().toISOString() };
};

function jobStatus(ended: boolean): object {
  const now = new Date().toISOString();
  return ended
    ? {
        succeeded: 1,
        startTime: now,
        completionTime: now,
        conditions: [condition('Complete', true, 'CompletionsReached')],
      }
    : { failed: 1, startTime: now, conditions: [condition('Failed', true, 'BackoffLimitExceeded')] };
}

function statusOf({ kind, spec }: Manifest, { becomesReady = () => true }: Kubelet): object | undefined {
  if (kind === 'Deployment') {
    const replicas = spec.replicas ?? 1;
    const ready = becomesReady(spec.template.spec);
    return {
      replicas,
      updatedReplicas: replicas,
      ...(ready
        ? { readyReplicas: replicas, availableReplicas: replicas }
        : { unavailableReplicas: replicas }),
      conditions: [
        condition('Available', ready, ready ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable'),
        condition('Progressing', true, ready ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated'),
      ],
    };
  }
  if (kind === 'StatefulSet') {
    const replicas = spec.replicas ?? 1;
    const revision = 'revision-1';
    return {
      replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      updatedReplicas: replicas,
      currentReplicas: replicas,
      currentRevision: revision,
      updateRevision: revision,
    };
  }
  if (kind === 'PersistentVolumeClaim') return { phase: 'Bound' };
  if (kind === 'PodDisruptionBudget')
    return { currentHealthy: 2, desiredHealthy: 1, disruptionsAllowed: 1, expectedPods: 2 };
  return undefined;
}
