import { describe, expect, test } from "@jest/globals";
import { permissionDelta } from "../../../../src/core/permissions/delta.ts";
import { permissionsOf } from "../../../../src/core/permissions/permissions.ts";
import { policyRules, rightsOf } from "../../../../src/core/permissions/rights.ts";
import { load } from "../../../../src/core/load.ts";
import { Memory } from "../../../../src/core/memory.ts";
import type { Permission } from "../../../../src/model/permissions.ts";

function permissions(...documents: readonly object[]): readonly Permission[] {
  const text = documents.map((document) => JSON.stringify(document)).join("\n---\n");
  const { files } = load([{ source: { uri: "a.yaml", text }, explicit: false, context: false }], new Memory());
  const judged = files.flatMap(({ objects }) =>
    objects.map((object) => ({ object, redacted: object.value, evidence: [], certificates: [] })),
  );
  return permissionsOf(judged, () => 1);
}

const words = (all: readonly Permission[]) =>
  all.map(({ subject, right, scope }) => `${subject} can ${right} ${scope}`);

const API = "rbac.authorization.k8s.io/v1";
const role = (kind: string, name: string, rules: unknown, more: object = {}) => ({
  apiVersion: API,
  kind,
  metadata: { name, ...(kind === "Role" && { namespace: "shop" }), ...more },
  rules,
});
const binding = (kind: string, roleRef: object, ...subjects: readonly object[]) => ({
  apiVersion: API,
  kind,
  metadata: { name: "b", ...(kind === "RoleBinding" && { namespace: "shop" }) },
  roleRef,
  subjects,
});
const planner = { kind: "ServiceAccount", name: "planner", namespace: "agents" };
const readSecrets = [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }];

describe("rights of a policy rule", () => {
  const right = (rule: object) =>
    rightsOf(policyRules([rule] as never)[0] as never).map((each) => [each.right, ...each.names]);
  test.each<[object, readonly (readonly string[])[]]>([
    [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }, [["read Secrets"]]],
    [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }, [["do everything"]]],
    [{ apiGroups: [""], resources: ["configmaps"], verbs: ["*"] }, []],
    [{ apiGroups: ["apps"], resources: ["secrets"], verbs: ["get"] }, []],
    [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["a"] }, [["read Secrets", "a"]]],
    [{ apiGroups: [""], resources: ["secrets"], verbs: ["create"], resourceNames: ["a"] }, []],
    [{ apiGroups: [""], resources: ["secrets"], verbs: ["list"], resourceNames: [""] }, [["read Secrets"]]],
    [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }, []],
    [{ apiGroups: [""], resources: ["*/exec"], verbs: ["create"] }, [["open shells in pods"]]],
    [
      { apiGroups: [""], resources: ["pods/exec"], verbs: ["create"], resourceNames: ["p"] },
      [["open shells in pods", "p"]],
    ],
    [{ nonResourceURLs: ["*"], verbs: ["*"] }, []],
    [{ apiGroups: 3, resources: null, verbs: [1, {}] }, []],
  ])("%j", (rule, expected) => {
    expect(right(rule)).toEqual(expected);
  });
});

describe("permissions", () => {
  test("of a Role through a RoleBinding", () => {
    expect(
      words(permissions(role("Role", "r", readSecrets), binding("RoleBinding", { kind: "Role", name: "r" }, planner))),
    ).toEqual(["ServiceAccount agents/planner can read Secrets in namespace shop"]);
  });

  test("of the cluster's own roles", () => {
    const all = words(
      permissions(binding("ClusterRoleBinding", { kind: "ClusterRole", name: "cluster-admin" }, planner)),
    );
    expect(all).toEqual(["ServiceAccount agents/planner can do everything in every namespace"]);
    expect(permissions(binding("ClusterRoleBinding", { kind: "ClusterRole", name: "view" }, planner))).toEqual([]);
  });

  test("of an aggregated role are those of the roles that it collects", () => {
    const aggregated = {
      ...role("ClusterRole", "all", []),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { collect: "yes" } }] },
    };
    const part = role("ClusterRole", "part", readSecrets, { labels: { collect: "yes" } });
    const other = role("ClusterRole", "other", [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]);
    expect(
      words(
        permissions(
          aggregated,
          part,
          other,
          binding("ClusterRoleBinding", { kind: "ClusterRole", name: "all" }, planner),
        ),
      ),
    ).toEqual(["ServiceAccount agents/planner can read Secrets in every namespace"]);
  });

  test("that need a ClusterRoleBinding are none through a RoleBinding", () => {
    const nodes = role("ClusterRole", "n", [{ apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] }]);
    const reference = { kind: "ClusterRole", name: "n" };
    expect(permissions(nodes, binding("RoleBinding", reference, planner))).toEqual([]);
    expect(words(permissions(nodes, binding("ClusterRoleBinding", reference, planner)))).toHaveLength(1);
  });

  test("a user that is an account counts as the account", () => {
    const user = { kind: "User", name: "system:serviceaccount:agents:planner" };
    const all = permissions(
      role("Role", "r", readSecrets),
      binding("RoleBinding", { kind: "Role", name: "r" }, user, planner),
    );
    expect(words(all)).toEqual(["ServiceAccount agents/planner can read Secrets in namespace shop"]);
  });

  test.each([
    { apiVersion: API, kind: "RoleBinding", metadata: null, roleRef: 3, subjects: "x" },
    {
      apiVersion: API,
      kind: "ClusterRoleBinding",
      roleRef: { kind: "ClusterRole", name: "cluster-admin" },
      subjects: [null, 1, {}],
    },
    { apiVersion: API, kind: "ClusterRole", metadata: { name: "x" }, rules: [null, { verbs: null }] },
  ])("survive %j", (document) => {
    expect(() => permissions(document)).not.toThrow();
  });
});

describe("the delta", () => {
  const reference = { kind: "Role", name: "r" };
  const one = permissions(role("Role", "r", readSecrets), binding("RoleBinding", reference, planner));

  test("is what one side has and the other has not", () => {
    expect(words(permissionDelta([], one).gained)).toEqual(words(one));
    expect(words(permissionDelta(one, []).lost)).toEqual(words(one));
    expect(permissionDelta(one, one)).toEqual({ gained: [], lost: [] });
  });

  test("another binding for the same right is no change", () => {
    const other = one.map((each) => ({ ...each, binding: { ...each.binding, name: "other" } }));
    expect(permissionDelta(one, other)).toEqual({ gained: [], lost: [] });
  });

  test("who could do everything gains nothing by less, and loses it", () => {
    const all = permissions(binding("ClusterRoleBinding", { kind: "ClusterRole", name: "cluster-admin" }, planner));
    const { gained, lost } = permissionDelta(all, one);
    expect(gained).toEqual([]);
    expect(words(lost)).toEqual(words(all));
  });
});
