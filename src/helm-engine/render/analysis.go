package render

import (
	"slices"
	"strings"
	"text/template/parse"
)

// analysis is what the source of one template says before it is rendered.
type analysis struct {
	// nodes are the pieces that print: text and actions of the file's own template, not of what it
	// defines (the output of those is compared, hashed and cut by who includes them).
	nodes []node
	// inner are the same of what the file defines, for definitions that print several lines.
	inner []innerNode
	calls []call
	// defines are the lines of named templates.
	defines map[string]int
	lines   lineIndex
	failed  bool
}

// node prints.
type node struct {
	// offset is where a marker can be put in front of it.
	offset int
	// text is false for an action.
	text bool
	line int
	// helper is the named template that an action includes.
	helper string
}

// innerNode is a node of a named template.
type innerNode struct {
	node
	name string
}

// call is a `required` or `fail` in the source.
type call struct {
	offset   int
	function string
	line     int
	message  string
}

// analyse reads a template's source. A source that does not parse has nothing to say; Helm's own
// parser then gives the error.
func analyse(source string) *analysis {
	result := &analysis{defines: map[string]int{}, lines: newLineIndex(source)}
	trees := map[string]*parse.Tree{}
	tree := parse.New("top")
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(source, "", "", trees); err != nil {
		result.failed = true
		return result
	}
	if main := trees["top"]; main != nil && main.Root != nil {
		result.nodes = result.collect(source, main.Root)
	}
	for name, each := range trees {
		if each.Root == nil {
			continue
		}
		result.collectCalls(each.Root)
		if name != "top" {
			result.defines[name] = result.defineLine(source, each.Root)
			result.collectInner(source, name, each.Root)
		}
	}
	slices.SortFunc(result.nodes, func(a, b node) int { return a.offset - b.offset })
	slices.SortFunc(result.inner, func(a, b innerNode) int { return a.offset - b.offset })
	slices.SortFunc(result.calls, func(a, b call) int { return a.offset - b.offset })
	return result
}

// defineLine is the line of the `define` in front of a named template's body.
func (a *analysis) defineLine(source string, root *parse.ListNode) int {
	end := int(root.Position())
	if len(root.Nodes) > 0 {
		end = int(root.Nodes[0].Position())
	}
	end = min(end, len(source))
	for _, keyword := range []string{"define", "block"} {
		if at := strings.LastIndex(source[:end], keyword); at >= 0 {
			return a.lines.lineAt(at)
		}
	}
	return a.lines.lineAt(end)
}

func (a *analysis) collectInner(source, name string, root *parse.ListNode) {
	nodes := a.collect(source, root)
	// A definition of one line is what callers compare, cut and test for being empty.
	if len(nodes) == 0 || !printsLines(root) {
		return
	}
	for _, each := range nodes {
		a.inner = append(a.inner, innerNode{node: each, name: name})
	}
}

// printsLines tells whether a list has text that goes over several lines.
func printsLines(list *parse.ListNode) bool {
	if list == nil {
		return false
	}
	return slices.ContainsFunc(list.Nodes, func(each parse.Node) bool {
		switch typed := each.(type) {
		case *parse.TextNode:
			return strings.Contains(string(typed.Text), "\n")
		case *parse.IfNode:
			return printsLines(typed.List) || printsLines(typed.ElseList)
		case *parse.RangeNode:
			return printsLines(typed.List) || printsLines(typed.ElseList)
		case *parse.WithNode:
			return printsLines(typed.List) || printsLines(typed.ElseList)
		default:
			return false
		}
	})
}

// collect lists the nodes that print.
func (a *analysis) collect(source string, list *parse.ListNode) []node {
	var nodes []node
	var walk func(*parse.ListNode)
	walk = func(list *parse.ListNode) {
		if list == nil {
			return
		}
		for _, each := range list.Nodes {
			switch typed := each.(type) {
			case *parse.TextNode:
				offset := int(typed.Pos)
				nodes = append(nodes, node{offset: offset, text: true, line: a.lines.lineAt(offset)})
			case *parse.ActionNode:
				if len(typed.Pipe.Decl) == 0 {
					offset := int(typed.Pos)
					nodes = append(nodes, node{offset: offset, line: a.lines.lineAt(offset), helper: includedName(typed.Pipe)})
				}
			case *parse.TemplateNode:
				if offset, ok := keywordBefore(source, int(typed.Pos)); ok {
					nodes = append(nodes, node{offset: offset, line: a.lines.lineAt(offset), helper: typed.Name})
				}
			case *parse.IfNode:
				walk(typed.List)
				walk(typed.ElseList)
			case *parse.RangeNode:
				walk(typed.List)
				walk(typed.ElseList)
			case *parse.WithNode:
				walk(typed.List)
				walk(typed.ElseList)
			}
		}
	}
	walk(list)
	return nodes
}

