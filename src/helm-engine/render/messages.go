package render

import (
	"errors"
	"regexp"
	"strings"
)

// Messages of Helm, of Go's templates and of YAML parsers can quote values and files. Only what is
// known to quote neither is passed on; all else is said in our own words.
var (
	yamlReason = regexp.MustCompile(`yaml: (?:unmarshal errors:|(?:line \d+: )?(?:` +
		`did not find expected [\w ',<>-]{1,40}|could not find expected [':\w -]{1,30}|` +
		`(?:mapping values|block sequence entries|mapping keys) are not allowed in this context|` +
		`control characters are not allowed|found [a-z ]{3,70}|unknown anchor|document contains excessive aliasing|` +
		`invalid (?:leading|trailing|length|Unicode)[\w -]{0,50}|exceeded max depth))`)

	safeReasons = []*regexp.Regexp{
		regexp.MustCompile(`nil pointer evaluating [\w{} .*\[\]]{1,60}\.([\w-]{1,80})`),
		regexp.MustCompile(`can't evaluate field ([\w-]{1,80}) in type [\w{} .*\[\]]{1,60}`),
		regexp.MustCompile(`map has no entry for key "([\w.-]{1,80})"`),
		regexp.MustCompile(`function "(\w{1,80})" not defined`),
		regexp.MustCompile(`no template "([\w./ -]{1,120})" associated`),
		regexp.MustCompile(`template "([\w./ -]{1,120})" not defined`),
		regexp.MustCompile(`undefined variable "(\$\w{0,80})"`),
		regexp.MustCompile(`wrong number of args for \w{1,80}: want (?:at least )?\d+ got \d+`),
		regexp.MustCompile(`wrong type for value; expected [\w{} .*\[\]]{1,60}; got [\w{} .*\[\]]{1,60}`),
		regexp.MustCompile(`invalid value; expected [\w{} .*\[\]]{1,60}`),
		regexp.MustCompile(`incompatible types for comparison`),
		regexp.MustCompile(`invalid type for comparison`),
		regexp.MustCompile(`missing argument for comparison`),
		regexp.MustCompile(`index of untyped nil`),
		regexp.MustCompile(`index of nil pointer`),
		regexp.MustCompile(`(?:slice|array) index out of range`),
		regexp.MustCompile(`index out of range: \d+`),
		regexp.MustCompile(`range can't iterate over`),
		regexp.MustCompile(`exceeded maximum template depth`),
		regexp.MustCompile(`rendering template has a nested reference name`),
		regexp.MustCompile(`unexpected (?:EOF|\{\{(?:end|else|break|continue|define)\}\})`),
		regexp.MustCompile(`unterminated (?:quoted string|raw quoted string|character constant)`),
		regexp.MustCompile(`unclosed (?:action|comment|left paren|right paren)`),
		regexp.MustCompile(`unexpected (?:right|left) paren`),
		regexp.MustCompile(`missing value for (?:if|range|with|command|template clause|parenthesized pipeline)`),
		regexp.MustCompile(`comment ends before closing delimiter`),
		regexp.MustCompile(`error calling \w{1,80}`),
		regexp.MustCompile(`integer divide by zero`),
		regexp.MustCompile(`stack overflow|makeslice: len out of range|strings: (?:negative )?Repeat \w+`),
	}
)

// safeReason is the part of a template error that quotes nothing of the values: a name in it stands in
// a template's source, as `written` tells.
func safeReason(message string, written func(string) bool) string {
	best, at := "", -1
	for _, pattern := range safeReasons {
		for _, found := range pattern.FindAllStringSubmatchIndex(message, -1) {
			// What stands furthest to the right is the innermost reason.
			if found[0] <= at {
				continue
			}
			best, at = message[found[0]:found[1]], found[0]
			if len(found) > 2 && !written(message[found[2]:found[3]]) {
				best = message[found[0]:found[2]] + elided + message[found[3]:found[1]]
			}
		}
	}
	if best == "" {
		return "the template could not be rendered"
	}
	return best
}

func describeYAML(err error) string {
	if reason := yamlReason.FindString(err.Error()); reason != "" {
		if strings.HasSuffix(reason, "unmarshal errors:") {
			return "a value has the wrong type"
		}
		return reason
	}
	return "it is not the YAML that Helm expects"
}

var loadingPlaces = regexp.MustCompile(`cannot load ([\w.-]{1,40})(?:: )?`)

func describeLoading(err error) error {
	message := err.Error()
	switch {
	case strings.Contains(message, "Chart.yaml file is missing"):
		if strings.Contains(message, "error unpacking subchart") {
			return errors.New("a folder or file in charts/ is not a chart: its Chart.yaml is missing")
		}
		return errors.New("Chart.yaml is missing")
	case strings.Contains(message, "validation: "):
		_, reason, _ := strings.Cut(message, "validation: ")
		if validationReason.MatchString(reason) {
			return errors.New("Chart.yaml: " + reason)
		}
		return errors.New("Chart.yaml is not valid")
	}
	if found := loadingPlaces.FindStringSubmatch(message); found != nil {
		return errors.New(found[1] + " can't be read: " + describeYAML(err))
	}
	return errors.New("the chart can't be loaded")
}

var validationReason = regexp.MustCompile(`^(?:chart\.metadata(?:\.[\w.]{1,40})?(?: is required| must be [a-z ]{1,60})|[a-z][a-z ]{3,80})$`)

func describeArchive(err error) error {
	switch message := err.Error(); {
	case strings.Contains(message, "illegally"):
		return errors.New("the archive holds a path that leaves it")
	case strings.Contains(message, "larger than the maximum size"):
		return errors.New("the archive is too large")
	case strings.Contains(message, "no files"):
		return errors.New("the archive is empty")
	default:
		return errors.New("the archive is damaged")
	}
}
