package page

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// An htmlNode is an element of a page, or a text in one, which has no name.
type htmlNode struct {
	name     string
	attr     map[string]string
	parent   *htmlNode
	children []*htmlNode
	own      string // the text of one that is a text
}

// An htmlPage is a page with its elements by their identifiers.
type htmlPage struct {
	*htmlNode
	ids map[string]*htmlNode
}

// What XML does not have: attributes without a value, which our pages have at the end of a tag,
// elements without an end, and elements whose content is not markup. (With Strict = false, it
// would have the first two, but also take values without quotes and an & alone.)
var (
	withValues  = strings.NewReplacer(" checked>", ` checked="">`, " defer>", ` defer="">`, " hidden>", ` hidden="">`, " open>", ` open="">`)
	withoutEnd  = regexp.MustCompile(`(<(?:br|input|link|meta)\b[^>]*)>`)
	notMarkup   = regexp.MustCompile(`(?s)(<(?:script|style)\b[^>]*>)(.*?)(</(?:script|style)>)`)
	noCharacter = regexp.MustCompile(`[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]`) // in XML, that is
)

// parseHTML reads a page that is written with more care than browsers ask for, as XML but for
// the above: every tag is closed, but for those that must not be, every value is quoted, every
// < and & is escaped. No identifier is there twice.
func parseHTML(text string) (*htmlPage, error) {
	const doctype = "<!DOCTYPE html>\n"
	if !strings.HasPrefix(text, doctype) {
		return nil, fmt.Errorf("found %.40q, expected %q", text, doctype)
	}
	text = withoutEnd.ReplaceAllString(withValues.Replace(text), "$1/>")
	text = notMarkup.ReplaceAllString(text, "$1<![CDATA[$2]]>$3")
	d := xml.NewDecoder(strings.NewReader(noCharacter.ReplaceAllString(text, "\uFFFD")))
	d.Entity = xml.HTMLEntity
	page := &htmlPage{htmlNode: &htmlNode{}, ids: map[string]*htmlNode{}}
	for at := page.htmlNode; ; {
		token, err := d.Token()
		switch token := token.(type) {
		case xml.StartElement:
			node, err := page.newNode(token)
			if err != nil {
				return nil, err
			}
			node.parent, at.children = at, append(at.children, node)
			at = node
		case xml.EndElement:
			at = at.parent
		case xml.CharData:
			at.children = append(at.children, &htmlNode{parent: at, own: string(token)})
		}
		if errors.Is(err, io.EOF) {
			return page, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// newNode returns an element that begins with a tag.
func (p *htmlPage) newNode(tag xml.StartElement) (*htmlNode, error) {
	node := &htmlNode{name: tag.Name.Local, attr: map[string]string{}}
	for _, a := range tag.Attr {
		if _, twice := node.attr[a.Name.Local]; twice {
			return nil, fmt.Errorf("found %s twice in <%s>", a.Name.Local, node.name)
		}
		node.attr[a.Name.Local] = a.Value
	}
	if id, has := node.attr["id"]; has {
		if id == "" || strings.ContainsAny(id, " \t\n") || p.ids[id] != nil {
			return nil, fmt.Errorf("found the id %q twice, or a bad one", id)
		}
		p.ids[id] = node
	}
	return node, nil
}

// byID returns the element with that identifier, or nil.
func (p *htmlPage) byID(id string) *htmlNode { return p.ids[id] }

// all returns the elements in n with that name, or any if it is "", for which all conditions
// hold.
func (n *htmlNode) all(name string, conditions ...func(*htmlNode) bool) []*htmlNode {
	var list []*htmlNode
	for _, child := range n.children {
		holds := child.name != "" && (name == "" || child.name == name)
		for _, condition := range conditions {
			holds = holds && condition(child)
		}
		if holds {
			list = append(list, child)
		}
		list = append(list, child.all(name, conditions...)...)
	}
	return list
}

// hasClass returns a condition for all.
func hasClass(class string) func(*htmlNode) bool {
	return func(n *htmlNode) bool { return slices.Contains(strings.Fields(n.attr["class"]), class) }
}

// has returns a condition for all: the attribute has that value.
func has(attr, value string) func(*htmlNode) bool {
	return func(n *htmlNode) bool { got, ok := n.attr[attr]; return ok && got == value }
}

// text returns all of the text in n, with simple spaces for those at which no line breaks.
func (n *htmlNode) text() string {
	var b strings.Builder
	b.WriteString(strings.ReplaceAll(n.own, "\u00a0", " "))
	for _, child := range n.children {
		b.WriteString(child.text())
	}
	return b.String()
}

// texts returns the text of each element.
func texts(list []*htmlNode) []string {
	var texts []string
	for _, n := range list {
		texts = append(texts, n.text())
	}
	return texts
}

// skeleton returns the elements with their attributes' names, and nothing else.
func (n *htmlNode) skeleton() string {
	var b strings.Builder
	for _, e := range n.all("") {
		names := []string{}
		for name := range e.attr {
			names = append(names, name)
		}
		slices.Sort(names)
		fmt.Fprintln(&b, e.name, names)
	}
	return b.String()
}
