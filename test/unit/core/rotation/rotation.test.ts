import { describe, expect, test } from "@jest/globals";
import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";
import { rotationOf } from "../../../../src/core/rotation/rotation.ts";
import type { RotationEntry } from "../../../../src/model/rotation.ts";
import { makeToken } from "../../../support/tokens.ts";

const NOW = Date.parse("2026-11-28T00:00:00Z") / 1000;

function entriesOf(files: { readonly [uri: string]: readonly unknown[] }): readonly RotationEntry[] {
  const texts = Object.entries(files).map(([uri, documents]) => ({
    source: { uri, text: documents.map((document) => JSON.stringify(document)).join("\n---\n") },
    explicit: false,
    context: false,
  }));
  const objects = load(texts, new Memory()).files.flatMap((file) =>
    file.objects.map((object) => ({ object, redacted: object.value, evidence: [], certificates: [] })),
  );
  return rotationOf({ objects, isOwn: () => true, prefix: "portcullis", clock: NOW, lineOf: () => 3 });
}

const entries = (...documents: readonly unknown[]) => entriesOf({ "a.yaml": documents });

/** One line for each entry: who makes it, who uses it, and what is missing. */
const lines = (all: readonly RotationEntry[]) =>
  all.map(({ kind, namespace, name, producers, consumers, missing }) => ({
    of: `${kind} ${namespace}/${name}`,
    made: producers.map(({ object, how, renewal }) => `${how} ${object.name}: ${renewal}`),
    used: consumers.map(({ object, mode, notices }) => `${object.kind} ${object.name} ${mode}: ${notices}`),
    missing,
  }));

const metadata = (name: string, annotations: object = {}) => ({ name, namespace: "shop", annotations });
const workload = (kind: string, spec: object, annotations: object = {}, template: object = {}) => ({
  apiVersion: kind === "CronJob" || kind === "Job" ? "batch/v1" : "apps/v1",
  kind,
  metadata: metadata("api", annotations),
  spec:
    kind === "CronJob"
      ? { jobTemplate: { spec: { template: { spec } } } }
      : { template: { metadata: { annotations: template }, spec } },
});
const env = (name: string) => ({
  containers: [{ name: "c", image: "i", env: [{ name: "A", valueFrom: { secretKeyRef: { name, key: "a" } } }] }],
});
const volume = (name: string, mount: object = {}) => ({
  containers: [{ name: "c", image: "i", volumeMounts: [{ name: "v", mountPath: "/s", ...mount }] }],
  volumes: [{ name: "v", secret: { secretName: name } }],
});
const secret = (name: string, annotations: object = {}, more: object = {}) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: metadata(name, annotations),
  ...more,
});
const external = (spec: object = {}, annotations: object = {}) => ({
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: metadata("db", annotations),
  spec,
});
const vault = (kind: string, spec: object) => ({
  apiVersion: "secrets.hashicorp.com/v1beta1",
  kind,
  metadata: metadata("maker"),
  spec: { destination: { name: "db" }, ...spec },
});

