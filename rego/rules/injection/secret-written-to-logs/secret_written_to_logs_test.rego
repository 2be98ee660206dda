package portcullis.rules.injection["secret-written-to-logs_test"]

import data.portcullis.lib.testing
import data.portcullis.rules.injection["secret-written-to-logs"] as rule

_found(more) := found if {
	found := {entry.variant | some entry in rule.report} with input as testing.input_of([{
		"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {
			"volumes": [{"name": "v", "secret": {"secretName": "s"}}],
			"containers": [object.union({"name": "c", "image": "i", "envFrom": [{"secretRef": {"name": "s"}}]}, more)],
		},
	}])
}

_script(text) := _found({"command": ["sh", "-c", text], "volumeMounts": [{"name": "v", "mountPath": "/s"}]})

test_scripts if {
	_script("env") == {"environment-printed"}
	_script("cat /proc/1/environ") == {"environment-printed"}
	_script("cat /proc/1/environ > /x") == set()
	_script("set -ex; run") == {"script-traced"}
	_script("set -x; set +x; run") == set()
	_script("#!/bin/sh -x\nrun") == {"script-traced"}
	_script("echo ${API_KEY}") == {"secret-printed"}
	_script("echo $LEVEL") == set()
	_script("printenv API_KEY") == {"secret-printed"}
	_script("printenv LEVEL") == set()
	_script("cat /s/k") == {"secret-printed"}
	_script("cat /other/k") == set()
	_script("vault kv get secret/a") == {"fetched-to-output"}
	_script("aws --region x secretsmanager get-secret-value --secret-id a") == {"fetched-to-output"}
	_script("gcloud secrets versions access latest") == {"fetched-to-output"}
	_script("curl -v -H 'Authorization: x' y") == {"fetched-to-output"}
	_script("curl -v y") == set()
	_script("vault read -field=a b | c") == set()
}

test_tracing_switched_off if {
	_script("set -x; login --token $API_KEY; set +x") == {"script-traced"}
	_script("set -x; run; { set +x; } 2>/dev/null; login --token $API_KEY; set -x; run") == set()
	_script("set -x; login --level $LEVEL; set +x") == set()
	_script("login --token $API_KEY; set -x; run; set +x") == set()
	_script("#!/bin/sh -x\nlogin --token $API_KEY\nset +x") == {"script-traced"}
	_script("#!/bin/sh -x\nset +x\nlogin --token $API_KEY") == set()
	_found({"command": ["sh", "-xc", "login --token $API_KEY; set +x"]}) == {"script-traced"}
}

test_without_a_shell if {
	_found({"command": ["env"]}) == {"environment-printed"}
	_found({"command": ["env", "A=b", "run"]}) == set()
	_found({"command": ["sh", "-x", "/run.sh"]}) == {"script-traced"}
	_found({"command": ["run", "-x"]}) == set()
	_found({"command": ["kubectl"], "args": ["get", "secret", "a", 3, "-o", "yaml"]}) == {"fetched-to-output"}
	_found({"command": ["kubectl", "get", "pods", "-o", "yaml"]}) == set()
	_found({"args": ["vault", "read", "a"]}) == set()
	_found({"args": null, "command": 3}) == set()
}

test_debugging if {
	_found({"args": ["--v=10"]}) == {"debug-output"}
	_found({"args": ["--v=2", 3]}) == set()
	_found({"env": [{"name": "OPENAI_LOG", "value": "debug"}]}) == {"debug-output"}
	_found({"env": [{"name": "OPENAI_LOG", "value": "info"}, {"name": 3, "value": 4}]}) == set()
}

test_traced_by_a_flag if {
	_found({"command": ["bash", "-exc", "run"]}) == {"script-traced"}
	_script("kubectl get secrets a -o json") == {"fetched-to-output"}
	_script("kubectl get secrets") == set()
}
