/** How a command takes a credential. */
export type CliForm =
  /** Behind the flag, in the same argument or the next: `-p secret`, `-psecret`, `-p=secret`. */
  | "flag"
  /** In the flag's own argument only: `-psecret`; `-p` alone asks for it (MySQL clients). */
  | "attached"
  /** `user:secret` behind the flag (curl's `-u`). */
  | "userinfo"
  /** `user%secret` behind the flag (Samba's `-U`). */
  | "percent"
  /** `pass:secret` behind the flag (OpenSSL's `-passin`). */
  | "pass-prefix"
  /** The n-th argument that is no flag, counted from 1, the words of a subcommand included. */
  | number;

/** One row: `words` are the command's name and its subcommands. */
export interface CliRow {
  readonly words: readonly string[];
  readonly flag: string;
  readonly form: CliForm;
}

/** The flags of known commands whose names do not tell that a credential follows. */
export const CLI_TABLE: readonly CliRow[] = [
  ...[
    "mysql",
    "mysqldump",
    "mysqladmin",
    "mysqlimport",
    "mysqlcheck",
    "mysqlshow",
    "mysqlpump",
    "mysqlsh",
    "mariadb",
    "mariadb-dump",
    "mariadb-admin",
    "mydumper",
  ].map((name): CliRow => ({ words: [name], flag: "-p", form: "attached" })),
  ...[
    "sshpass",
    "mongo",
    "mongosh",
    "mongodump",
    "mongorestore",
    "mongoexport",
    "mongoimport",
    "cypher-shell",
    "cqlsh",
  ].map((name): CliRow => ({ words: [name], flag: "-p", form: "flag" })),
  ...[
    "docker login",
    "podman login",
    "nerdctl login",
    "buildah login",
    "skopeo login",
    "helm registry login",
    "oras login",
    "crane auth login",
    "argocd login",
    "oc login",
    "az login",
    "az acr login",
  ].map((name): CliRow => ({ words: name.split(" "), flag: "-p", form: "flag" })),
  ...["redis-cli", "redis-benchmark", "valkey-cli", "keydb-cli", "iredis"].map((name): CliRow => ({
    words: [name],
    flag: "-a",
    form: "flag",
  })),
  ...["sqlcmd", "bcp", "ldapmodify.exe"].map((name): CliRow => ({ words: [name], flag: "-P", form: "flag" })),
  ...["ldapsearch", "ldapadd", "ldapmodify", "ldapdelete", "ldapwhoami", "ldappasswd", "ldapcompare"].map(
    (name): CliRow => ({ words: [name], flag: "-w", form: "flag" }),
  ),
  { words: ["curl"], flag: "-u", form: "userinfo" },
  { words: ["curl"], flag: "--user", form: "userinfo" },
  { words: ["curl"], flag: "-U", form: "userinfo" },
  { words: ["curl"], flag: "--proxy-user", form: "userinfo" },
  { words: ["http"], flag: "-a", form: "userinfo" },
  { words: ["etcdctl"], flag: "--user", form: "userinfo" },
  { words: ["smbclient"], flag: "-U", form: "percent" },
  { words: ["openssl"], flag: "-passin", form: "pass-prefix" },
  { words: ["openssl"], flag: "-passout", form: "pass-prefix" },
  { words: ["openssl"], flag: "-pass", form: "pass-prefix" },
  { words: ["vault", "login"], flag: "", form: 2 },
  { words: ["bao", "login"], flag: "", form: 2 },
  { words: ["vault", "operator", "unseal"], flag: "", form: 3 },
  { words: ["rabbitmqctl", "add_user"], flag: "", form: 3 },
  { words: ["rabbitmqctl", "change_password"], flag: "", form: 3 },
  { words: ["mc", "alias", "set"], flag: "", form: 6 },
  { words: ["mc", "config", "host", "add"], flag: "", form: 7 },
];

/**
 * Further rows from text: a command, its subcommands and the flag, as in `mycli login -k`. What has
 * no flag at its end is left out.
 */
export function parseCliTable(rows: readonly string[]): readonly CliRow[] {
  return rows.flatMap((row): readonly CliRow[] => {
    const words = row.trim().split(/\s+/);
    const flag = words.at(-1) ?? "";
    return words.length >= 2 && flag.startsWith("-") ? [{ words: words.slice(0, -1), flag, form: "flag" }] : [];
  });
}