describe("a secret from a store", () => {
  test("with its consumers and what is missing", () => {
    const all = entries(external({ refreshInterval: "15m" }), workload("Deployment", env("db")), {
      ...workload("StatefulSet", volume("db")),
      metadata: metadata("files"),
    });
    expect(lines(all)).toEqual([
      {
        of: "Secret shop/db",
        made: ["ExternalSecret db: synced every 15m"],
        used: ["Deployment api env: only when it restarts", "StatefulSet files volume: file is updated by the kubelet"],
        missing: ["no rotation declared for the value in the store", "consumer does not notice: Deployment api"],
      },
    ]);
    expect(all[0]?.producers[0]).toMatchObject({ uri: "a.yaml", line: 3, object: { kind: "ExternalSecret" } });
  });

  test.each<[string, object, string]>([
    ["by default", {}, "synced every 1h"],
    ["created once", { refreshPolicy: "CreatedOnce" }, "fetched once"],
    ["on change", { refreshPolicy: "OnChange" }, "synced when its ExternalSecret changes"],
    ["never again", { refreshInterval: "0s" }, "fetched once"],
    ["with a bare zero", { refreshInterval: 0 }, "fetched once"],
    ["immutable", { target: { immutable: true } }, "fetched once"],
    ["unreadable", { refreshInterval: "soon" }, "synced at an unreadable interval"],
    ["of a wrong type", { refreshInterval: { a: 1 } }, "synced at an unreadable interval"],
    [
      "generated",
      { dataFrom: [{ sourceRef: { generatorRef: { kind: "Password", name: "p" } } }] },
      "made anew every 1h",
    ],
  ])("%s", (_name, spec, renewal) => {
    expect(entries(external(spec))[0]?.producers[0]?.renewal).toBe(renewal);
  });

  test.each<[string, object, string, boolean]>([
    ["VaultStaticSecret", { refreshAfter: "30s" }, "synced every 30s", false],
    ["VaultStaticSecret", {}, "synced about every minute", false],
    ["VaultStaticSecret", { hmacSecretData: false }, "fetched once", false],
    ["VaultStaticSecret", { syncConfig: { instantUpdates: true } }, "synced at each change in Vault", false],
    ["VaultDynamicSecret", {}, "lease, replaced before it ends", true],
    ["VaultPKISecret", {}, "certificate renewed before expiry", true],
    ["HCPVaultSecretsApp", {}, "synced every 600s", false],
  ])("%s %j", (kind, spec, renewal, isRotated) => {
    const [entry] = entries(vault(kind, spec));
    expect(entry?.producers[0]?.renewal).toBe(renewal);
    expect(entry?.missing.some((text) => /no schedule|no rotation/.test(text))).toBe(!isRotated);
  });

  test("through a SecretProviderClass, with and without a Secret", () => {
    const classes = {
      apiVersion: "secrets-store.csi.x-k8s.io/v1",
      kind: "SecretProviderClass",
      metadata: metadata("keys"),
      spec: { secretObjects: [{ secretName: "synced" }] },
    };
    const csi = { volumes: [{ name: "v", csi: { volumeAttributes: { secretProviderClass: "keys" } } }] };
    const driver = {
      ...workload("DaemonSet", { containers: [{ name: "secrets-store", args: ["--enable-secret-rotation=true"] }] }),
      metadata: metadata("driver"),
    };
    const notices = (...more: readonly object[]) =>
      entries(classes, workload("Deployment", csi), ...more).map(({ kind, name, consumers }) => [
        kind,
        name,
        ...consumers.map((each) => each.notices),
      ]);
    expect(notices()).toEqual([
      ["SecretProviderClass", "keys", "file is updated if the CSI driver's rotation is on"],
      ["Secret", "synced"],
    ]);
    expect(notices(driver)[0]?.[2]).toBe("file is updated by the CSI driver");
    const off = { ...driver, spec: { template: { spec: { containers: [{ name: "secrets-store" }] } } } };
    expect(notices(off)[0]?.[2]).toBe("only when it restarts");
  });
});