// keywordBefore finds the `template` or `block` that the name at offset belongs to.
func keywordBefore(source string, offset int) (int, bool) {
	before := strings.TrimRight(source[:offset], " \t\r\n")
	for _, keyword := range []string{"template", "block"} {
		if strings.HasSuffix(before, keyword) {
			return len(before) - len(keyword), true
		}
	}
	return 0, false
}

// includedName is the named template that a pipeline prints, where it is written as a constant.
func includedName(pipe *parse.PipeNode) string {
	name := ""
	walkCommands(pipe, func(command *parse.CommandNode) {
		if name != "" || len(command.Args) < 2 {
			return
		}
		if identifier, ok := command.Args[0].(*parse.IdentifierNode); ok && identifier.Ident == "include" {
			if constant, ok := command.Args[1].(*parse.StringNode); ok {
				name = constant.Text
			}
		}
	})
	return name
}

func walkCommands(pipe *parse.PipeNode, visit func(*parse.CommandNode)) {
	if pipe == nil {
		return
	}
	for _, command := range pipe.Cmds {
		visit(command)
		for _, argument := range command.Args {
			switch typed := argument.(type) {
			case *parse.PipeNode:
				walkCommands(typed, visit)
			case *parse.ChainNode:
				if inner, ok := typed.Node.(*parse.PipeNode); ok {
					walkCommands(inner, visit)
				}
			}
		}
	}
}

func (a *analysis) collectCalls(list *parse.ListNode) {
	if list == nil {
		return
	}
	visit := func(pipe *parse.PipeNode) {
		walkPipes(pipe, func(each *parse.PipeNode) { a.callsOf(each) })
	}
	for _, each := range list.Nodes {
		switch typed := each.(type) {
		case *parse.ActionNode:
			visit(typed.Pipe)
		case *parse.TemplateNode:
			visit(typed.Pipe)
		case *parse.IfNode:
			visit(typed.Pipe)
			a.collectCalls(typed.List)
			a.collectCalls(typed.ElseList)
		case *parse.RangeNode:
			visit(typed.Pipe)
			a.collectCalls(typed.List)
			a.collectCalls(typed.ElseList)
		case *parse.WithNode:
			visit(typed.Pipe)
			a.collectCalls(typed.List)
			a.collectCalls(typed.ElseList)
		}
	}
}

// walkPipes visits a pipeline and those in parentheses inside it.
func walkPipes(pipe *parse.PipeNode, visit func(*parse.PipeNode)) {
	if pipe == nil {
		return
	}
	visit(pipe)
	for _, command := range pipe.Cmds {
		for _, argument := range command.Args {
			switch typed := argument.(type) {
			case *parse.PipeNode:
				walkPipes(typed, visit)
			case *parse.ChainNode:
				if inner, ok := typed.Node.(*parse.PipeNode); ok {
					walkPipes(inner, visit)
				}
			}
		}
	}
}

func (a *analysis) callsOf(pipe *parse.PipeNode) {
	for index, command := range pipe.Cmds {
		for position, argument := range command.Args {
			identifier, ok := argument.(*parse.IdentifierNode)
			if !ok || identifier.Ident != "required" && identifier.Ident != "fail" {
				continue
			}
			message := ""
			switch {
			case position == 0 && len(command.Args) > 1:
				message = writtenText(command.Args[1])
			case position == 0 && index > 0:
				message = writtenCommand(pipe.Cmds[index-1])
			}
			a.calls = append(a.calls, call{
				offset:   int(identifier.Pos),
				function: identifier.Ident,
				line:     a.lines.lineAt(int(identifier.Pos)),
				message:  message,
			})
		}
	}
}

// lineIndex finds the line of an offset.
type lineIndex []int

func newLineIndex(source string) lineIndex {
	index := lineIndex{0}
	for offset := 0; offset < len(source); offset++ {
		if source[offset] == '\n' {
			index = append(index, offset+1)
		}
	}
	return index
}

// lineAt is 1-based.
func (l lineIndex) lineAt(offset int) int {
	at, found := slices.BinarySearch(l, offset)
	if found {
		return at + 1
	}
	return at
}
