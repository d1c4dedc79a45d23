{{/* All objects of one service. Takes {root, name}. */}}
{{- define "shop.workload" -}}
{{- $service := include "shop.service" . | fromJson -}}
{{- if $service.own.enabled -}}
{{- $context := dict "root" .root "name" .name "service" $service "own" $service.own "object" $service.fullname -}}
{{- $parts := list "shop.configMap" "shop.deployment" "shop.k8sService" "shop.serviceAccount" "shop.budget" "shop.autoscaler" "shop.networkPolicy" "shop.serviceMonitor" -}}
{{- range $parts }}
{{- with include . $context | trim }}
---
{{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "shop.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "shop.metadata" . | nindent 2 }}
data:
  {{- include "shop.config" . | nindent 2 }}
{{- end }}

{{- define "shop.deployment" -}}
{{- $own := .own -}}
{{- include "shop.checkStop" . -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "shop.metadata" . | nindent 2 }}
spec:
  {{- if not $own.autoscaling.enabled }}
  replicas: {{ int $own.replicas }}
  {{- end }}
  revisionHistoryLimit: {{ int $own.revisionHistoryLimit }}
  progressDeadlineSeconds: {{ int $own.progressDeadlineSeconds }}
  minReadySeconds: {{ int $own.minReadySeconds }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: {{ include "shop.intOrString" $own.rollingUpdate.maxSurge }}
      maxUnavailable: {{ include "shop.intOrString" $own.rollingUpdate.maxUnavailable }}
  selector:
    matchLabels:
      {{- include "shop.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "shop.labels" . | nindent 8 }}
        {{- with $own.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        checksum/config: {{ include "shop.config" . | sha256sum }}
        checksum/secrets: {{ include "shop.secretsChecksum" . }}
        {{- if and .service.router (include "shop.engine" .root) }}
        checksum/engine: {{ include "shop.engineConfig" .root | sha256sum }}
        {{- end }}
        {{- with $own.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      {{- include "shop.podSpec" . | nindent 6 }}
{{- end }}

{{- define "shop.podSpec" -}}
{{- $own := .own -}}
{{- $refs := include "shop.secrets" . | fromJsonArray -}}
serviceAccountName: {{ if $own.serviceAccount.create }}{{ $own.serviceAccount.name | default .object }}{{ else }}{{ $own.serviceAccount.name | default "default" }}{{ end }}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ int $own.terminationGracePeriodSeconds }}
securityContext:
  {{- toYaml $own.podSecurityContext | nindent 2 }}
{{- include "shop.pullSecrets" .root }}
{{- with $own.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $own.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- include "shop.placement" . }}
{{- $engine := and .service.router (include "shop.engine" .root) }}
{{- $init := include "shop.waitForSchema" . }}
{{- if $engine }}
{{- $init = include "shop.engineSupergraph" . }}
{{- end }}
{{- if or $init $own.extraInitContainers }}
initContainers:
  {{- with $init }}
  {{- . | trim | nindent 2 }}
  {{- end }}
  {{- with $own.extraInitContainers }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
containers:
  - name: {{ .name }}
    {{- include "shop.container" (merge (dict "refs" $refs) .) | nindent 4 }}
  {{- if $engine }}
  {{- include "shop.engineContainer" . | nindent 2 }}
  {{- end }}
  {{- with $own.extraContainers }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
volumes:
  {{- include "shop.tmpVolume" $own.tmpSize | nindent 2 }}
  {{- include "shop.secretVolume" (dict "root" .root "refs" $refs) | indent 2 }}
  {{- if .service.router }}
  {{- include "shop.routerVolumes" .root | indent 2 }}
  {{- end }}
  {{- if $engine }}
  - name: engine
    configMap: { name: {{ .object }}-engine }
  - name: engine-supergraph
    emptyDir: { sizeLimit: 16Mi }
  {{- end }}
  {{- with $own.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- define "shop.container" -}}
{{- $own := .own -}}
image: {{ include "shop.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args:
  {{- toYaml .service.args | nindent 2 }}
ports:
  {{- $port := ternary "pages" "http" (and .service.router (ne (include "shop.engine" .root) "")) }}
  - { name: {{ $port }}, containerPort: {{ ternary 8001 .service.port (eq $port "pages") }} }
  - { name: admin, containerPort: {{ .service.admin }} }
envFrom:
  - configMapRef:
      name: {{ .object }}
  {{- with $own.extraEnvFrom }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
env:
  {{- include "shop.secretEnv" (dict "root" .root "refs" .refs) | indent 2 }}
  {{- include "shop.composedEnv" . | indent 2 }}
  {{- with $own.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- $probes := $own.probes }}
{{- range $kind, $path := dict "startupProbe" "live" "livenessProbe" "live" "readinessProbe" "ready" }}
{{ $kind }}:
  httpGet:
    path: /health/{{ $path }}
    port: {{ $port }}
    {{- if and $.service.router $.root.Values.router.tls.enabled }}
    scheme: HTTPS
    {{- end }}
  {{- toYaml (index $probes (trimSuffix "Probe" $kind)) | nindent 2 }}
{{- end }}
{{- with int $own.preStopSeconds }}
lifecycle:
  preStop:
    {{- if semverCompare ">=1.30-0" $.root.Capabilities.KubeVersion.Version }}
    sleep:
      seconds: {{ . }}
    {{- else }}
    exec:
      command: [node, -e, 'setTimeout(() => {}, {{ mul . 1000 }})']
    {{- end }}
{{- end }}
resources:
  {{- toYaml $own.resources | nindent 2 }}
securityContext:
  {{- toYaml $own.securityContext | nindent 2 }}
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  {{- include "shop.secretMount" .root | indent 2 }}
  {{- if .service.router }}
  {{- include "shop.routerMounts" .root | indent 2 }}
  {{- end }}
  {{- with $own.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{/* Where pods may run. */}}
{{- define "shop.placement" -}}
{{- $own := .own -}}
{{- with $own.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $own.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $own.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- $spread := dict "topology.kubernetes.io/zone" $own.topologySpread.zone "kubernetes.io/hostname" $own.topologySpread.host }}
{{- if or (ne $own.topologySpread.zone "off") (ne $own.topologySpread.host "off") }}
topologySpreadConstraints:
  {{- range $key, $how := $spread }}
  {{- if ne $how "off" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: {{ $how }}
    labelSelector:
      matchLabels:
        {{- include "shop.selector" $ | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
A pod starts when its database has the schema that its code needs. Where the database comes with the release, no Job can run
before it: there the pods bring it up to date themselves, one at a time.
*/}}
{{- define "shop.waitForSchema" -}}
{{- if and .root.Values.migrations.enabled (not .service.router) }}
- name: schema
  image: {{ include "shop.image" .root }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  args: [scripts/migrate.ts, {{ ternary "wait" "up" (eq .root.Values.postgresql.mode "external") }}, {{ .name }}]
  env:
    {{- include "shop.databaseEnv" . | indent 4 }}
  resources:
    {{- toYaml .root.Values.migrations.resources | nindent 4 }}
  securityContext:
    {{- toYaml .own.securityContext | nindent 4 }}
  volumeMounts:
    - { name: tmp, mountPath: /tmp }
    {{- include "shop.secretMount" .root | indent 4 }}
{{- end }}
{{- end }}

{{/* The secret that holds the address of a subgraph's own database, for its jobs: never that of the pooler. */}}
{{- define "shop.databaseRefs" -}}
{{- $variable := printf "%s_DATABASE_URL" (upper .service.name) -}}
{{- $ref := dict "variable" $variable "secret" (printf "%s-db-app" .service.fullname) "key" "uri" -}}
{{- if ne .root.Values.postgresql.mode "cloudnativepg" -}}
  {{- $ref = dict "variable" $variable "secret" (.own.existingSecret | default (include "shop.secretName" .root)) "key" $variable -}}
{{- end -}}
{{- list $ref | toJson -}}
{{- end }}

{{- define "shop.databaseEnv" -}}
{{- $pooled := and (eq .root.Values.postgresql.mode "cloudnativepg") .root.Values.postgresql.cloudnativepg.pooler.enabled -}}
{{- $refs := include "shop.databaseRefs" . | fromJsonArray -}}
{{- if and $pooled .root.Values.secrets.asFiles (not .job) -}}
{{- /* The service's own files do not hold this address. */ -}}
{{- $ref := first $refs }}
- name: {{ $ref.variable }}
  valueFrom: { secretKeyRef: { name: {{ $ref.secret }}, key: {{ $ref.key }} } }
{{- else }}
{{- include "shop.secretEnv" (dict "root" .root "refs" $refs) }}
{{- end }}
{{- end }}

{{/* A pod that is killed before it has finished its requests would lose them. */}}
{{- define "shop.checkStop" -}}
{{- $config := include "shop.config" . | fromYaml -}}
{{- $delay := int (get $config "SHUTDOWN_DELAY_MS" | default "0") -}}
{{- $grace := int (get $config "SHUTDOWN_GRACE_MS" | default "15000") -}}
{{- $stop := add (mul (int .own.preStopSeconds) 1000) $delay $grace -}}
{{- if ge $stop (mul (int .own.terminationGracePeriodSeconds) 1000) -}}
  {{- fail (printf "services.%s: preStopSeconds, SHUTDOWN_DELAY_MS and SHUTDOWN_GRACE_MS together take %dms; terminationGracePeriodSeconds must be longer" .name $stop) -}}
{{- end -}}
{{- end }}

{{- define "shop.intOrString" -}}
{{- if kindIs "string" . }}{{ . | quote }}{{ else }}{{ int . }}{{ end -}}
{{- end }}
