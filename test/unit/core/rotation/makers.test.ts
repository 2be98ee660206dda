import { describe, expect, test } from "@jest/globals";
import { entries, env, external, lines, metadata, secret, vault, volume, workload } from "./sample-set.ts";

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

describe("other makers", () => {
  const of = (apiVersion: string, kind: string, spec: object, annotations: object = {}) => ({
    apiVersion,
    kind,
    metadata: metadata("x", annotations),
    spec,
  });
  test.each<[object, readonly string[]]>([
    [of("cert-manager.io/v1", "Certificate", { secretName: "tls" }), ["shop/tls"]],
    [of("example.org/v1", "Certificate", { secretName: "tls" }), []],
    [
      of("postgresql.cnpg.io/v1", "Cluster", {}),
      ["shop/x-app", "shop/x-ca", "shop/x-replication", "shop/x-server", "shop/x-superuser"],
    ],
    [of("onepassword.com/v1", "OnePasswordItem", {}), ["shop/x"]],
    [
      of("rds.aws.upbound.io/v1beta1", "Instance", { writeConnectionSecretToRef: { name: "conn", namespace: "db" } }),
      ["db/conn"],
    ],
    [
      of("external-secrets.io/v1", "ClusterExternalSecret", { externalSecretName: "e", externalSecretSpec: {} }),
      ["*/e"],
    ],
    [of("external-secrets.io/v1", "ExternalSecret", { target: { creationPolicy: "None" } }), []],
  ])("%j", (document, names) => {
    expect(entries(document).map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(names);
  });

  test("a Secret that is copied into other namespaces", () => {
    const copied = secret("s", { "reflector.v1.k8s.emberstack.com/reflection-allowed": "true" });
    expect(entries(copied)).toHaveLength(1);
    const elsewhere = { ...workload("Deployment", env("s")), metadata: { name: "api", namespace: "other" } };
    expect(entries(copied, elsewhere).map(({ namespace, consumers }) => [namespace, consumers.length])).toEqual([
      ["shop", 1],
    ]);
  });
});
