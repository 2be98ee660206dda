import { describe, expect, test } from "@jest/globals";
import { splitName } from "../../../../src/core/evidence/name-words.ts";
import { classifyName, describeName } from "../../../../src/core/evidence/names.ts";
import { NEUTRAL_NAMES, NOT_SENSITIVE_NAMES, SENSITIVE_NAMES } from "./names.table.ts";

const words = (text: string) => text.trim().split(/\s+/);

describe("classifyName", () => {
  test.each(words(SENSITIVE_NAMES))("%s announces a credential", (name) => {
    expect(classifyName(name)).toBe("sensitive");
  });

  test.each(words(NOT_SENSITIVE_NAMES))("%s says something about a credential, or nothing of one", (name) => {
    expect(classifyName(name)).toBe("not-sensitive");
  });

  test.each(words(NEUTRAL_NAMES))("%s says nothing", (name) => {
    expect(classifyName(name)).toBe("neutral");
  });

  test("the user's patterns win over the built-in words, the harmless one over all", () => {
    const patterns = { sensitiveNameRegex: /^BILLING_/, notSensitiveNameRegex: /^BILLING_REGION$|^DEMO_PASSWORD$/ };
    expect(classifyName("BILLING_CODE", patterns)).toBe("sensitive");
    expect(classifyName("BILLING_FILE", patterns)).toBe("sensitive");
    expect(classifyName("BILLING_REGION", patterns)).toBe("not-sensitive");
    expect(classifyName("DEMO_PASSWORD", patterns)).toBe("not-sensitive");
    expect(classifyName("OTHER", patterns)).toBe("neutral");
  });

  test("tells passwords from keys and salts", () => {
    expect(describeName("DB_PASSWORD").sort).toBe("password");
    expect(describeName("PASSWORD_SALT").sort).toBe("salt");
    expect(describeName("API_TOKEN").sort).toBe("key");
    expect(describeName("REGION").sort).toBeNull();
  });

  test("ends on names without end and on names of nothing", () => {
    expect(classifyName(`${"A".repeat(1_000_000)}_PASSWORD`)).toBe("sensitive");
    expect(classifyName("aA".repeat(500_000))).toBe("neutral");
    expect(classifyName("")).toBe("neutral");
    expect(classifyName("___---...")).toBe("neutral");
    expect(classifyName("42")).toBe("neutral");
    expect(classifyName("пароль")).toBe("neutral");
  });
});

describe("splitName", () => {
  test.each([
    ["DB_PASSWORD", ["db", "password"]],
    ["APIKey", ["api", "key"]],
    ["myAPIKeyID", ["my", "api", "key", "id"]],
    ["userIDs", ["user", "ids"]],
    ["PGPASSWORD", ["pg", "password"]],
    ["spring.datasource.password", ["spring", "datasource", "password"]],
    ["password1", ["password", "1"]],
    ["k8s", ["k8s"]],
  ])("%s", (name, expected) => {
    expect(splitName(name)).toEqual(expected);
  });
});
