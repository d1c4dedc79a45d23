{{/*
Another router in place of ours: its kind, or nothing. It answers /graphql on port 8000; beside it, in the same pod, our identity proxy
says to each subgraph who asks (router/identity), and answers what of the public is not GraphQL on port 8001.
*/}}
{{- define "shop.engine" -}}
{{- $router := .Values.router -}}
{{- if ne $router.engine.kind "node" -}}
{{- if not $router.engine.image }}{{- fail "router.engine.image: the image of the other router" }}{{- end -}}
{{- if eq $router.supergraph.source "uplink" }}{{- fail "router.supergraph.source: uplink is for router.engine.kind=node; another router gets the supergraph from the image or a ConfigMap, made fit for it" }}{{- end -}}
{{- if $router.tls.enabled }}{{- fail "router.tls is for router.engine.kind=node; give another router its certificate by router.engine.config" }}{{- end -}}
{{- if ne $router.persistedOperations.mode "off" }}{{- fail "router.persistedOperations is for router.engine.kind=node; another router has settings of its own: router.engine.config" }}{{- end -}}
{{- $router.engine.kind -}}
{{- end -}}
{{- end }}

{{/* Settings of the other router. What it passes on of a client is all that the identity proxy needs. */}}
{{- define "shop.engineConfig" -}}
{{- $passedOn := list -}}
{{- range list "authorization" "user-agent" "x-forwarded-for" -}}
  {{- $passedOn = append $passedOn (dict "propagate" (dict "named" .)) -}}
{{- end -}}
{{- $headers := dict "all" (dict "request" $passedOn) -}}
{{- $config := dict -}}
{{- if eq .Values.router.engine.kind "apollo" -}}
  {{- $config = dict
    "supergraph" (dict "listen" "0.0.0.0:8000" "path" "/graphql" "introspection" false)
    "health_check" (dict "listen" "0.0.0.0:8088" "enabled" true)
    "homepage" (dict "enabled" false)
    "sandbox" (dict "enabled" false)
    "headers" $headers
    "include_subgraph_errors" (dict "all" true)
    "limits" (dict "http_max_request_bytes" 102400 "parser_max_tokens" 15000)
    "traffic_shaping" (dict "all" (dict "timeout" "20s")) -}}
{{- else -}}
  {{- $config = dict
    "http" (dict "host" "0.0.0.0" "port" 8000)
    "supergraph" (dict "source" "file" "path" "/etc/engine/supergraph/supergraph.graphql")
    "headers" $headers
    "subscriptions" (dict "enabled" true)
    "traffic_shaping" (dict "all" (dict "request_timeout" "20s")) -}}
{{- end -}}
{{- mergeOverwrite $config (deepCopy .Values.router.engine.config) | toYaml -}}
{{- end }}

{{/* Makes the supergraph that the other router reads: every subgraph behind the identity proxy, rights left to the subgraphs. */}}
{{- define "shop.engineSupergraph" -}}
{{- $config := include "shop.config" . | fromYaml -}}
- name: supergraph
  image: {{ include "shop.image" .root }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  args:
    - scripts/engine-supergraph.ts
    - {{ $config.SUPERGRAPH_PATH }}
    - /etc/engine/supergraph/supergraph.graphql
    - http://127.0.0.1:{{ $config.ROUTER_IDENTITY_PORT }}
  resources:
    requests: { cpu: 50m, memory: 128Mi }
    limits: { memory: 256Mi }
  securityContext:
    {{- toYaml .own.securityContext | nindent 4 }}
  volumeMounts:
    - { name: engine-supergraph, mountPath: /etc/engine/supergraph }
    {{- include "shop.routerMounts" .root | indent 4 }}
{{- end }}

{{- define "shop.engineContainer" -}}
{{- $engine := .root.Values.router.engine -}}
{{- $apollo := eq $engine.kind "apollo" -}}
- name: engine
  image: {{ $engine.image }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  ports:
    - { name: http, containerPort: 8000 }
    {{- if $apollo }}
    - { name: engine-health, containerPort: 8088 }
    {{- end }}
  env:
    {{- if $apollo }}
    - { name: APOLLO_ROUTER_CONFIG_PATH, value: /etc/engine/config/router.yaml }
    - { name: APOLLO_ROUTER_SUPERGRAPH_PATH, value: /etc/engine/supergraph/supergraph.graphql }
    - { name: APOLLO_TELEMETRY_DISABLED, value: 'true' }
    {{- else }}
    - { name: ROUTER_CONFIG_FILE_PATH, value: /etc/engine/config/router.yaml }
    {{- end }}
    {{- with $engine.extraEnv }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- $own := .own }}
  {{- $paths := ternary (dict "live" "/health?live" "ready" "/health?ready") (dict "live" "/health" "ready" "/readiness") $apollo }}
  {{- range $kind, $path := dict "startupProbe" "live" "livenessProbe" "live" "readinessProbe" "ready" }}
  {{ $kind }}:
    httpGet:
      path: {{ get $paths $path }}
      port: {{ ternary "engine-health" "http" $apollo }}
    {{- toYaml (index $own.probes (trimSuffix "Probe" $kind)) | nindent 4 }}
  {{- end }}
  {{- /* Before 1.30 only a program of the image could wait, and theirs has none. */}}
  {{- if and (int .own.preStopSeconds) (semverCompare ">=1.30-0" .root.Capabilities.KubeVersion.Version) }}
  lifecycle:
    preStop:
      sleep:
        seconds: {{ int .own.preStopSeconds }}
  {{- end }}
  resources:
    {{- toYaml $engine.resources | nindent 4 }}
  securityContext:
    {{- toYaml .own.securityContext | nindent 4 }}
  volumeMounts:
    - { name: tmp, mountPath: /tmp }
    - { name: engine, mountPath: /etc/engine/config, readOnly: true }
    - { name: engine-supergraph, mountPath: /etc/engine/supergraph, readOnly: true }
{{- end }}
