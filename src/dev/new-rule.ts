/** Makes the folder of a new rule: `npm run new-rule <category>/<name>`. Nothing else has to be edited. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CATEGORIES = ["secrets", "injection", "stores", "rotation", "rbac", "orchestration", "agents", "gitops", "audit"];
const id = process.argv[2] ?? "";
const [category = "", name = ""] = id.split("/");
if (!CATEGORIES.includes(category) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  process.stderr.write(
    `usage: npm run new-rule <category>/<name>\n  categories: ${CATEGORIES.join(", ")}\n  name: kebab-case\n`,
  );
  process.exit(2);
}
const folder = join("rego/rules", category, name);
if (existsSync(folder)) {
  process.stderr.write(`${folder} exists already\n`);
  process.exit(2);
}
const file = name.replaceAll("-", "_");
const rego = `# METADATA
# title: Say in one short sentence what is wrong
# description: |
#   What the rule looks at, why it matters, and what it leaves alone and why. Somebody whose pull
#   request it blocks reads this first.
# custom:
#   severity: medium
#   confidence: high
#   scope: object
#   needs: []
#   kinds: [ConfigMap]
#   remediation: |
#     Say what to do instead, with an example that can be copied.
#   variants:
#     marked:
#       severity: medium
#       message: "{name} carries the annotation that this template looks for"
#   frameworks: {}
#   practices: [P13]
package portcullis.rules.${category}["${name}"]

import data.portcullis.lib.finding
import data.portcullis.lib.k8s

report contains finding.new("marked", obj, ["metadata", "annotations", "example.com/marked"], {"name": obj.name}) if {
	some obj in k8s.of_kind("ConfigMap")
	k8s.annotations(obj)["example.com/marked"] == "true"
}
`;
const test = `package portcullis.rules.${category}["${name}_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.${category}["${name}"] as rule

test_marked if {
	found := rule.report with input as testing.input_of([{
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "a", "annotations": {"example.com/marked": "true"}},
	}])
	found == {{
		"variant": "marked",
		"object": 0,
		"path": ["metadata", "annotations", "example.com/marked"],
		"args": {"name": "a"},
	}}
}
`;
const manifest = (value: string, marker: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations:
    example.com/marked: "${value}"${marker}
data: {}
`;
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, `${file}.rego`), rego);
writeFileSync(join(folder, `${file}_test.rego`), test);
writeFileSync(join(folder, "bad.yaml"), manifest("true", ` # expect: ${id}/marked`));
writeFileSync(join(folder, "good.yaml"), manifest("false", ""));
process.stdout.write(
  `${folder}: write good.yaml first, then bad.yaml, then the rule; \`npm run build\` and \`npm test\` judge it\n`,
);
