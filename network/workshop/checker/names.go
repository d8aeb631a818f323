package checker

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strings"

	"backprop/network/workshop/exercise"
)

// A learner may call the parameters of a function something else. What is said of the
// function has their names.

// start is the file of the exercises as it is at the start.
var start = parse(strings.ReplaceAll(startText, "\r\n", "\n"))

// startParameters returns the names of the exercise's parameters at the start.
func startParameters(name string) []string { return parametersOf(start.funcs[name]) }

// parameters returns the names of the exercise's parameters in the learner's file, those of
// the start where there are none.
func (c *checker) parameters(e *exercise.Exercise) []string {
	ours, theirs := startParameters(e.Name), parametersOf(c.source.funcs[e.Name])
	if len(theirs) != len(ours) {
		return ours
	}
	for i, name := range theirs {
		if name == "_" {
			theirs[i] = ours[i]
		}
	}
	return theirs
}

func parametersOf(f *ast.FuncDecl) (list []string) {
	if f == nil {
		return nil
	}
	for _, id := range names(f.Type.Params) {
		list = append(list, id.Name)
	}
	return list
}

// useTheirNames puts the learner's names of the parameters into what is said of the exercise.
// Where two names of the start are exchanged, that says more than what to use instead.
func (c *checker) useTheirNames(e *exercise.Exercise, r *result) {
	ours, theirs := startParameters(e.Name), c.parameters(e)
	theirName := map[string]string{}
	exchanged := false
	for i, name := range ours {
		theirName[name] = theirs[i]
		exchanged = exchanged || name != theirs[i] && slices.Contains(ours, theirs[i])
	}
	f := &r.Fault
	why := f.Why
	for _, text := range []*string{&f.Sentence, &f.Mistake, &f.Why} {
		if !strings.Contains(*text, "It panicked: ") { // with their own words
			*text = renamed(*text, theirName)
		}
	}
	if strings.Contains(f.Cell, "(") { // Dot(x, y)[0][0]
		f.Cell = renamed(f.Cell, theirName)
	}
	if !exchanged {
		return
	}
	order := fmt.Sprintf("In line %d, the parameters are in another order than at the start. The checker gives them in that order: %s.", c.source.lineOf(c.source.funcs[e.Name]), strings.Join(ours, ", "))
	if f.Why != why {
		f.Why = order
	} else {
		r.Clues = append(r.Clues, order)
	}
}

var (
	identifier = regexp.MustCompile(`\(With the equation's letters: [^)]*\)|[\pL_][\pL\pN_]*`)

	// Names that are words of English are parameters only where they are code, or where it
	// says that they were changed.
	words = []string{"weights", "update", "species", "epochs"}
)

// renamed returns the text with other names for the parameters, unless one of them stands
// for something else there. The letters of an equation stay.
func renamed(text string, theirName map[string]string) string {
	isTheirs := map[string]bool{}
	for _, name := range theirName {
		isTheirs[name] = true
	}
	var b strings.Builder
	end := 0
	for _, at := range identifier.FindAllStringIndex(text, -1) {
		name := text[at[0]:at[1]]
		other, ok := theirName[name]
		switch {
		case ok && !(slices.Contains(words, name) && !isCode(text[:at[0]], text[at[1]:])):
			b.WriteString(text[end:at[0]] + other)
			end = at[1]
		case !ok && isTheirs[name]:
			return text
		}
	}
	return b.String() + text[end:]
}

// isCode reports whether a name between those is a parameter, and not a word.
func isCode(before, after string) bool {
	return strings.HasPrefix(after, "[") || strings.HasPrefix(after, ".Rows") || strings.HasPrefix(after, ".Cols") || strings.HasSuffix(before, "len(") ||
		strings.HasSuffix(before, "It changed ") || strings.HasPrefix(after, " changed in place")
}
