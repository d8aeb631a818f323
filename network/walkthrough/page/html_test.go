package page

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// An htmlNode is an element of a page, or a text between them, which has no name.
type htmlNode struct {
	name     string
	attr     map[string]string
	parent   *htmlNode
	children []*htmlNode
	own      string // the text of one that is a text
}

var (
	startTag  = regexp.MustCompile(`^<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][\w:-]*(?:="[^"<]*")?)*)\s*(/?)>`)
	endTag    = regexp.MustCompile(`^</([a-zA-Z][a-zA-Z0-9]*)>`)
	attribute = regexp.MustCompile(`([a-zA-Z][\w:-]*)(?:="([^"<]*)")?`)
	charRef   = regexp.MustCompile(`&(?:[a-z]+|#[0-9]+|#x[0-9a-fA-F]+);`)
)

// parseHTML reads a page that is written with more care than browsers ask for:
// every tag is closed, but for those that must not be, every value quoted, every
// < and & escaped, no identifier there twice.
func parseHTML(text string) (*htmlNode, error) {
	const doctype = "<!DOCTYPE html>\n"
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("found bytes that are no UTF-8")
	}
	text, found := strings.CutPrefix(text, doctype)
	if !found {
		return nil, fmt.Errorf("found %.40q, expected %q", text, doctype)
	}
	root := &htmlNode{attr: map[string]string{}}
	at, ids := root, map[string]bool{}
	add := func(text string) error {
		if strings.Contains(charRef.ReplaceAllString(text, ""), "&") {
			return fmt.Errorf("found an & that is not escaped in %.60q", text)
		}
		at.children = append(at.children, &htmlNode{parent: at, own: html.UnescapeString(text)})
		return nil
	}
	for text != "" {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			i = len(text)
		}
		if i > 0 {
			if err := add(text[:i]); err != nil {
				return nil, err
			}
			text = text[i:]
			continue
		}
		if end := endTag.FindStringSubmatch(text[:tagLen(text)]); end != nil {
			if at.name != end[1] {
				return nil, fmt.Errorf("found </%s> in <%s>", end[1], at.name)
			}
			at, text = at.parent, text[len(end[0]):]
			continue
		}
		start := startTag.FindStringSubmatch(text[:tagLen(text)])
		if start == nil {
			return nil, fmt.Errorf("found %.60q, expected a tag", text)
		}
		text = text[len(start[0]):]
		node := &htmlNode{name: start[1], attr: map[string]string{}, parent: at}
		for _, a := range attribute.FindAllStringSubmatch(start[2], -1) {
			if _, twice := node.attr[a[1]]; twice {
				return nil, fmt.Errorf("found %s twice in %s", a[1], start[0])
			}
			node.attr[a[1]] = html.UnescapeString(a[2])
		}
		if id, has := node.attr["id"]; has {
			if id == "" || strings.ContainsAny(id, " \t\n") || ids[id] {
				return nil, fmt.Errorf("found the id %q twice, or no good one", id)
			}
			ids[id] = true
		}
		at.children = append(at.children, node)
		switch {
		case node.name == "script" || node.name == "style": // has no tags in it
			end := strings.Index(text, "</"+node.name+">")
			if end < 0 {
				return nil, fmt.Errorf("found no end of <%s>", node.name)
			}
			node.children = []*htmlNode{{parent: node, own: text[:end]}}
			text = text[end+len("</"+node.name+">"):]
		case start[3] == "" && !slices.Contains([]string{"br", "input", "link", "meta"}, node.name):
			at = node
		}
	}
	if at != root {
		return nil, fmt.Errorf("found no end of <%s>", at.name)
	}
	return root, nil
}

// all returns the elements in n with that name, or any if it is "", for which is
// holds, if it is not nil.
func (n *htmlNode) all(name string, is func(*htmlNode) bool) []*htmlNode {
	var list []*htmlNode
	for _, child := range n.children {
		if child.name != "" && (name == "" || child.name == name) && (is == nil || is(child)) {
			list = append(list, child)
		}
		list = append(list, child.all(name, is)...)
	}
	return list
}

// tagLen returns how long the tag is that text begins with.
func tagLen(text string) int {
	quoted := false
	for i := range len(text) {
		if text[i] == '"' {
			quoted = !quoted
		}
		if text[i] == '>' && !quoted {
			return i + 1
		}
	}
	return len(text)
}

// text returns all of the text in n, with simple spaces for those at which no
// line breaks.
func (n *htmlNode) text() string {
	var b strings.Builder
	b.WriteString(strings.ReplaceAll(n.own, "\u00a0", " "))
	for _, child := range n.children {
		b.WriteString(child.text())
	}
	return b.String()
}

// hasClass returns a condition for all.
func hasClass(class string) func(*htmlNode) bool {
	return func(n *htmlNode) bool { return slices.Contains(strings.Fields(n.attr["class"]), class) }
}

// has returns a condition for all: the attribute has that value.
func has(attr, value string) func(*htmlNode) bool {
	return func(n *htmlNode) bool { got, ok := n.attr[attr]; return ok && got == value }
}

// byID returns the element with that identifier, or nil.
func (n *htmlNode) byID(id string) *htmlNode {
	for _, e := range n.all("", has("id", id)) {
		return e
	}
	return nil
}

// skeleton returns the elements with their attributes' names, and nothing else.
func (n *htmlNode) skeleton() string {
	var b strings.Builder
	for _, e := range n.all("", nil) {
		names := []string{}
		for name := range e.attr {
			names = append(names, name)
		}
		slices.Sort(names)
		fmt.Fprintln(&b, e.name, names)
	}
	return b.String()
}
