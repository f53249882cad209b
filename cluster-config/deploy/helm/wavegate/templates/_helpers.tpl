{{- define "wavegate.name" -}}
{{- /* Kubernetes adds up to 17 characters for a label of 63. */ -}}
{{- printf "%s-wavegate" .Release.Name | trunc 46 | trimSuffix "-" -}}
{{- end -}}

{{- define "wavegate.labels" -}}
app.kubernetes.io/name: wavegate
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/* The version of a role's nodes. Called with a list of the root and the role's values. */}}
{{- define "wavegate.tag" -}}
{{- $root := index . 0 -}}{{- $role := index . 1 -}}
{{- $role.tag | default $root.Values.image.tag | default $root.Chart.AppVersion -}}
{{- end -}}

{{/* What a pod of a role is made of, in short: another one, another pod. Called as wavegate.pod is. */}}
{{- define "wavegate.revision" -}}
{{- printf "%s\n%s" (include "wavegate.pod" .) (index . 0).Values.config | sha256sum -}}
{{- end -}}

{{/* The shard nodes' StatefulSet as it is now, as JSON; {} where there is none, or no cluster to look at. */}}
{{- define "wavegate.shardsNow" -}}
{{- lookup "apps/v1" "StatefulSet" .Release.Namespace (printf "%s-shard" (include "wavegate.name" .)) | toJson -}}
{{- end -}}

{{/* Why edges are not updated yet; empty: they may be. With rollout=auto they wait until all shard nodes are what they are to be. */}}
{{- define "wavegate.edgesWait" -}}
{{- if eq .Values.rollout "shards" -}}
rollout=shards updates shard nodes alone
{{- else if eq .Values.rollout "auto" -}}
{{- $now := include "wavegate.shardsNow" . | fromJson -}}
{{- if $now -}}
{{- $revision := dig "spec" "template" "metadata" "annotations" "wavegate.io/revision" "" $now -}}
{{- $status := $now.status | default dict -}}
{{- $all := int $now.spec.replicas -}}
{{- if ne $revision (include "wavegate.revision" (list . "shard" .Values.shard)) -}}
shard nodes are updated first
{{- else if or (ne (int64 $now.metadata.generation) (int64 ($status.observedGeneration | default 0))) (ne $all (int ($status.updatedReplicas | default 0))) (ne $all (int ($status.availableReplicas | default 0))) -}}
of {{ $all }} shard nodes {{ int ($status.updatedReplicas | default 0) }} are updated and {{ int ($status.availableReplicas | default 0) }} ready
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The pods of a role. Called with a list of the root, the name of the role and its values. */}}
{{- define "wavegate.pod" -}}
{{- $root := index . 0 -}}{{- $name := index . 1 -}}{{- $role := index . 2 -}}
serviceAccountName: {{ include "wavegate.name" $root }}
terminationGracePeriodSeconds: {{ $root.Values.terminationGracePeriodSeconds }}
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  fsGroup: 1000
  seccompProfile:
    type: RuntimeDefault
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        app.kubernetes.io/instance: {{ $root.Release.Name }}
        wavegate.io/role: {{ $name }}
containers:
  - name: wavegate
    image: "{{ $root.Values.image.repository }}:{{ include "wavegate.tag" (list $root $role) }}"
    imagePullPolicy: {{ $root.Values.image.pullPolicy }}
    args: ["run", "--config", "/etc/wavegate/config/wavegate.conf"]
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities:
        drop: ["ALL"]
    env:
      - name: WAVEGATE_CLUSTER_HOST
        valueFrom:
          fieldRef:
            fieldPath: status.podIP
      - name: WAVEGATE_CLUSTER_PORT
        value: "7355"
      - name: WAVEGATE_CLUSTER_ROLES
        value: {{ $name }}
      - name: WAVEGATE_CLUSTER_APP_VERSION
        value: {{ include "wavegate.tag" (list $root $role) | quote }}
      - name: WAVEGATE_CLUSTER_DISCOVERY
        value: kubernetes
      - name: WAVEGATE_CLUSTER_BOOTSTRAP_SERVICE
        value: {{ include "wavegate.name" $root }}
      - name: WAVEGATE_CLUSTER_BOOTSTRAP_LABEL_SELECTOR
        value: "wavegate.io/cluster=%s,wavegate.io/role=shard"
      - name: WAVEGATE_CLUSTER_BOOTSTRAP_CONTACT_POINTS
        value: {{ min $root.Values.shard.contactPoints $root.Values.shard.replicas | quote }}
      - name: WAVEGATE_CLUSTER_BOOTSTRAP_PORT
        value: "8558"
      - name: WAVEGATE_HTTP_HOST
        value: "0.0.0.0"
      - name: WAVEGATE_S2S_DIALBACK_SECRETS
        valueFrom:
          secretKeyRef:
            name: {{ $root.Values.dialbackSecret }}
            key: dialback
      {{- if $root.Values.nodeTlsSecret }}
      - name: WAVEGATE_CLUSTER_TLS_CERTIFICATE
        value: /etc/wavegate/node/tls.crt
      - name: WAVEGATE_CLUSTER_TLS_KEY
        value: /etc/wavegate/node/tls.key
      - name: WAVEGATE_CLUSTER_TLS_AUTHORITY
        value: /etc/wavegate/node/ca.crt
      {{- end }}
      - name: JAVA_TOOL_OPTIONS
        value: {{ $role.javaOptions | quote }}
    ports:
      - name: cluster
        containerPort: 7355
      - name: management
        containerPort: 8558
      - name: api
        containerPort: 9898
      {{- if eq $name "edge" }}
      - name: xmpp-server
        containerPort: 5269
      {{- end }}
    # A node listens on its API only when it is a member that is up: a cluster that forms slowly is waited for.
    startupProbe:
      httpGet: { path: /startup, port: api }
      periodSeconds: 5
      failureThreshold: 120
    readinessProbe:
      httpGet: { path: /ready, port: api }
      periodSeconds: 5
      timeoutSeconds: 8
      failureThreshold: 2
    livenessProbe:
      httpGet: { path: /alive, port: api }
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 6
    resources:
      {{- toYaml $role.resources | nindent 6 }}
    volumeMounts:
      - { name: config, mountPath: /etc/wavegate/config, readOnly: true }
      - { name: files, mountPath: /etc/wavegate/files, readOnly: true }
      - { name: tmp, mountPath: /tmp }
      {{- if $root.Values.nodeTlsSecret }}
      - { name: node, mountPath: /etc/wavegate/node, readOnly: true }
      {{- end }}
volumes:
  # Of the pod's own revision: a pod that is held back, or comes back before its turn, reads what was written for its program.
  - name: config
    downwardAPI:
      items:
        - path: wavegate.conf
          fieldRef:
            fieldPath: metadata.annotations['wavegate.io/config']
  - name: files
    secret:
      secretName: {{ $root.Values.filesSecret }}
  - name: tmp
    emptyDir: {}
  {{- if $root.Values.nodeTlsSecret }}
  - name: node
    secret:
      secretName: {{ $root.Values.nodeTlsSecret }}
  {{- end }}
{{- end -}}
