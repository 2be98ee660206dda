// Package version stands in for the API machinery's: it reads Kubernetes versions.
package version

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Version is a dotted version without what follows it.
type Version struct{ components []uint }

var generic = regexp.MustCompile(`^\s*v?([0-9]+(?:\.[0-9]+)*)(.*)*$`)

// ParseGeneric reads a version of two or more components, with or without a leading v, and ignores
// what follows the last of them.
func ParseGeneric(text string) (*Version, error) {
	parts := generic.FindStringSubmatch(text)
	if parts == nil {
		return nil, fmt.Errorf("could not parse %q as version", text)
	}
	numbers := strings.Split(parts[1], ".")
	if len(numbers) < 2 {
		return nil, fmt.Errorf("illegal version string %q", text)
	}
	version := &Version{}
	for _, number := range numbers {
		if len(number) > 1 && number[0] == '0' {
			return nil, fmt.Errorf("illegal zero-prefixed version component %q in %q", number, text)
		}
		value, err := strconv.ParseUint(number, 10, 0)
		if err != nil {
			return nil, fmt.Errorf("illegal non-numeric version component %q in %q: %w", number, text, err)
		}
		version.components = append(version.components, uint(value))
	}
	return version, nil
}

// Major returns the first component.
func (v *Version) Major() uint { return v.components[0] }

// Minor returns the second component.
func (v *Version) Minor() uint { return v.components[1] }

// String returns the components, joined by dots.
func (v *Version) String() string {
	texts := make([]string, len(v.components))
	for index, component := range v.components {
		texts[index] = strconv.FormatUint(uint64(component), 10)
	}
	return strings.Join(texts, ".")
}
