package render

import (
	"strconv"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
)

// marks makes templates that say in their output which node prints: a call that yields a marker stands
// in front of every node. The marker appears only where the template itself is rendered, never where
// another one includes its output to hash, compare or cut it, so the output without the markers is
// what the unmarked template prints. Names and markers carry the run's nonce: a chart can forge none.
type marks struct {
	nonce string
	// sites are all marked nodes; markers name them by index.
	sites []site
	// names are Helm's names of the templates that hold a file's source (several, with aliases).
	names [][]string
	// prefix of every marker.
	prefix string
}

// site is one node of one file.
type site struct {
	file   int
	node   node
	source string
}

const (
	markStart = "\x01"
	markEnd   = "\x02"
)

func newMarks(nonce string) *marks {
	return &marks{nonce: nonce, prefix: markStart + nonce + "."}
}

func (m *marks) function() string { return "at" + m.nonce }

// call is what a template calls in front of a node.
func (m *marks) call(root any, index int) string {
	var information any
	switch typed := root.(type) {
	case common.Values:
		information = typed["Template"]
	case map[string]any:
		information = typed["Template"]
	}
	table, ok := information.(common.Values)
	if !ok || index < 0 || index >= len(m.sites) {
		return ""
	}
	name, _ := table["Name"].(string)
	for _, each := range m.names[m.sites[index].file] {
		if each == name {
			return m.prefix + strconv.Itoa(index) + markEnd
		}
	}
	return ""
}

// edit replaces `length` bytes at `offset`.
type edit struct {
	offset, length int
	text           string
}

// edits puts a call in front of every node of a file.
func (m *marks) edits(found *analysis, file int) []edit {
	edits := make([]edit, 0, len(found.nodes))
	for _, each := range found.nodes {
		call := m.function() + " $ " + strconv.Itoa(len(m.sites)) + "}}"
		m.sites = append(m.sites, site{file: file, node: each})
		if each.text {
			edits = append(edits, edit{offset: each.offset, text: "{{" + call})
		} else {
			// Inside of the action, behind a trim marker: what it trims stays trimmed.
			edits = append(edits, edit{offset: each.offset, text: call + "{{ "})
		}
	}
	return edits
}

// apply makes the edits, which are sorted and do not overlap.
func apply(source string, edits []edit) string {
	if len(edits) == 0 {
		return source
	}
	var built strings.Builder
	built.Grow(len(source) + len(edits)*40)
	at := 0
	for _, each := range edits {
		built.WriteString(source[at:each.offset])
		built.WriteString(each.text)
		at = each.offset + each.length
	}
	built.WriteString(source[at:])
	return built.String()
}
