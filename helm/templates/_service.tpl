{{- define "shop.k8sService" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "shop.metadata" (merge (dict "annotations" .own.service.annotations) .) | nindent 2 }}
spec:
  type: {{ .own.service.type }}
  selector:
    {{- include "shop.selector" . | nindent 4 }}
  ports:
    - { name: http, port: {{ .service.port }}, targetPort: http, appProtocol: {{ ternary "https" "http" (and .service.router .root.Values.router.tls.enabled) }} }
    {{- if and .service.router (include "shop.engine" .root) }}
    - { name: pages, port: 8001, targetPort: pages, appProtocol: http }
    {{- end }}
    {{- if eq .own.service.type "ClusterIP" }}
    - { name: admin, port: {{ .service.admin }}, targetPort: admin, appProtocol: http }
    {{- end }}
{{- end }}

{{- define "shop.serviceAccount" -}}
{{- if .own.serviceAccount.create }}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "shop.metadata" (merge (dict "object" (.own.serviceAccount.name | default .object) "annotations" .own.serviceAccount.annotations) .) | nindent 2 }}
automountServiceAccountToken: false
{{- end }}
{{- end }}

{{- define "shop.budget" -}}
{{- if .own.podDisruptionBudget.enabled }}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "shop.metadata" . | nindent 2 }}
spec:
  minAvailable: {{ include "shop.intOrString" .own.podDisruptionBudget.minAvailable }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "shop.selector" . | nindent 6 }}
{{- end }}
{{- end }}

{{- define "shop.autoscaler" -}}
{{- $scaling := .own.autoscaling -}}
{{- if and $scaling.enabled (lt (int $scaling.maxReplicas) (int $scaling.minReplicas)) }}
{{- fail (printf "services.%s: autoscaling.maxReplicas is less than minReplicas" .name) }}
{{- end }}
{{- if and $scaling.enabled $scaling.keda.enabled }}
{{- include "shop.scaledObject" . }}
{{- else if $scaling.enabled }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "shop.metadata" . | nindent 2 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ .object }} }
  minReplicas: {{ int $scaling.minReplicas }}
  maxReplicas: {{ int $scaling.maxReplicas }}
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: {{ int $scaling.targetCPU }} } }
    {{- with int $scaling.targetMemory }}
    - type: Resource
      resource: { name: memory, target: { type: Utilization, averageUtilization: {{ . }} } }
    {{- end }}
  {{- with $scaling.behavior }}
  behavior:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- if .own.verticalAutoscaling.enabled }}
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata:
  {{- include "shop.metadata" . | nindent 2 }}
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ .object }} }
  updatePolicy:
    updateMode: {{ .own.verticalAutoscaling.updateMode | quote }}
{{- end }}
{{- end }}

{{/* KEDA looks at the queue of a subgraph; the router has none and is scaled by its CPU alone. */}}
{{- define "shop.scaledObject" -}}
{{- $scaling := .own.autoscaling -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  {{- include "shop.metadata" . | nindent 2 }}
spec:
  scaleTargetRef: { name: {{ .object }} }
  minReplicaCount: {{ int $scaling.minReplicas }}
  maxReplicaCount: {{ int $scaling.maxReplicas }}
  {{- with $scaling.behavior }}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        {{- toYaml . | nindent 8 }}
  {{- end }}
  triggers:
    - type: cpu
      metricType: Utilization
      metadata: { value: {{ int $scaling.targetCPU | quote }} }
    {{- if not .service.router }}
    - type: rabbitmq
      metadata: { protocol: amqp, mode: QueueLength, queueName: {{ .name }}.events, value: {{ int $scaling.keda.eventsPerPod | quote }} }
      authenticationRef: { name: {{ .object }} }
---
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata:
  {{- include "shop.metadata" . | nindent 2 }}
spec:
  secretTargetRef:
    {{- range include "shop.secrets" . | fromJsonArray }}
    {{- if eq .variable "RABBITMQ_URL" }}
    - { parameter: host, name: {{ .secret }}, key: {{ .key }} }
    {{- end }}
    {{- end }}
    {{- end }}
{{- end }}

{{- define "shop.serviceMonitor" -}}
{{- $monitor := .root.Values.monitoring.serviceMonitor -}}
{{- if $monitor.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  {{- include "shop.metadata" (merge (dict "labels" $monitor.labels) .) | nindent 2 }}
spec:
  selector:
    matchLabels:
      {{- include "shop.selector" . | nindent 6 }}
  endpoints:
    - port: admin
      interval: {{ $monitor.interval }}
      # The labels that the boards and rules of files/ ask for.
      relabelings:
        - { targetLabel: job, replacement: shop }
        - { targetLabel: service, replacement: {{ .name }} }
        - { targetLabel: environment, replacement: {{ .root.Values.environment }} }
{{- end }}
{{- end }}
