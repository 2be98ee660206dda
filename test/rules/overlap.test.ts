import { describe, expect, test } from "@jest/globals";
import type { Config } from "../../src/model/config.ts";
import { judgeTexts } from "../support/judge.ts";

/** Who speaks, as `<rule>/<variant> <severity>` and the rules that it speaks for as well. */
async function speaking(text: string, rules: RegExp, config: Partial<Config> = {}): Promise<readonly string[]> {
  const { report } = await judgeTexts({ "app.yaml": text }, config);
  expect(report.unreadable).toEqual([]);
  return report.findings
    .filter(({ rule }) => rules.test(rule))
    .map(({ rule, variant, severity, also }) => [`${rule}/${variant}`, severity, ...also].join(" "))
    .sort();
}

const pod = (labels: string, spec: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: planner
  namespace: apps
  labels: {app: planner${labels}}
spec:
  automountServiceAccountToken: false
${spec.replace(/^/gm, "  ")}
`;
const AGENT = ", portcullis/workload: agent";
const PODS = /pss-|agent-hardened-context|overexposed/;
const HARDENED = `securityContext:
  runAsNonRoot: true
  seccompProfile: {type: RuntimeDefault}`;
const CONTEXT = `securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: {drop: [ALL]}`;

describe("an AI agent's pod", () => {
  const privileged = `${HARDENED}
containers:
  - name: planner
    image: registry.example.com/planner:4
    ports: [{containerPort: 80, hostPort: 80}]
    securityContext:
      privileged: true
      capabilities: {add: [SYS_PTRACE]}`;

  test("is told of once, by the stricter rule; what that one does not say stays", async () => {
    expect(await speaking(pod(AGENT, privileged), PODS)).toEqual([
      "agents/agent-hardened-context/not-restricted high orchestration/pss-baseline-violation",
      "orchestration/pss-baseline-violation/host-port high",
    ]);
  });

  test("is not told of in a milder way where it only looks like an agent's", async () => {
    const found = await speaking(pod(", app.kubernetes.io/component: agent", privileged), PODS);
    expect(found.filter((each) => each.includes("pss-baseline-violation/"))).toEqual([
      "orchestration/pss-baseline-violation/dangerous-capability high",
      "orchestration/pss-baseline-violation/host-port high",
      "orchestration/pss-baseline-violation/privileged high",
    ]);
  });

  test("on the node is told of once", async () => {
    const spec = `${HARDENED}
hostNetwork: true
hostPID: true
containers:
  - name: planner
    image: registry.example.com/planner:4
    ${CONTEXT}
    volumeMounts: [{name: creds, mountPath: /creds, readOnly: true}]
volumes:
  - name: creds
    secret: {secretName: planner, defaultMode: 0400}
  - name: run
    hostPath: {path: /var/run/docker.sock}`;
    expect(await speaking(pod(AGENT, spec), PODS)).toEqual([
      "agents/agent-hardened-context/host-access critical orchestration/pss-baseline-violation",
      "agents/agent-hardened-context/pod-not-restricted high injection/secret-overexposed-in-pod orchestration/pss-baseline-violation",
      "agents/agent-hardened-context/pod-not-restricted high orchestration/pss-baseline-violation",
    ]);
  });
});

describe("a pod with secrets", () => {
  const host = `hostPID: true
${HARDENED}
containers:
  - name: planner
    image: registry.example.com/planner:4
    ${CONTEXT}
    envFrom: [{secretRef: {name: planner}}]`;

  test("that shares the node's processes is told of by the rule about pod security", async () => {
    expect(await speaking(pod("", host), /pss-|overexposed|through-environment/)).toEqual([
      "injection/secret-through-environment/whole-secret medium injection/secret-overexposed-in-pod",
      "orchestration/pss-baseline-violation/host-namespaces high injection/secret-overexposed-in-pod",
    ]);
  });

  test("is told of by the other rule where that one is off, milder, or left out for its place", async () => {
    const off = { severity: "off", exclude: [], params: {} } as const;
    const low = { severity: "low", exclude: [], params: {} } as const;
    const out = { severity: null, exclude: [{ namespaces: ["apps"] }], params: {} };
    const rules = (own: Config["rules"][string]) => ({
      rules: { "orchestration/pss-baseline-violation": own, "injection/secret-through-environment": own },
    });
    const others = [
      "injection/secret-overexposed-in-pod/host-processes high",
      "injection/secret-overexposed-in-pod/whole-environment low",
    ];
    const judged = async (own: Config["rules"][string]) => speaking(pod("", host), /overexposed/, rules(own));
    expect(await judged(off)).toEqual(others);
    expect(await judged(out)).toEqual(others);
    expect(await judged(low)).toEqual(others.slice(0, 1));
  });
});

describe("the network of AI agents", () => {
  const NETWORK = /networkpolicy-too-open|network-isolation-missing|agent-egress-unbounded/;
  const OPEN = /networkpolicy-too-open|agent-egress-unbounded/;
  const spec = `containers: [{name: planner, image: "registry.example.com/planner:4"}]`;
  const policy = (rules: string): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: planner, namespace: apps}
spec:
  podSelector: {matchLabels: {app: planner}}
  policyTypes: [Ingress, Egress]
${rules.replace(/^/gm, "  ")}
`;
  const closed = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: apps}
spec:
  podSelector: {}
  policyTypes: [Ingress]
`;

  test("is told of once where a policy opens it", async () => {
    const rules = "egress:\n  - {}\n  - ports: [{port: 443}]\n  - to: [{ipBlock: {cidr: 0.0.0.0/0}}]";
    expect(await speaking(pod(AGENT, spec) + policy(rules), OPEN)).toEqual(
      Array.from(
        { length: 3 },
        () => "agents/agent-egress-unbounded/any-destination high orchestration/networkpolicy-too-open",
      ),
    );
  });

  test("is told of by the rule about policies where it is open for others to come in", async () => {
    expect(await speaking(pod(AGENT, spec) + policy("ingress: [{}]"), OPEN)).toEqual([
      "orchestration/networkpolicy-too-open/allow-all high",
    ]);
  });

  test("is told of once where no policy selects the pod, and separately for the namespace", async () => {
    expect(await speaking(pod(AGENT, spec), NETWORK, { completeness: "full" })).toEqual([
      "agents/agent-egress-unbounded/no-egress-policy high orchestration/network-isolation-missing",
      "orchestration/network-isolation-missing/default-deny-missing medium",
    ]);
    expect(await speaking(pod(AGENT, spec) + closed, NETWORK, { completeness: "full" })).toEqual([
      "agents/agent-egress-unbounded/no-egress-policy high orchestration/network-isolation-missing",
      "orchestration/network-isolation-missing/default-deny-missing medium",
    ]);
  });

  test("of other pods is told of by the rules about all pods", async () => {
    expect(await speaking(pod("", spec) + policy("egress: [{}]"), OPEN)).toEqual([
      "orchestration/networkpolicy-too-open/allow-all high",
    ]);
    expect(await speaking(pod("", spec) + closed, NETWORK, { completeness: "full" })).toEqual([
      "orchestration/network-isolation-missing/default-deny-missing medium",
      "orchestration/network-isolation-missing/egress-uncovered low",
    ]);
  });
});
