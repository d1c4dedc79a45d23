{{/* Who may talk to a service and whom it talks to; the release's default is nobody. */}}
{{- define "shop.networkPolicy" -}}
{{- $policy := .root.Values.networkPolicy -}}
{{- if $policy.enabled }}
{{- $root := .root }}
{{- $config := include "shop.config" . | fromYaml }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "shop.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "shop.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- /* A rule without peers would let everybody in. */}}
    {{- if or (not .service.router) $policy.ingressFrom $root.Values.tests.enabled }}
    - from:
        {{- if .service.router }}
        {{- with $policy.ingressFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- if $root.Values.tests.enabled }}
        - {{ include "shop.peer" (dict "root" $root "name" "test") }}
        {{- end }}
        {{- else }}
        - {{ include "shop.peer" (dict "root" $root "name" "router") }}
        {{- end }}
      ports:
        - { port: http, protocol: TCP }
        {{- if and .service.router (include "shop.engine" $root) }}
        - { port: pages, protocol: TCP }
        {{- end }}
    {{- end }}
    {{- with $policy.metricsFrom }}
    - from:
        {{- toYaml . | nindent 8 }}
      ports:
        - { port: admin, protocol: TCP }
    {{- end }}
    {{- with .own.networkPolicy.extraIngress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  egress:
    {{- include "shop.dnsEgress" $root | nindent 4 }}
    {{- if .service.router }}
    {{- range include "shop.subgraphs" $root | fromYamlArray }}
    - to:
        - {{ include "shop.peer" (dict "root" $root "name" .) }}
      ports:
        - { port: {{ include "shop.portOf" . }}, protocol: TCP }
    {{- end }}
    {{- else }}
    {{- include "shop.databaseEgress" . | nindent 4 }}
    {{- end }}
    {{- include "shop.busEgress" $root | nindent 4 }}
    {{- include "shop.cacheEgress" $root | nindent 4 }}
    {{- if or (has .name (list "payments" "notifications")) (and .service.router (ne $root.Values.router.supergraph.graphRef "")) }}
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
            except:
              {{- toYaml $policy.internetExcept | nindent 14 }}
      ports:
        - { port: 443, protocol: TCP }
        {{- if eq .name "notifications" }}
        {{- range $policy.mailPorts }}
        - { port: {{ int . }}, protocol: TCP }
        {{- end }}
        {{- end }}
    {{- end }}
    {{- if hasKey $config "OTEL_EXPORTER_OTLP_ENDPOINT" }}
    - ports:
        - { port: {{ int $policy.tracesPort }}, protocol: TCP }
      {{- with $policy.tracesTo }}
      to:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- end }}
    {{- with .own.networkPolicy.extraEgress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
{{- end }}

{{/* Pods of this release by their part. Takes {root, name}. */}}
{{- define "shop.peer" -}}
podSelector: { matchLabels: { app.kubernetes.io/name: {{ .name }}, app.kubernetes.io/instance: {{ .root.Release.Name }} } }
{{- end }}

{{- define "shop.dnsEgress" -}}
- to:
    {{- toYaml .Values.networkPolicy.dnsTo | nindent 4 }}
  ports:
    - { port: 53, protocol: UDP }
    - { port: 53, protocol: TCP }
{{- end }}

{{/* A subgraph's own database and no other, as far as this is known; takes what the service's templates take. */}}
{{- define "shop.databaseEgress" -}}
{{- $pg := .root.Values.postgresql -}}
{{- $policy := .root.Values.networkPolicy -}}
{{- if eq $pg.mode "cloudnativepg" -}}
- to:
    - podSelector: { matchLabels: { cnpg.io/cluster: {{ .service.fullname }}-db } }
    {{- if $pg.cloudnativepg.pooler.enabled }}
    - podSelector: { matchLabels: { cnpg.io/poolerName: {{ .service.fullname }}-db-pooler } }
    {{- end }}
  ports:
    - { port: 5432, protocol: TCP }
{{- else if eq $pg.mode "trial" -}}
- to:
    - {{ include "shop.peer" (dict "root" .root "name" "postgresql") }}
  ports:
    - { port: 5432, protocol: TCP }
{{- else -}}
- ports:
    - { port: {{ int $policy.databasePort }}, protocol: TCP }
  {{- with .own.networkPolicy.databaseTo | default $policy.databaseTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
{{- end }}

{{- define "shop.busEgress" -}}
{{- $policy := .Values.networkPolicy -}}
{{- if eq .Values.rabbitmq.mode "operator" -}}
- to:
    - podSelector: { matchLabels: { app.kubernetes.io/component: rabbitmq, app.kubernetes.io/name: {{ include "shop.fullname" . }}-rabbitmq } }
  ports:
    - { port: 5672, protocol: TCP }
{{- else if eq .Values.rabbitmq.mode "trial" -}}
- to:
    - {{ include "shop.peer" (dict "root" . "name" "rabbitmq") }}
  ports:
    - { port: 5672, protocol: TCP }
{{- else -}}
- ports:
    {{- range $policy.busPorts }}
    - { port: {{ int . }}, protocol: TCP }
    {{- end }}
  {{- with $policy.busTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
{{- end }}

{{- define "shop.cacheEgress" -}}
{{- $policy := .Values.networkPolicy -}}
{{- if eq .Values.redis.mode "operator" -}}
- to:
    - podSelector: { matchLabels: { app: {{ include "shop.fullname" . }}-redis } }
  ports:
    - { port: 6379, protocol: TCP }
{{- else if eq .Values.redis.mode "trial" -}}
- to:
    - {{ include "shop.peer" (dict "root" . "name" "redis") }}
  ports:
    - { port: 6379, protocol: TCP }
{{- else if eq .Values.redis.mode "external" -}}
- ports:
    - { port: {{ int $policy.cachePort }}, protocol: TCP }
  {{- with $policy.cacheTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
{{- end }}
