/** Where a path that a kustomization names leads. */
export type ReferenceTarget =
  | { readonly kind: "inside"; readonly uri: string }
  | { readonly kind: "remote" }
  | { readonly kind: "outside" };

/**
 * Resolves a path as written in a file of `folder` (relative to the root, empty for the root), by
 * text alone. `inside` gives the root-relative path, empty for the root itself. Absolute paths are
 * `outside`: kustomize refuses them as well.
 */
export function resolveReference(folder: string, path: string): ReferenceTarget {
  if (isRemote(path)) return { kind: "remote" };
  if (path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path)) return { kind: "outside" };
  const steps = folder === "" ? [] : folder.split("/");
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.pop() === undefined) return { kind: "outside" };
  }
  return { kind: "inside", uri: steps.join("/") };
}

// The forms of kustomize's remote targets: URLs, scp-like Git addresses, hosts that it knows, and
// the `//` and `?ref=` that only a repository address has (kustomize docs, "remoteBuild").
function isRemote(path: string): boolean {
  return (
    /^(?:[a-z][a-z0-9+.-]*::|[a-z][a-z0-9+.-]*:\/\/|[\w.-]+@[\w.-]+:)/i.test(path) ||
    /^(?:github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com|gh)[/:]/i.test(path) ||
    /[?&](?:ref|version|timeout|submodules)=/.test(path) ||
    /^[\w-]+(?:\.[\w-]+)+\/[^/]+\/[^/]+\/\//.test(path)
  );
}

/** The folder of a root-relative path; empty for the root. */
export function folderOf(uri: string): string {
  const slash = uri.lastIndexOf("/");
  return slash === -1 ? "" : uri.slice(0, slash);
}

/** The root-relative path of `name` in `folder`. */
export function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
