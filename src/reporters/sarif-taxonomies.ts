import { FRAMEWORK_TITLES, type FrameworkControls } from "../model/frameworks.ts";
import type { RuleMetadata } from "../model/rule.ts";
import { controlCaveats, describeControls } from "./controls.ts";
import type { Report } from "../model/report.ts";

/**
 * The frameworks of a report as SARIF's `taxonomies` (3.14.8), a taxon for each control with its status;
 * no property at all where no framework was asked for.
 */
export function taxonomies(report: Report): object {
  if (report.controls.length === 0) return {};
  const caveats = controlCaveats(report).join(" ");
  return {
    taxonomies: report.controls.map((of) => ({
      name: FRAMEWORK_TITLES[of.framework],
      shortDescription: { text: describeControls(of) },
      fullDescription: { text: caveats },
      isComprehensive: false,
      taxa: of.controls.map(({ id, status }) => ({ id, properties: { status } })),
    })),
  };
}

/** What a driver says of the frameworks that its rules are mapped to; no property where there are none. */
export function supportedTaxonomies(controls: readonly FrameworkControls[]): object {
  if (controls.length === 0) return {};
  return { supportedTaxonomies: controls.map(({ framework }, index) => component(framework, index)) };
}

/** The controls that a rule is mapped to, as its `relationships`; no property where there are none. */
export function relationships({ id }: RuleMetadata, controls: readonly FrameworkControls[]): object {
  const related = controls.flatMap(({ framework, controls: own }, taxonomy) =>
    own.flatMap((control, index) =>
      control.rules.includes(id)
        ? [{ target: { id: control.id, index, toolComponent: component(framework, taxonomy) }, kinds: ["relevant"] }]
        : [],
    ),
  );
  return related.length === 0 ? {} : { relationships: related };
}

function component(framework: FrameworkControls["framework"], index: number): object {
  return { name: FRAMEWORK_TITLES[framework], index };
}