describe("a secret in Git", () => {
  test.each<[string, object, string]>([
    ["as it is", secret("s"), "Secret s: none declared"],
    ["by SOPS", secret("s", {}, { sops: { age: [], mac: "x" } }), "SOPS s: in Git, encrypted"],
    ["a token", secret("s", {}, { type: "kubernetes.io/service-account-token" }), "Secret s: token without an end"],
    [
      "sealed",
      { ...secret("s"), apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret", spec: { template: null } },
      "SealedSecret s: in Git, encrypted",
    ],
  ])("%s", (_name, document, made) => {
    expect(lines(entries(document))).toEqual([
      { of: "Secret shop/s", made: [made], used: [], missing: ["no schedule", "no consumer in the set"] },
    ]);
  });

  test("with a declared rotation", () => {
    const declared = secret("s", {
      "portcullis/rotation-interval": "30d",
      "portcullis/last-rotated": "2026-11-02",
      "portcullis/rotated-by": "cronjob/rotate",
    });
    const rotator = { ...workload("CronJob", {}), metadata: metadata("rotate") };
    expect(lines(entries(declared, rotator))).toEqual([
      {
        of: "Secret shop/s",
        made: ["Secret s: declared: every 30d, last 2026-11-02, by cronjob/rotate"],
        used: [],
        missing: ["no consumer in the set"],
      },
    ]);
    expect(entries(declared)[0]?.missing).toContain("rotator cronjob/rotate is not in the set");
  });

  test("with a declaration that is over, static, or unreadable", () => {
    const view = (annotations: object) => lines(entries(secret("s", annotations)))[0];
    expect(view({ "portcullis/rotation-interval": "7d", "portcullis/last-rotated": "2026-01-01" })?.missing).toContain(
      "last rotation is longer ago than the declared interval",
    );
    expect(view({ "portcullis/rotation": "static" })).toMatchObject({
      made: ["Secret s: declared: never rotated"],
      missing: ["no consumer in the set"],
    });
    expect(
      view({
        "portcullis/rotation-interval": "hunter2",
        "portcullis/last-rotated": ["hunter2"],
        "portcullis/rotated-by": "hunter2",
        "portcullis/rotation-managed-by": "<b>",
      }),
    ).toMatchObject({
      made: ["Secret s: declared: every (unreadable), last (unreadable), by (unreadable), by (unreadable)"],
    });
  });

  test("made twice", () => {
    expect(entries(secret("db"), external())[0]?.missing).toContain("more than one producer");
  });
});

describe("consumers", () => {
  test.each<[string, object, string]>([
    ["Deployment", env("s"), "env: only when it restarts"],
    ["Job", env("s"), "env: new pod for each run"],
    ["CronJob", env("s"), "env: new pod for each run"],
    ["DaemonSet", volume("s"), "volume: file is updated by the kubelet"],
    ["DaemonSet", volume("s", { subPath: "a" }), "subPath: only when it restarts"],
    ["ReplicaSet", { initContainers: [{ envFrom: [{ secretRef: { name: "s" } }] }] }, "envFrom: only when it restarts"],
    ["StatefulSet", { imagePullSecrets: [{ name: "s" }] }, "imagePullSecrets: read at each pull"],
    [
      "StatefulSet",
      { volumes: [{ projected: { sources: [{ secret: { name: "s" } }] } }] },
      "projected: file is updated by the kubelet",
    ],
  ])("%s %j", (kind, spec, used) => {
    expect(lines(entries(secret("s"), workload(kind, spec)))[0]?.used).toEqual([`${kind} api ${used}`]);
  });

  test.each<[string, object, object, object]>([
    ["Reloader on the workload", secret("s"), { "reloader.stakater.com/auto": "true" }, {}],
    ["Reloader by name", secret("s"), { "secret.reloader.stakater.com/reload": "x, s" }, {}],
    ["Reloader on the pods", secret("s"), {}, { "secret.reloader.stakater.com/auto": "true" }],
    [
      "Reloader by search",
      secret("s", { "reloader.stakater.com/match": "true" }),
      { "reloader.stakater.com/search": "true" },
      {},
    ],
  ])("are restarted by %s", (_name, maker, annotations, template) => {
    const [entry] = entries(maker, workload("Deployment", env("s"), annotations, template));
    expect(entry?.consumers[0]?.notices).toBe("restarted by Reloader");
  });

  test("that Reloader leaves alone", () => {
    const exclude = { "reloader.stakater.com/auto": "true", "secrets.exclude.reloader.stakater.com/reload": "s" };
    expect(entries(secret("s"), workload("Deployment", env("s"), exclude))[0]?.consumers[0]?.notices).toBe(
      "only when it restarts",
    );
    expect(
      entries(
        secret("s", { "reloader.stakater.com/ignore": "true" }),
        workload("Deployment", env("s"), { "reloader.stakater.com/auto": "true" }),
      )[0]?.consumers[0]?.notices,
    ).toBe("only when it restarts");
  });

  test("that the Vault Secrets Operator restarts", () => {
    const maker = vault("VaultDynamicSecret", { rolloutRestartTargets: [{ kind: "Deployment", name: "api" }] });
    expect(entries(maker, workload("Deployment", env("db")))[0]?.consumers[0]?.notices).toBe(
      "rollout restart by Vault Secrets Operator",
    );
  });

  test("that a release rolls out", () => {
    const template = { "checksum/secret": "x" };
    expect(entries(secret("s"), workload("Deployment", env("s"), {}, template))[0]?.consumers[0]?.notices).toBe(
      "rolled out by the release that changes it",
    );
  });

  test("that are no workloads", () => {
    const ingress = {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: metadata("web", { "cert-manager.io/cluster-issuer": "x" }),
      spec: { tls: [{ secretName: "web-tls" }] },
    };
    const release = {
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      kind: "HelmRelease",
      metadata: metadata("app"),
      spec: {
        valuesFrom: [
          { kind: "Secret", name: "values", optional: true },
          { kind: "ConfigMap", name: "no" },
        ],
      },
    };
    const account = {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: metadata("agent"),
      imagePullSecrets: [{ name: "pull" }],
    };
    expect(lines(entries(ingress, release, account))).toEqual([
      {
        of: "Secret shop/pull",
        made: [],
        used: ["ServiceAccount agent imagePullSecrets: read at each pull"],
        missing: ["no producer in the set"],
      },
      {
        of: "Secret shop/values",
        made: [],
        used: ["HelmRelease app valuesFrom: read at each reconciliation"],
        missing: ["no producer in the set, though every use is optional"],
      },
      {
        of: "Secret shop/web-tls",
        made: ["annotated Ingress web: certificate renewed before expiry"],
        used: ["Ingress web tls: its controller loads it again"],
        missing: [],
      },
    ]);
  });
});

describe("units", () => {
  const kustomization = (...resources: readonly string[]) => ({
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources,
  });

  test("resolve within themselves, else to loose objects, never to each other", () => {
    const all = entriesOf({
      "one/kustomization.yaml": [kustomization("a.yaml")],
      "one/a.yaml": [workload("Deployment", env("own")), secret("own")],
      "two/kustomization.yaml": [kustomization("a.yaml")],
      "two/a.yaml": [workload("Deployment", env("own")), { ...workload("DaemonSet", env("loose")) }],
      "c.yaml": [secret("loose")],
    });
    expect(all.map(({ name, unit, producers, consumers }) => [name, unit, producers.length, consumers.length])).toEqual(
      [
        ["loose", "loose", 1, 1],
        ["own", "kustomization:one", 1, 1],
        ["own", "kustomization:two", 0, 1],
      ],
    );
  });

  test("of a generator, whose Secrets get new names", () => {
    const all = entriesOf({
      "kustomization.yaml": [{ ...kustomization("a.yaml"), secretGenerator: [{ name: "gen", literals: [] }] }],
      "a.yaml": [workload("Deployment", env("gen"))],
    });
    expect(lines(all)).toEqual([
      {
        of: "Secret */gen",
        made: [expect.stringContaining("secretGenerator")],
        used: ["Deployment api env: rolled out, since each value has its own name"],
        missing: ["no schedule"],
      },
    ]);
  });
});

describe("hostile input", () => {
  test.each<[string, unknown]>([
    ["nothing", { ...external(), spec: null }],
    ["lists", { ...external(), spec: [[]] }],
    ["numbers", vault("VaultStaticSecret", { destination: { name: 3 }, refreshAfter: [] })],
    ["no annotations", { ...secret("s"), metadata: { name: "s", annotations: 7 } }],
    ["no containers", workload("Deployment", { containers: "x", volumes: [null, 1, { secret: 3 }] })],
    ["templates", workload("Deployment", env("{{ .Values.name }}"))],
    ["a prototype", JSON.parse('{"apiVersion":"v1","kind":"Secret","metadata":{"name":"__proto__"}}')],
  ])("%s", (_name, document) => {
    expect(() => entries(document)).not.toThrow();
  });

  test("masks tokens in names", () => {
    const name = makeToken("github-token");
    const text = JSON.stringify(entries(secret(name), workload("Deployment", env(name))));
    expect(text).not.toContain(name);
  });

  test("many consumers take linear time and one sentence", () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({
      ...workload("Deployment", env("s")),
      metadata: metadata(`d${index}`),
    }));
    const [entry] = entries(secret("s"), ...many);
    expect(entry?.consumers).toHaveLength(3000);
    expect(entry?.missing.at(-1)).toMatch(/^consumer does not notice: Deployment d0, .* and 2990 more$/);
  });
});
