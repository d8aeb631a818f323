package checker

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
)

// compilerTxt explains what Go's compiler says. It begins with how it is to be read.
//
//go:embed compiler.txt
var compilerTxt string

// An explanation is an entry of compiler.txt.
type explanation struct {
	sentence   string
	says, line string // regular expressions
	examples   []example
	at         int // the line where the entry begins, from 1
}

// An example is a piece of a learner's file that leads to an explanation.
type example struct {
	of   string // the name of an exercise, or what the code stands "instead of"
	code string
}

// fits reports whether the explanation is for a message about the line, which calls a name
// undefined.
func (e explanation) fits(message, line, name string) bool {
	return regexp.MustCompile(e.says).MatchString(message) &&
		regexp.MustCompile(strings.ReplaceAll(e.line, "NAME", name)).MatchString(line)
}

// explanations reads compiler.txt.
func explanations() ([]explanation, error) { return parseExplanations(compilerTxt) }

var fieldOf = regexp.MustCompile(`^(says|line|example): *(.+)$`)

func parseExplanations(text string) (list []explanation, err error) {
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		indented, isIndented := strings.CutPrefix(line, "  ")
		switch {
		case strings.HasPrefix(line, "#"):
		case isIndented && len(list) > 0:
			err = list[len(list)-1].add(indented)
		case isIndented:
			err = fmt.Errorf("found %q, expected the sentence of an entry before it, without a space in front", line)
		case strings.TrimSpace(line) != "":
			list = append(list, explanation{sentence: line, at: i + 1})
		case len(list) > 0:
			list[len(list)-1].addCode("") // within an example, or after it
		}
		if err != nil {
			return nil, fmt.Errorf("compiler.txt, line %d: %w", i+1, err)
		}
	}
	return list, nil
}

// add adds an indented line to the entry.
func (e *explanation) add(line string) error {
	field := fieldOf.FindStringSubmatch(line)
	switch {
	case field == nil && len(e.examples) == 0:
		return fmt.Errorf("found %q, expected says:, line: or example: before it", line)
	case field == nil:
		e.addCode(line)
		return nil
	case field[1] == "example":
		e.examples = append(e.examples, example{of: field[2]})
		return nil
	}
	if _, err := regexp.Compile(field[2]); err != nil {
		return fmt.Errorf("found %q, expected a regular expression: %w", field[2], err)
	}
	if field[1] == "says" {
		e.says = field[2]
	} else {
		e.line = field[2]
	}
	return nil
}

// addCode adds a line to the last example, if there is one.
func (e *explanation) addCode(line string) {
	if len(e.examples) > 0 {
		last := &e.examples[len(e.examples)-1]
		last.code += line + "\n"
	}
}
