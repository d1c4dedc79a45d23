{{/* The variables of one service that are no secrets, as a map. Takes {root, service}. */}}
{{- define "shop.config" -}}
{{- $root := .root -}}
{{- $service := .service -}}
{{- $prefix := upper $service.name -}}
{{- $made := dict
  "ENVIRONMENT" $root.Values.environment
  (printf "%s_PORT" $prefix) $service.port
  (printf "%s_ADMIN_PORT" $prefix) $service.admin -}}
{{- if eq $root.Values.environment "production" -}}
  {{- $_ := set $made "NODE_ENV" "production" -}}
{{- end -}}
{{- $hosts := concat $root.Values.ingress.hosts $root.Values.httpRoute.hosts -}}
{{- if $service.router -}}
  {{- range include "shop.subgraphs" $root | fromYamlArray -}}
    {{- $url := printf "http://%s-%s.%s.svc.%s:%s/graphql" (include "shop.fullname" $root) . $root.Release.Namespace $root.Values.clusterDomain (include "shop.portOf" .) -}}
    {{- $_ := set $made (printf "%s_SUBGRAPH_URL" (upper .)) $url -}}
  {{- end -}}
  {{- if or $root.Values.ingress.enabled $root.Values.httpRoute.enabled -}}
    {{- $_ := set $made "TRUSTED_PROXIES" 1 -}}
  {{- end -}}
  {{- if include "shop.engine" $root -}}
    {{- $_ := set $made "ROUTER_PORT" 8001 -}}
    {{- $_ := set $made "ROUTER_IDENTITY_PORT" 4100 -}}
  {{- end -}}
  {{- $supergraph := $root.Values.router.supergraph -}}
  {{- if eq $supergraph.source "uplink" -}}
    {{- $_ := set $made "APOLLO_GRAPH_REF" (required "router.supergraph.graphRef: which graph GraphOS shall hand out" $supergraph.graphRef) -}}
  {{- else if eq $supergraph.source "configMap" -}}
    {{- $_ := set $made "SUPERGRAPH_PATH" "/etc/shop/supergraph/supergraph.graphql" -}}
  {{- else -}}
    {{- $file := ternary "supergraph-storefront" "supergraph" (eq $supergraph.variant "storefront") -}}
    {{- $_ := set $made "SUPERGRAPH_PATH" (printf "/app/schema/%s.graphql" $file) -}}
  {{- end -}}
  {{- if and $supergraph.graphRef (ne $supergraph.source "uplink") -}}
    {{- $_ := set $made "APOLLO_GRAPH_REF" $supergraph.graphRef -}}
  {{- end -}}
  {{- if $root.Values.router.tls.enabled -}}
    {{- $_ := set $made "ROUTER_TLS_CERT" "/etc/shop/tls/tls.crt" -}}
    {{- $_ := set $made "ROUTER_TLS_KEY" "/etc/shop/tls/tls.key" -}}
  {{- end -}}
  {{- with $root.Values.router.persistedOperations -}}
    {{- $_ := set $made "PERSISTED_OPERATIONS_MODE" .mode -}}
    {{- if .existingConfigMap -}}
      {{- $_ := set $made "PERSISTED_OPERATIONS_MANIFEST" "/etc/shop/operations/manifest.json" -}}
    {{- else if ne .mode "off" -}}
      {{- fail "router.persistedOperations.existingConfigMap: which operations clients may send" -}}
    {{- end -}}
  {{- end -}}
{{- else -}}
  {{- $_ := set $made "MIGRATE_ON_START" false -}}
  {{- if and (eq $service.name "notifications") $hosts -}}
    {{- $_ := set $made "PUBLIC_URL" (printf "https://%s" (first $hosts)) -}}
  {{- end -}}
{{- end -}}
{{- $all := mergeOverwrite $made (deepCopy $root.Values.config) (deepCopy $service.own.config) -}}
{{- range $key, $value := $all }}
{{ $key }}: {{ if kindIs "float64" $value }}{{ if eq (floor $value) $value }}{{ int64 $value | toString | quote }}{{ else }}{{ $value | toString | quote }}{{ end }}{{ else }}{{ $value | toString | quote }}{{ end }}
{{- end }}
{{- end }}

{{- define "shop.portOf" -}}
{{- get (dict "users" 9001 "products" 9002 "inventory" 9003 "orders" 9004 "payments" 9005 "notifications" 9006) . -}}
{{- end }}

{{- define "shop.secretName" -}}
{{- .Values.secrets.existingSecret | default (printf "%s-secrets" (include "shop.fullname" .)) -}}
{{- end }}

