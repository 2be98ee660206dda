package render

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"hash/fnv"
	"reflect"
	"slices"
	"strings"
	"text/template"
	"time"

	"github.com/Masterminds/sprig/v3"
)

// Certificate has the fields that templates read of what the `gen…` functions return.
type Certificate struct {
	Cert string
	Key  string
}

// generator stands in for the functions that give another result on every run. Each gives a text of
// the right length and characters that depends on the count of calls and on the variant alone, and
// differs in every character between the two variants: what differs between two renderings that only
// differ in the variant is generated, whatever a template has done with it since.
type generator struct {
	variant uint32
	calls   uint32
}

const (
	digits       = "0123456789"
	hexDigits    = "0123456789abcdef"
	letters      = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	alphanumeric = digits + letters
	base64Digits = letters + digits + "+/"
	bcryptDigits = "./" + letters + digits

	// maxGenerated bounds a single generated text.
	maxGenerated = 16 << 20
)

// clock is what the time is in the two variants.
var clock = [2]time.Time{
	time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC),
	time.Date(2036, time.December, 28, 11, 58, 59, 0, time.UTC),
}

var sprigFunctions = sprig.TxtFuncMap()

func (g *generator) text(length int, alphabet string) (string, error) {
	if length < 0 {
		return "", nil
	}
	if length > maxGenerated {
		return "", errors.New("the text to generate is too long")
	}
	g.calls++
	hash := fnv.New32a()
	fmt.Fprint(hash, g.calls)
	state := hash.Sum32()
	built := make([]byte, length)
	size := uint32(len(alphabet))
	for index := range built {
		state = state*1664525 + 1013904223
		built[index] = alphabet[((state>>16)%size+g.variant*(size/2))%size]
	}
	return string(built), nil
}

func (g *generator) certain(length int, alphabet string) string {
	text, _ := g.text(length, alphabet)
	return text
}

func (g *generator) random(alphabet string) func(int) (string, error) {
	return func(length int) (string, error) { return g.text(length, alphabet) }
}

// pem has the size of a key or certificate of that many bytes.
func (g *generator) pem(kind string, size int) string {
	body := g.certain((size+2)/3*4, base64Digits)
	var built strings.Builder
	built.WriteString("-----BEGIN " + kind + "-----\n")
	for chunk := range slices.Chunk([]byte(body), 64) {
		built.Write(chunk)
		built.WriteByte('\n')
	}
	built.WriteString("-----END " + kind + "-----\n")
	return built.String()
}

func (g *generator) certificate() Certificate {
	return Certificate{Cert: g.pem("CERTIFICATE", 800), Key: g.pem("RSA PRIVATE KEY", 1190)}
}

func (g *generator) privateKey(kind string) string {
	switch kind {
	case "", "rsa":
		return g.pem("RSA PRIVATE KEY", 2349)
	case "dsa":
		return g.pem("DSA PRIVATE KEY", 850)
	case "ecdsa":
		return g.pem("EC PRIVATE KEY", 121)
	case "ed25519":
		return g.pem("PRIVATE KEY", 48)
	default:
		return "Unknown type " + kind
	}
}

func (g *generator) uuid() string {
	part := func(length int) string { return g.certain(length, hexDigits) }
	return part(8) + "-" + part(4) + "-4" + part(3) + "-a" + part(3) + "-" + part(12)
}

func (g *generator) bcrypt(string) string { return "$2a$10$" + g.certain(53, bcryptDigits) }

func (g *generator) htpasswd(username, password string) string {
	if strings.Contains(username, ":") {
		return fmt.Sprintf("invalid username: %s", username)
	}
	return username + ":" + g.bcrypt(password)
}

// encryptAES is AES-256-CBC with a generated initialization vector, as sprig's is.
func (g *generator) encryptAES(password, plaintext string) (string, error) {
	if plaintext == "" {
		return "", nil
	}
	key := make([]byte, 32)
	copy(key, password)
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", err
	}
	padding := aes.BlockSize - len(plaintext)%aes.BlockSize
	content := append([]byte(plaintext), slices.Repeat([]byte{byte(padding)}, padding)...)
	vector := []byte(g.certain(aes.BlockSize, alphanumeric))
	cipher.NewCBCEncrypter(block, vector).CryptBlocks(content, content)
	return base64.StdEncoding.EncodeToString(append(vector, content...)), nil
}

