/** Passwords that everybody tries first, in lower case and without trailing digits and signs. */
export const WEAK_VALUES: readonly string[] = `
  admin administrator adminadmin adminpass adminpassword root rootpass rootpassword toor sa dba master superuser sysadmin
  password passwd passw0rd p@ssw0rd p@ssword pa55w0rd pa55word pass pwd passphrase mypass mypassword dbpass dbpassword yourpassword thepassword
  userpass userpassword testpass testpassword defaultpassword strongpassword verysecret notsecure insecure unsafe
  secret secretpassword secretkey secrettoken supersecret supersecretpassword supersecretkey topsecret verysecretkey mysecret mysecretkey mysecretpassword s3cr3t s3cret secr3t
  test testing tester guest user username default demo temp temporary dev devpass develop development local localhost prod production staging stage sandbox
  letmein welcome hello helloworld iloveyou trustno1 qwerty qwertyuiop qwertz asdf asdfgh asdfghjkl zxcvbn abc abcd abcdef abcdefgh abcabc foobar foobarbaz foo bar baz hunter
  1qaz2wsx 1q2w3e 1q2w3e4r 1q2w3e4r5t qazwsx q1w2e3r4 zaq12wsx
  monkey dragon football baseball superman batman master sunshine princess shadow michael
  postgres postgresql postgrespassword mysql mysqlpassword mariadb redis redispassword mongo mongodb rabbitmq guestguest minio minioadmin minio123 cassandra couchbase neo4j elastic elasticsearch changelog
  grafana kibana prometheus prom-operator jenkins sonar sonarqube nexus artifactory gitlab gitea harbor keycloak airflow superset wordpress bitnami drupal joomla tomcat oracle oracle123
  kafka zookeeper nats vault consul etcd docker kubernetes k8s rancher vagrant ansible ubuntu raspberry centos app appuser application backend frontend database db mydb
`
  .trim()
  .split(/\s+/);

/** Whether a value is a password that everybody tries first, one of `list`, or a run on the keyboard. */
export function isCommonPassword(value: string, list: ReadonlySet<string>): boolean {
  if (value.length > 64) return false;
  const lower = value.toLowerCase();
  if (list.has(lower)) return true;
  const stem = lower.replace(/[\d!@#$%&*.?_-]{1,8}$/, "");
  if (stem.length >= 3 && list.has(stem)) return true;
  const unsaid = lower
    .replaceAll("@", "a")
    .replaceAll("0", "o")
    .replaceAll("3", "e")
    .replaceAll("1", "i")
    .replaceAll("$", "s")
    .replaceAll("5", "s");
  if (list.has(unsaid) || list.has(unsaid.replace(/[\d!#%&*.?_-]{1,8}$/, ""))) return true;
  return isRun(lower);
}

const RUNS = "01234567890 9876543210 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm";

// `12345678`, `abcdefgh`, `aaaaaaaa`.
function isRun(value: string): boolean {
  return value.length >= 3 && (/^(.)\1+$/.test(value) || (value.length <= 26 && RUNS.includes(value)));
}
