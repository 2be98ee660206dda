/**
 * Whether a pattern of a CODEOWNERS file names a file, whose path is relative to the root. The rules are
 * those of `.gitignore` (a pattern with a slash in front or in the middle starts at the root, one without
 * fits at any depth, what names a folder names all that is in it) with the one exception that GitHub
 * documents: `docs/*` names what lies in `docs` itself and nothing further down.
 */
export function ownerPattern(pattern: string): (uri: string) => boolean {
  const folder = pattern.endsWith("/");
  const written = pattern.split("/").filter((step) => step !== "");
  if (written.length === 0) return (uri) => pattern === "/" && uri !== "";
  const anchored = pattern.slice(0, -1).includes("/");
  const steps = anchored ? written : ["**", ...written];
  const flat = anchored && !folder && written.at(-1) === "*";
  return (uri) => {
    const path = uri.split("/");
    const reached = beginnings(steps, path);
    const last = folder ? path.length - 1 : path.length;
    return flat ? reached[path.length] === true : reached.slice(1, last + 1).includes(true);
  };
}

// Which beginnings of the path the steps fit, by their length. There is no way back, so a pattern of many
// stars costs no more than its length times that of the path.
function beginnings(steps: readonly string[], path: readonly string[]): readonly boolean[] {
  let reached: readonly boolean[] = [true, ...path.map(() => false)];
  for (const [index, step] of steps.entries()) {
    const first = reached.indexOf(true);
    if (first === -1) break;
    // At the end, `**` stands for everything inside, so for at least one step.
    const least = step === "**" && index === steps.length - 1 ? 1 : 0;
    reached = reached.map((_, at) =>
      step === "**" ? at >= first + least : at > 0 && reached[at - 1] === true && matchesName(step, path[at - 1] ?? ""),
    );
  }
  return reached;
}

// `*` and `?` in one step of a path. On a mismatch only the last star takes one more letter.
function matchesName(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < name.length;) {
    if (pattern[at] === "*") {
      star = at;
      resume = index;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === name[index])) {
      at += 1;
      index += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}
