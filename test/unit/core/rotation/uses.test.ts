import { describe, expect, test } from "@jest/globals";
import { entries, env, lines, metadata, secret, vault, volume, workload } from "./sample-set.ts";

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

  test("of a driver that does not fetch again are not reloaded either", () => {
    const csi = { volumes: [{ name: "v", csi: { volumeAttributes: { secretProviderClass: "keys" } } }] };
    const driver = { ...workload("DaemonSet", { containers: [{ name: "secrets-store" }] }), metadata: metadata("d") };
    const api = workload("Deployment", csi, { "reloader.stakater.com/auto": "true" });
    expect(entries(api)[0]?.consumers[0]?.notices).toBe("restarted by Reloader");
    expect(entries(api, driver)[0]?.consumers[0]?.notices).toBe("only when it restarts");
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
