{{/* What the pods of all jobs have in common. They run before the release's ServiceAccounts exist, and need none. */}}
{{- define "shop.jobPod" -}}
restartPolicy: Never
serviceAccountName: default
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- toYaml .root.Values.defaults.podSecurityContext | nindent 2 }}
{{- include "shop.pullSecrets" .root }}
{{- with .root.Values.defaults.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .root.Values.defaults.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.defaults.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
