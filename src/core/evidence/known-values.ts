import type { ScalarNode } from "../../model/document.ts";
import type { ValueClass } from "../../model/evidence.ts";
import { classifyDockerConfig } from "./docker-config.ts";
import { readNested } from "./nested.ts";
import { nestedValues } from "./nested-values.ts";
import { isTelling } from "./scalar-evidence.ts";
import type { Place, Sink } from "./sink.ts";
import { classifyValue, type ValueContext } from "./values.ts";
import { worstOf } from "./worst-class.ts";

/** A value of which more is known than its name: that it becomes part of a Secret, that it is a credential. */
export interface KnownValue {
  readonly keyName: string;
  /** Offsets of the value in the scalar's text. */
  readonly start: number;
  readonly end: number;
  /** What told of it, for the policy. */
  readonly detector: string;
  /** Whether it becomes an entry of a Secret: what looks like a password there is one. */
  readonly secretData?: boolean;
  /** Whether the field takes a credential, whatever it is called. */
  readonly credential?: boolean;
  /** Whether the value may be a text that nobody else looks into. */
  readonly text?: boolean;
}

/** Judges such a value, and adds it to the sink where it is telling. */
export function seeKnownValue(sink: Sink, node: ScalarNode, place: Place, known: KnownValue): void {
  const { keyName, start, end, detector, secretData = false, credential = false, text = false } = known;
  const value = node.text.slice(start, end);
  const nameClass = credential ? "sensitive" : sink.nameClass(keyName);
  const context = sink.context(keyName, place, { secretData, nameClass });
  const whole = classifyWhole(value, keyName, context);
  const found = whole === "plain" && text ? worstOf(["plain", ...nestedClasses(sink, value, keyName, context)]) : whole;
  if (!isTelling(found) || (nameClass === "not-sensitive" && found !== "hash" && !secretData)) return;
  sink.add({
    kind: "credential",
    detector,
    class: found,
    context: "value",
    keyName,
    nameClass,
    path: place.path,
    decoded: false,
    range: place.rangeOf(node, start, end),
  });
}

function classifyWhole(value: string, keyName: string, context: ValueContext): ValueClass {
  if (!/^\.?dockerc(?:onfigjson|fg)$/.test(keyName)) return classifyValue(value, context);
  return classifyDockerConfig(value, context) ?? classifyValue(value, context);
}

function nestedClasses(sink: Sink, value: string, keyName: string, context: ValueContext): readonly ValueClass[] {
  if (!/[\n={[:]/.test(value)) return [];
  return nestedValues(readNested(value, keyName, sink.patterns), sink.patterns)
    .map((each) =>
      classifyValue(each.value, { ...context, keyName: each.keyName, nameClass: "sensitive", secretData: false }),
    )
    .filter(isTelling);
}

/** Judges the value of a parameter whose name the user said to announce a credential. */
export function seeNamedParameter(sink: Sink, node: ScalarNode, keyName: string, place: Place): void {
  seeKnownValue(sink, node, place, {
    keyName,
    start: 0,
    end: node.text.length,
    detector: "named-parameter",
    credential: true,
  });
}