{{/*
The secrets of one service, as a list of {variable, secret, key, optional}: which variable is filled from where.
Takes {root, service}.
*/}}
{{- define "shop.secrets" -}}
{{- $root := .root -}}
{{- $service := .service -}}
{{- $own := $service.own -}}
{{- $from := $own.existingSecret | default (include "shop.secretName" $root) -}}
{{- $held := $own.optionalSecrets -}}
{{- $needed := dict "users" (list "JWT_SECRET") "orders" (list "GUEST_TOKEN_SECRET")
  "payments" (list "STRIPE_SECRET_KEY" "STRIPE_WEBHOOK_SECRET") "notifications" (list "NOTIFICATIONS_SECRET")
  "router" (list "JWT_SECRET") -}}
{{- $optional := dict "users" (list "JWT_PRIVATE_KEY" "JWT_PREVIOUS_SECRET" "BOOTSTRAP_STAFF_PASSWORD")
  "payments" (list "STRIPE_API_KEY") "notifications" (list "SENDGRID_API_KEY" "SMTP_URL") "router" (list "APOLLO_KEY") -}}
{{- $must := concat (list "INTERNAL_TOKEN_SECRET") (get $needed $service.name | default list) -}}
{{- $may := concat (list) (get $optional $service.name | default list) -}}
{{- /* Where another variable takes its place, it need not be there. */ -}}
{{- if or (has "JWT_PRIVATE_KEY" $held) (hasKey $own.config "JWKS_URL") -}}
  {{- $must = without $must "JWT_SECRET" -}}
  {{- $may = append $may "JWT_SECRET" -}}
{{- end -}}
{{- if has "STRIPE_API_KEY" $held -}}
  {{- $must = without $must "STRIPE_SECRET_KEY" -}}
{{- end -}}
{{- if eq $root.Values.router.supergraph.source "uplink" -}}
  {{- if $service.router -}}{{- $must = append $must "APOLLO_KEY" -}}{{- $may = without $may "APOLLO_KEY" -}}{{- end -}}
{{- end -}}
{{- $refs := list -}}
{{- if not $service.router -}}
  {{- $url := printf "%s_DATABASE_URL" (upper $service.name) -}}
  {{- if eq $root.Values.postgresql.mode "cloudnativepg" -}}
    {{- if not $root.Values.postgresql.cloudnativepg.pooler.enabled -}}
      {{- $refs = append $refs (dict "variable" $url "secret" (printf "%s-db-app" $service.fullname) "key" "uri") -}}
    {{- end -}}
  {{- else -}}
    {{- $must = append $must $url -}}
  {{- end -}}
{{- end -}}
{{- if eq $root.Values.rabbitmq.mode "operator" -}}
  {{- $secret := printf "%s-rabbitmq-default-user" (include "shop.fullname" $root) -}}
  {{- $refs = append $refs (dict "variable" "RABBITMQ_URL" "secret" $secret "key" "connection_string") -}}
{{- else -}}
  {{- $must = append $must "RABBITMQ_URL" -}}
{{- end -}}
{{- if eq $root.Values.redis.mode "external" -}}
  {{- $may = append $may "REDIS_URL" -}}
{{- end -}}
{{- range $must -}}
  {{- $refs = append $refs (dict "variable" . "secret" $from "key" .) -}}
{{- end -}}
{{- range $may -}}
  {{- if or (not $root.Values.secrets.asFiles) (has . $held) -}}
    {{- $refs = append $refs (dict "variable" . "secret" $from "key" . "optional" true) -}}
  {{- end -}}
{{- end -}}
{{ $refs | toJson }}
{{- end }}

{{/* Variables whose value is put together from parts of secrets. Takes {root, service}. */}}
{{- define "shop.composedEnv" -}}
{{- $pg := .root.Values.postgresql -}}
{{- if and (not .service.router) (eq $pg.mode "cloudnativepg") $pg.cloudnativepg.pooler.enabled }}
- name: DATABASE_USER
  valueFrom: { secretKeyRef: { name: {{ .service.fullname }}-db-app, key: username } }
- name: DATABASE_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ .service.fullname }}-db-app, key: password } }
- name: {{ upper .service.name }}_DATABASE_URL
  value: postgresql://$(DATABASE_USER):$(DATABASE_PASSWORD)@{{ .service.fullname }}-db-pooler:5432/{{ .service.name }}_db
{{- end }}
{{- if eq .root.Values.redis.mode "operator" }}
- name: REDIS_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ include "shop.secretName" .root }}, key: REDIS_PASSWORD } }
- name: REDIS_URL
  value: redis://:$(REDIS_PASSWORD)@{{ include "shop.fullname" .root }}-redis:6379
{{- else if eq .root.Values.redis.mode "trial" }}
- name: REDIS_URL
  value: redis://{{ include "shop.fullname" .root }}-redis:6379
{{- end }}
{{- end }}

{{/* Environment entries for a list of secrets, by value or by the name of the mounted file. Takes {root, refs}. */}}
{{- define "shop.secretEnv" -}}
{{- range .refs }}
{{- if $.root.Values.secrets.asFiles }}
- name: {{ .variable }}_FILE
  value: /etc/shop/secrets/{{ .variable }}
{{- else }}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* The volume with those files. Takes {root, refs}. */}}
{{- define "shop.secretVolume" -}}
{{- if .root.Values.secrets.asFiles }}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      {{- range .refs }}
      - secret:
          name: {{ .secret }}
          items: [{ key: {{ .key }}, path: {{ .variable }} }]
      {{- end }}
{{- end }}
{{- end }}

{{- define "shop.secretMount" -}}
{{- if .Values.secrets.asFiles }}
- name: secrets
  mountPath: /etc/shop/secrets
  readOnly: true
{{- end }}
{{- end }}

{{/* Changes when secrets do, so that pods are replaced: what the cluster holds, or what the values give. Takes {root, service}. */}}
{{- define "shop.secretsChecksum" -}}
{{- if .root.Values.secrets.create -}}
{{- .root.Values.secrets.values | toJson | sha256sum -}}
{{- else -}}
{{- $held := dict -}}
{{- range include "shop.secrets" . | fromJsonArray -}}
  {{- $found := lookup "v1" "Secret" $.root.Release.Namespace .secret -}}
  {{- if $found -}}{{- $_ := set $held (printf "%s/%s" .secret .key) (get ($found.data | default dict) .key) -}}{{- end -}}
{{- end -}}
{{- $held | toJson | sha256sum -}}
{{- end -}}
{{- end }}
