const DEFAULT_PORT = 443;
const LONGEST_HOST = 253;
/** A host in lower case: letters, digits, hyphens and dots; an underscore too, since some networks use it. */
const NAME = /^[a-z0-9_]([-a-z0-9_.]*[a-z0-9_])?$/;
const IPV6 = /^\[[0-9a-f:.]+\]$/;

/** What a host of a URL is to the hosts that are listed. */
export interface HostMatch {
  readonly listed: boolean;
  /** Listed with its port or as an address: it may then be a private one. */
  readonly privately: boolean;
}

/** Why `entry` names no host to fetch from, or `null`: `host`, `host:port`, `*.domain` or an address. */
export function hostProblem(entry: string): string | null {
  if (entry.includes("://") || entry.includes("/"))
    return "must be a host alone, such as charts.example.com, without a scheme or a path";
  if (entry.includes("@")) return "must be a host without a user name";
  const { host, port } = parseEntry(entry);
  if (port !== null && !(/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) <= 65_535))
    return "must have a number between 1 and 65535 as its port";
  const name = host.startsWith("*.") ? host.slice(2) : host;
  if (name.length > LONGEST_HOST || !(NAME.test(name) || (IPV6.test(name) && name === host)) || name.includes("..")) {
    return "must be a host such as charts.example.com, charts.example.com:8443 or *.example.com; an IPv6 address stands in brackets";
  }
  if (host.startsWith("*.") && !name.includes("."))
    return "must have a domain of two parts or more behind the *, such as *.example.com";
  return null;
}

/**
 * Whether `entries` list the host and port of a URL: an entry without a port means the usual one of
 * https, `*.domain` all hosts below the domain but not the domain itself. `hostname` is as a URL's, in
 * lower case, an IPv6 address in brackets.
 */
export function matchHost(entries: readonly string[], hostname: string, port: number): HostMatch {
  let listed = false;
  let privately = false;
  for (const entry of entries) {
    const { host, port: own } = parseEntry(entry);
    if ((own === null ? DEFAULT_PORT : Number(own)) !== port) continue;
    if (host.startsWith("*.")) listed ||= hostname.length > host.length - 1 && hostname.endsWith(host.slice(1));
    else if (host === hostname) {
      listed = true;
      privately ||= own !== null || isAddress(host);
    }
  }
  return { listed, privately };
}

/** Whether a URL's host is an address and no name. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d+\.\d+\.\d+\.\d+$/.test(hostname);
}

function parseEntry(entry: string): { host: string; port: string | null } {
  const colon = entry.lastIndexOf(":");
  const hasPort = colon > entry.lastIndexOf("]") && (entry.startsWith("[") || entry.indexOf(":") === colon);
  return {
    host: (hasPort ? entry.slice(0, colon) : entry).toLowerCase(),
    port: hasPort ? entry.slice(colon + 1) : null,
  };
}
