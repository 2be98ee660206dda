/** Short forms that people use as words although they cannot be spoken. */
const SHORT_FORMS = new Set(
  `api aws azure bq cdn cert cfg cli cm cn cp cpu crd crds crl crt csi css csr csv ctl ctrl ctx db dbs dev dns ds eks env etcd ext
  fs ftp gc gcp gcs git gke gpg gpu grpc gw hdfs hmac hpa html http https iam id img ip ips jdbc js json jwk jwks jwt k8s key kms
  kv lb ldap lfs llm lts mcp md mgmt mgr ml mq mqtt ms mtls mx my mysql nats nfs nginx nlp npm nr ns oci os otel otlp pdb pg pgsql
  php pki pod postgres prd prod proxy psp psql pub pv pvc px py rbac rds redis rs s3 sa sdk sftp sh sk smb smtp sns sql sqs src srv
  ssd ssh ssl sso std stg sts svc sys tcp tf tls tmp ts txt udp ui url usr utf vm vms vpc vpn wp ws www xml yml zk`.split(
    /\s+/,
  ),
);

/** Longest text that is judged word by word, in UTF-16 units. */
const LONGEST = 256;

/** Whether one run of letters reads like a word: vowels, and no heap of consonants. */
function isWord(letters: string): boolean {
  const word = letters.toLowerCase();
  if (SHORT_FORMS.has(word)) return true;
  if (word.length < 2 || word.length > 16 || !/^[a-z]+$/.test(word)) return false;
  return (
    /[aeiouy]/.test(word) &&
    !/[^aeiouy]{5}/.test(word) &&
    !/[aeiou]{4}/.test(word) &&
    !/([a-z])\1\1/.test(word) &&
    !/q[^u]/.test(word)
  );
}

/**
 * Whether a value has the form of a Kubernetes name made of words: `billing-db`, `my-app.v2`. At most
 * a short number may stand at the end of a part. No dictionary is asked, only how words are built.
 */
export function isWordyName(value: string): boolean {
  if (value.length > LONGEST || !/^[a-z0-9]+(?:[-._/:][a-z0-9]+)*$/.test(value)) return false;
  return value.split(/[-._/:]/).every((part) => isWordyPart(part)) && /[a-z]/.test(value);
}

/** Whether a value is an identifier made of words: `dbPassword`, `DB_PASSWORD`, `ClientSecret`. */
export function isWordyIdentifier(value: string): boolean {
  if (value.length > LONGEST || !/^[A-Za-z]+(?:[-_.][A-Za-z]+)*$/.test(value)) return false;
  const words = value.replace(/([a-z])([A-Z])/g, "$1 $2").split(/[-_. ]/);
  return words.every((word) => isWord(word) && /^(?:[A-Z]?[a-z]+|[A-Z]+)$/.test(word));
}

function isWordyPart(part: string): boolean {
  // What is this short holds no secret, word or not.
  if (part.length <= 3 || /^\d{4}$/.test(part)) return true;
  const numbered = /^([a-z]+)\d{0,3}$/.exec(part);
  return numbered !== null && (isWord(numbered[1] ?? "") || SHORT_FORMS.has(part));
}

/**
 * Whether a value is prose: three words or more, or a label such as `Password:`; texts for people,
 * as in language bundles, which say "password" without holding one.
 */
export function isProse(value: string): boolean {
  const text = value.slice(0, 2000).trim();
  if (/^[\p{L} '’-]+[:?…]$/u.test(text)) return true;
  const words = text.split(/\s+/);
  if (words.length < 2) return false;
  const spoken = words.filter((word) => /^[("'“‘«¿¡]*\p{L}[\p{L}'’-]*[.,:;!?…)"'”’»]*$/u.test(word)).length;
  if (words.length === 2) return spoken === 2 && words.every((word) => isPlainWord(word));
  return spoken * 3 >= words.length * 2;
}

function isPlainWord(word: string): boolean {
  const letters = word.replace(/[^\p{L}]/gu, "");
  return /[^a-zA-Z]/.test(letters) || (isWord(letters) && /^[A-Z]?[a-z]*$/.test(letters)) || letters.length === 1;
}
