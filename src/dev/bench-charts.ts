import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a chart of `templates` deployments with helpers, values and a Secret, as a team would keep it. */
export function writeChart(folder: string, name: string, templates: number): void {
  mkdirSync(join(folder, "templates"), { recursive: true });
  writeFileSync(join(folder, "Chart.yaml"), `apiVersion: v2\nname: ${name}\nversion: 1.2.3\nappVersion: "4.5"\n`);
  writeFileSync(join(folder, "values.yaml"), values(templates));
  writeFileSync(join(folder, "templates/_helpers.tpl"), HELPERS);
  for (let index = 0; index < templates; index += 1) {
    writeFileSync(join(folder, `templates/deployment-${index}.yaml`), deployment(index));
    writeFileSync(join(folder, `templates/rbac-${index}.yaml`), rbac(index));
  }
}

const HELPERS = `{{- define "app.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "app.fullname" -}}
{{- printf "%s-%s" .Release.Name (include "app.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "app.labels" -}}
app.kubernetes.io/name: {{ include "app.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}
`;

function values(templates: number): string {
  const components = Array.from(
    { length: templates },
    (_, index) =>
      `component${index}:\n  enabled: true\n  replicas: 2\n  image: {repository: registry.example/component-${index}, tag: "1.4.2"}\n  resources:\n    requests: {cpu: 100m, memory: 128Mi}\n    limits: {memory: 256Mi}\n  env:\n    LOG_LEVEL: info\n    REGION: eu-west-1\n  existingSecret: component-${index}\n`,
  );
  return `nameOverride: ""\n${components.join("")}`;
}

const deployment = (index: number): string => `{{- with .Values.component${index} }}
{{- if .enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "app.fullname" $ }}-${index}
  labels:
    {{- include "app.labels" $ | nindent 4 }}
spec:
  replicas: {{ .replicas }}
  selector:
    matchLabels:
      component: component-${index}
  template:
    metadata:
      labels:
        component: component-${index}
        {{- include "app.labels" $ | nindent 8 }}
    spec:
      serviceAccountName: {{ include "app.fullname" $ }}-${index}
      containers:
        - name: main
          image: "{{ .image.repository }}:{{ .image.tag }}"
          env:
            {{- range $name, $value := .env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
            {{- end }}
            - name: DB_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: {{ .existingSecret }}
                  key: password
          resources:
            {{- toYaml .resources | nindent 12 }}
{{- end }}
{{- end }}
`;

const rbac = (index: number): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {{ include "app.fullname" . }}-${index}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ include "app.fullname" . }}-${index}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: {{ include "app.fullname" . }}-${index}}
subjects:
  - kind: ServiceAccount
    name: {{ include "app.fullname" . }}-${index}
    namespace: {{ .Release.Namespace }}
`;
