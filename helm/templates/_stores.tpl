{{/* The pod of a store for trials: one container, restricted. Takes {root, name, image, port, resources, env, mounts, volumes, probe, command}. */}}
{{- define "shop.store" -}}
{{- $full := printf "%s-%s" (include "shop.fullname" .root) .name -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "shop.metadata" (merge (dict "object" $full) .) | nindent 2 }}
spec:
  clusterIP: None
  selector:
    {{- include "shop.selector" . | nindent 4 }}
  ports:
    - { name: {{ .name }}, port: {{ .port }}, targetPort: {{ .name }} }
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  {{- include "shop.metadata" (merge (dict "object" $full) .) | nindent 2 }}
spec:
  serviceName: {{ $full }}
  replicas: 1
  selector:
    matchLabels:
      {{- include "shop.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "shop.labels" . | nindent 8 }}
    spec:
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: 60
      # The account that the official images make for their server.
      securityContext:
        runAsNonRoot: true
        runAsUser: 999
        runAsGroup: 999
        fsGroup: 999
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: {{ .name }}
          image: {{ .image }}
          {{- with .args }}
          args:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          ports:
            - { name: {{ .name }}, containerPort: {{ .port }} }
          {{- with .env }}
          env:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          startupProbe:
            exec: { command: {{ .probe | toJson }} }
            periodSeconds: 5
            timeoutSeconds: 10
            failureThreshold: 60
          readinessProbe:
            exec: { command: {{ .probe | toJson }} }
            periodSeconds: 15
            timeoutSeconds: 10
          resources:
            {{- toYaml .resources | nindent 12 }}
          securityContext:
            {{- toYaml .root.Values.defaults.securityContext | nindent 12 }}
          volumeMounts:
            - { name: data, mountPath: {{ .dataPath }} }
            - { name: tmp, mountPath: /tmp }
            {{- with .mounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        {{- include "shop.tmpVolume" "64Mi" | nindent 8 }}
        {{- if not .storageSize }}
        - name: data
          emptyDir: {}
        {{- end }}
        {{- with .volumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  {{- with .storageSize }}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources: { requests: { storage: {{ . }} } }
  {{- end }}
{{- end }}

{{/* An environment entry out of the release's Secret. Takes {root, key}, and a name when it is another. */}}
{{- define "shop.secretEntry" -}}
name: {{ .name | default .key }}
valueFrom: { secretKeyRef: { name: {{ include "shop.secretName" .root }}, key: {{ .key }} } }
{{- end }}
