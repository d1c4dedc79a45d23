{{/* What every object's name starts with. */}}
{{- define "shop.fullname" -}}
{{- .Values.fullnameOverride | default .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{/* Labels of every object; takes {root, name}, name being the service or the part it belongs to. */}}
{{- define "shop.labels" -}}
{{ include "shop.selector" . }}
app.kubernetes.io/version: {{ .root.Values.image.tag | default .root.Chart.AppVersion | trunc 63 | quote }}
app.kubernetes.io/part-of: shop-supergraph
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Labels that never change, by which pods are selected. */}}
{{- define "shop.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* The metadata of an object; takes {root, name, object, annotations, labels}, the last two being optional. */}}
{{- define "shop.metadata" -}}
name: {{ .object }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "shop.labels" . | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge (dict) (.annotations | default dict) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "shop.image" -}}
{{- $image := .Values.image -}}
{{- with $image.registry }}{{ . }}/{{ end -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{- define "shop.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* The subgraphs in the order of their ports. */}}
{{- define "shop.subgraphs" -}}
[users, products, inventory, orders, payments, notifications]
{{- end }}

{{/*
What the templates of one service are given: its values over the defaults, its names and ports, the words of its command.
Takes {root, name}.
*/}}
{{- define "shop.service" -}}
{{- $root := .root -}}
{{- $own := mergeOverwrite (deepCopy $root.Values.defaults) (deepCopy (index $root.Values.services .name | default dict)) -}}
{{- $subgraphs := include "shop.subgraphs" $root | fromYamlArray -}}
{{- $router := eq .name "router" -}}
{{- $port := 8000 -}}
{{- $admin := 8080 -}}
{{- $main := "router/main.ts" -}}
{{- if and $router (include "shop.engine" $root) -}}
  {{- $main = "router/identity/main.ts" -}}
{{- end -}}
{{- range $i, $subgraph := $subgraphs -}}
  {{- if eq $subgraph $.name -}}
    {{- $port = add 9001 $i -}}
    {{- $admin = add 9101 $i -}}
    {{- $main = printf "subgraphs/%s/main.ts" $subgraph -}}
  {{- end -}}
{{- end -}}
{{- dict "name" .name "own" $own "router" $router "port" $port "admin" $admin
  "fullname" (printf "%s-%s" (include "shop.fullname" $root) .name)
  "args" (concat $own.nodeOptions (list $main)) | toJson -}}
{{- end }}

{{/* Containers of jobs, too, fit the restricted standard, have /tmp to write and nothing else. */}}
{{- define "shop.tmpVolume" -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ . }}
{{- end }}
