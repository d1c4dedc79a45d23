{{- define "shop.routerVolumes" -}}
{{- $router := .Values.router }}
{{- $name := printf "%s-router" (include "shop.fullname" .) }}
{{- if eq $router.supergraph.source "configMap" }}
- name: supergraph
  configMap:
    name: {{ $router.supergraph.existingConfigMap | default (printf "%s-supergraph" (include "shop.fullname" .)) }}
{{- end }}
{{- with $router.persistedOperations.existingConfigMap }}
- name: operations
  configMap:
    name: {{ . }}
{{- end }}
{{- if $router.tls.enabled }}
- name: tls
  secret:
    secretName: {{ $router.tls.existingSecret | default (printf "%s-tls" $name) }}
    defaultMode: 0440
{{- end }}
{{- end }}

{{/* Whole folders, never single files of them: only those follow when a ConfigMap or Secret changes. */}}
{{- define "shop.routerMounts" -}}
{{- $router := .Values.router }}
{{- if eq $router.supergraph.source "configMap" }}
- { name: supergraph, mountPath: /etc/shop/supergraph, readOnly: true }
{{- end }}
{{- if $router.persistedOperations.existingConfigMap }}
- { name: operations, mountPath: /etc/shop/operations, readOnly: true }
{{- end }}
{{- if $router.tls.enabled }}
- { name: tls, mountPath: /etc/shop/tls, readOnly: true }
{{- end }}
{{- end }}