// buildCustomCert is sprig's; what this generator made is no certificate, and passes.
func (g *generator) buildCustomCert(cert, key string) (Certificate, error) {
	results := reflect.ValueOf(sprigFunctions["buildCustomCert"]).Call([]reflect.Value{reflect.ValueOf(cert), reflect.ValueOf(key)})
	if results[1].IsNil() {
		return Certificate{Cert: results[0].FieldByName("Cert").String(), Key: results[0].FieldByName("Key").String()}, nil
	}
	if g.calls == 0 {
		return Certificate{}, results[1].Interface().(error)
	}
	decodedCert, err := base64.StdEncoding.DecodeString(cert)
	if err != nil {
		return Certificate{}, errors.New("unable to decode base64 certificate")
	}
	decodedKey, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return Certificate{}, errors.New("unable to decode base64 private key")
	}
	return Certificate{Cert: string(decodedCert), Key: string(decodedKey)}, nil
}

func (g *generator) now() time.Time {
	g.calls++
	return clock[g.variant]
}

func (g *generator) dateInZone(format string, date any, zone string) string {
	switch date.(type) {
	case time.Time, *time.Time, int64, int, int32:
	default:
		date = g.now()
	}
	return sprigFunctions["dateInZone"].(func(string, any, string) string)(format, date, zone)
}

func (g *generator) ago(date any) string {
	now := g.now()
	at := now
	switch typed := date.(type) {
	case time.Time:
		at = typed
	case int64:
		at = time.Unix(typed, 0)
	case int:
		at = time.Unix(int64(typed), 0)
	}
	return now.Sub(at).Round(time.Second).String()
}

// functions replace those of Helm that depend on chance, the clock, or the order of Go's maps.
func (g *generator) functions() template.FuncMap {
	signed := func(string, []any, []any, int, any) Certificate { return g.certificate() }
	return template.FuncMap{
		"randAlphaNum": g.random(alphanumeric),
		"randAlpha":    g.random(letters),
		"randNumeric":  g.random(digits),
		"randAscii":    g.random(alphanumeric),
		"randBytes": func(count int) (string, error) {
			text, err := g.text(max(count, 0), alphanumeric)
			return base64.StdEncoding.EncodeToString([]byte(text)), err
		},
		"randInt": func(low, high int) (int, error) {
			if high <= low {
				return 0, errors.New("invalid argument")
			}
			return low + (high-low)/2, nil
		},
		"shuffle":                  func(text string) string { return text },
		"uuidv4":                   g.uuid,
		"bcrypt":                   g.bcrypt,
		"htpasswd":                 g.htpasswd,
		"encryptAES":               g.encryptAES,
		"genPrivateKey":            g.privateKey,
		"genCA":                    func(string, int) Certificate { return g.certificate() },
		"genCAWithKey":             func(_ string, _ int, key string) Certificate { return g.withKey(key) },
		"genSelfSignedCert":        func(string, []any, []any, int) Certificate { return g.certificate() },
		"genSelfSignedCertWithKey": func(_ string, _, _ []any, _ int, key string) Certificate { return g.withKey(key) },
		"genSignedCert":            signed,
		"genSignedCertWithKey":     func(_ string, _, _ []any, _ int, _ any, key string) Certificate { return g.withKey(key) },
		"buildCustomCert":          g.buildCustomCert,

		"now":            g.now,
		"ago":            g.ago,
		"date":           func(format string, date any) string { return g.dateInZone(format, date, "Local") },
		"dateInZone":     g.dateInZone,
		"date_in_zone":   g.dateInZone,
		"htmlDate":       func(date any) string { return g.dateInZone("2006-01-02", date, "Local") },
		"htmlDateInZone": func(date any, zone string) string { return g.dateInZone("2006-01-02", date, zone) },

		"keys":   sortedKeys,
		"values": sortedValues,
	}
}

// withKey is a certificate for a key that the chart holds: only the certificate is generated.
func (g *generator) withKey(key string) Certificate {
	return Certificate{Cert: g.pem("CERTIFICATE", 800), Key: key}
}

func sortedKeys(tables ...map[string]any) []string {
	keys := []string{}
	for _, table := range tables {
		keys = append(keys, slices.Sorted(mapKeys(table))...)
	}
	return keys
}

func sortedValues(table map[string]any) []any {
	values := []any{}
	for _, key := range slices.Sorted(mapKeys(table)) {
		values = append(values, table[key])
	}
	return values
}

func mapKeys(table map[string]any) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range table {
			if !yield(key) {
				return
			}
		}
	}
}
