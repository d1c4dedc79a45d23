import { type Manifest } from '../support/helm.ts';

const volumes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** What of a pod the Pod Security Standard «restricted» would refuse, and what this chart promises beyond it. */
export function faultsOfPod(spec: Manifest): string[] {
  const faults: string[] = [];
  const demand = (holds: boolean, fault: string): void => void (holds || faults.push(fault));
  const pod = spec.securityContext ?? {};
  demand(pod.runAsNonRoot === true, 'runAsNonRoot');
  demand(pod.runAsUser > 0, 'runAsUser');
  demand(pod.seccompProfile?.type === 'RuntimeDefault', 'seccompProfile');
  demand(spec.automountServiceAccountToken === false, 'automountServiceAccountToken');
  demand(!spec.hostNetwork && !spec.hostPID && !spec.hostIPC, 'host namespaces');
  for (const volume of spec.volumes ?? [])
    demand(
      Object.keys(volume).every(key => key === 'name' || volumes.includes(key)),
      `volume ${volume.name}`,
    );
  for (const { name, image, securityContext: own = {}, resources = {}, ports = [] } of [
    ...(spec.initContainers ?? []),
    ...spec.containers,
  ]) {
    demand(own.allowPrivilegeEscalation === false, `${name}: allowPrivilegeEscalation`);
    demand(own.readOnlyRootFilesystem === true, `${name}: readOnlyRootFilesystem`);
    demand(own.capabilities?.drop?.includes('ALL') && !own.capabilities.add, `${name}: capabilities`);
    demand(!own.privileged && own.runAsUser !== 0, `${name}: privileged`);
    demand(!ports.some((port: Manifest) => port.hostPort), `${name}: hostPort`);
    demand(Boolean(resources.requests?.cpu && resources.requests.memory), `${name}: requests`);
    demand(Boolean(resources.limits?.memory), `${name}: limits`);
    demand(/[:@]/.test(image) && !image.endsWith(':latest'), `${name}: image ${image}`);
  }
  return faults;
}
