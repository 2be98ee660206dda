package render

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxDocuments bounds how many documents of an output are read.
const maxDocuments = 10_000

// documents are the YAML documents of a template's output, up to the first that can't be read.
type documents struct{ roots []*yaml.Node }

func parseDocuments(text string) *documents {
	found := &documents{}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for len(found.roots) < maxDocuments {
		var root yaml.Node
		if decoder.Decode(&root) != nil {
			break
		}
		found.roots = append(found.roots, &root)
	}
	return found
}

// text is the scalar at a path; of a collection, all scalars in it. Empty where there is none.
func (d *documents) text(document int, path []any) string {
	if document < 0 || document >= len(d.roots) {
		return ""
	}
	current := d.roots[document]
	if current.Kind == yaml.DocumentNode && len(current.Content) == 1 {
		current = current.Content[0]
	}
	for _, step := range path {
		if current = below(resolve(current), step); current == nil {
			return ""
		}
	}
	var text strings.Builder
	write(resolve(current), &text, 0)
	return text.String()
}

func resolve(node *yaml.Node) *yaml.Node {
	for depth := 0; node != nil && node.Kind == yaml.AliasNode && depth < 10; depth++ {
		node = node.Alias
	}
	return node
}

func below(node *yaml.Node, step any) *yaml.Node {
	switch key := step.(type) {
	case int:
		if node.Kind == yaml.SequenceNode && key >= 0 && key < len(node.Content) {
			return node.Content[key]
		}
	case string:
		if node.Kind != yaml.MappingNode {
			return nil
		}
		for index := 0; index+1 < len(node.Content); index += 2 {
			if node.Content[index].Value == key {
				return node.Content[index+1]
			}
		}
		for index := 0; index+1 < len(node.Content); index += 2 {
			if node.Content[index].Tag == "!!merge" {
				if found := below(resolve(node.Content[index+1]), step); found != nil {
					return found
				}
			}
		}
	}
	return nil
}

const maxCollectionText = 1 << 16

func write(node *yaml.Node, text *strings.Builder, depth int) {
	if node == nil || depth > 50 || text.Len() > maxCollectionText {
		return
	}
	switch node.Kind {
	case yaml.ScalarNode:
		text.WriteString(node.Value)
		if depth > 0 {
			text.WriteByte('\n')
		}
	case yaml.AliasNode:
		write(resolve(node), text, depth+1)
	default:
		for _, each := range node.Content {
			write(each, text, depth+1)
		}
	}
}
