package render

import (
	"regexp"
	"strings"
	"text/template/parse"
)

const elided = "…"

var formatVerb = regexp.MustCompile(`%[-+# 0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[a-zA-Z]`)

// writtenText is what the chart's author wrote of a message: constants as they stand, anything that is
// computed from values as an ellipsis. So a message can be shown without a value in it.
func writtenText(argument parse.Node) string {
	switch typed := argument.(type) {
	case *parse.StringNode:
		return tidy(typed.Text)
	case *parse.PipeNode:
		if len(typed.Cmds) == 0 {
			return elided
		}
		return writtenCommand(typed.Cmds[0])
	default:
		return elided
	}
}

func writtenCommand(command *parse.CommandNode) string {
	if len(command.Args) == 0 {
		return elided
	}
	identifier, ok := command.Args[0].(*parse.IdentifierNode)
	if !ok {
		if len(command.Args) == 1 {
			return writtenText(command.Args[0])
		}
		return elided
	}
	switch identifier.Ident {
	case "printf":
		if len(command.Args) > 1 {
			if format, ok := command.Args[1].(*parse.StringNode); ok {
				return tidy(formatVerb.ReplaceAllString(strings.ReplaceAll(format.Text, "%%", "%\x00"), elided))
			}
		}
	case "print", "cat", "println":
		parts := make([]string, 0, len(command.Args))
		for _, argument := range command.Args[1:] {
			parts = append(parts, writtenText(argument))
		}
		return tidy(strings.Join(parts, " "))
	}
	return elided
}

// tidy makes one line of at most 300 characters.
func tidy(text string) string {
	line := []rune(strings.Join(strings.Fields(strings.ReplaceAll(text, "\x00", "")), " "))
	if len(line) > 300 {
		return string(line[:300]) + elided
	}
	return string(line)
}
