module github.com/portcullis-dev/portcullis/src/helm-engine

go 1.26.0

toolchain go1.26.8

require (
	github.com/Masterminds/sprig/v3 v3.3.0
	go.yaml.in/yaml/v3 v3.0.5
	helm.sh/helm/v4 v4.3.1
)

require (
	dario.cat/mergo v1.0.1 // indirect
	github.com/BurntSushi/toml v1.6.0 // indirect
	github.com/Masterminds/goutils v1.1.1 // indirect
	github.com/Masterminds/semver/v3 v3.5.0 // indirect
	github.com/cyphar/filepath-securejoin v0.7.0 // indirect
	github.com/gobwas/glob v0.2.3 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/huandu/xstrings v1.5.0 // indirect
	github.com/mitchellh/copystructure v1.2.0 // indirect
	github.com/mitchellh/reflectwalk v1.0.2 // indirect
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // indirect
	github.com/shopspring/decimal v1.4.0 // indirect
	github.com/spf13/cast v1.7.0 // indirect
	go.yaml.in/yaml/v2 v2.4.4 // indirect
	golang.org/x/crypto v0.58.0 // indirect
	k8s.io/apiextensions-apiserver v0.37.1 // indirect
	k8s.io/apimachinery v0.37.1 // indirect
	k8s.io/client-go v0.37.1 // indirect
	sigs.k8s.io/yaml v1.6.0 // indirect
)

// Small stand-ins for what Helm's engine names of them and never runs without a cluster: they take the
// WebAssembly module from 81 MB to 19 MB. Values schemas are validated by the caller.
replace (
	github.com/santhosh-tekuri/jsonschema/v6 => ./standins/jsonschema
	k8s.io/apiextensions-apiserver => ./standins/apiextensions-apiserver
	k8s.io/apimachinery => ./standins/apimachinery
	k8s.io/client-go => ./standins/client-go
)
