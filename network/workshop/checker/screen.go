package checker

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"backprop/network/workshop/diagnosis"
	"backprop/network/workshop/exercise"
)

// show writes the list of the exercises, and more about the current one.
func (c *checker) show(w io.Writer) error {
	var b strings.Builder
	headline := c.newlyDone()
	if headline == "" {
		headline = "The workshop: backpropagation, written by you"
	}
	fmt.Fprintf(&b, "%s\n\n", headline)
	n := c.current()
	half := len(exercises) / 2
	for i := 1; i <= half; i++ {
		fmt.Fprintf(&b, "%s\n", strings.TrimRight(c.entry(i, n)+"    "+c.entry(i+half, n), " "))
	}
	b.WriteByte('\n')
	c.showSigns(&b, n)
	if n == 0 {
		c.showEnd(&b)
	} else {
		c.showCurrent(&b, n)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// entry writes an exercise in the list.
func (c *checker) entry(n, current int) string {
	mark := " "
	if n == current {
		mark = ">"
	}
	r := c.results[n]
	text := string(r.State)
	if r.State == waits {
		text = fmt.Sprintf("waits for %d", r.Waits)
	}
	return fmt.Sprintf("%s %2d  %-16s  %-12s", mark, n, exercises[n-1].Name, text)
}

// showSigns says that two turned signs are right, if there are any and the screen is not
// about them anyway.
func (c *checker) showSigns(b *strings.Builder, current int) {
	var turned []string
	for _, n := range []int{outputLayerError, descend} {
		if c.results[n].Fault.Turned {
			turned = append(turned, fmt.Sprintf("%d (%s)", n, exercises[n-1].Name))
		}
	}
	switch {
	case len(turned) == 2:
		wrap(b, "", fmt.Sprintf("You flipped the sign in %s. That is also correct: two flipped signs cancel. (The series has out − y, and subtracts.)", strings.Join(turned, " and ")))
		b.WriteByte('\n')
	case c.open && !c.undecided(current):
		wrap(b, "", fmt.Sprintf("The sign is flipped in %s. Two flipped signs are also correct, such as y − out in OutputLayerError and weights + … in Descend, exercise %d.", turned[0], descend))
		b.WriteByte('\n')
	}
}

// at writes where a line of the exercises is.
func at(line int) string { return fmt.Sprintf("%s/%s:%d", folder, file, line) }

// titles say how far the learner is with the exercise that the screen is about.
var titles = map[state]string{done: "is done", notBegun: "is next", wrong: "is wrong", waits: "waits"}

func (c *checker) showCurrent(b *strings.Builder, n int) {
	e, r := exercises[n-1], c.results[n]
	title := titles[r.State]
	if c.asked > 0 && r.State == notBegun {
		title = "is not begun"
	}
	fmt.Fprintf(b, "%d of %d done. Exercise %d, %s (part %s), %s:\n\n", c.finished(), len(exercises), n, e.Name, e.Part, title)
	for _, line := range strings.Split(e.Equation, "\n") {
		fmt.Fprintf(b, "  %s\n", line)
	}
	b.WriteByte('\n')
	switch r.State {
	case notBegun:
		c.showNotBegun(b, e)
	case waits:
		wrap(b, "", fmt.Sprintf("Your %s calls %s, exercise %d, which is not done yet. Finish that first. Every exercise can also be done with those before it alone.", e.Name, exercises[r.Waits-1].Name, r.Waits))
	case wrong:
		c.showWrong(b, e, r)
	default:
		wrap(b, "", fmt.Sprintf("Your %s is correct. Ours: go run . workshop -solution %d", e.Name, n))
	}
	showPrinted(b, r)
	if other := c.otherWrong(n); other > 0 {
		fmt.Fprintf(b, "\nAlso wrong:  go run . workshop %d\n", other)
	}
	if r.State != done {
		b.WriteString("\nStuck?  go run . workshop -hint")
		if c.asked > 0 {
			fmt.Fprintf(b, " %d", c.asked)
		}
		b.WriteByte('\n')
	}
}

func (c *checker) showNotBegun(b *strings.Builder, e *exercise.Exercise) {
	then := "Save, and run this again."
	if c.watching {
		then = "Save."
	}
	wrap(b, "", fmt.Sprintf("Write %s in %s. The comment above it says what goes in and what comes out. %s", e.Name, at(c.source.line(e.Name)), then))
	for other, r := range c.results {
		if r.State == waits && r.Waits == e.Number {
			wrap(b, "", fmt.Sprintf("Your %s calls it, so exercise %d waits for it.", exercises[other-1].Name, other))
			break
		}
	}
}

// otherWrong returns the next exercise that is also wrong, or 0.
func (c *checker) otherWrong(n int) int {
	for i := range exercises {
		if other := 1 + (n+i)%len(exercises); other != n && c.results[other].State == wrong && !c.undecided(other) {
			return other
		}
	}
	return 0
}

func (c *checker) showWrong(b *strings.Builder, e *exercise.Exercise, r result) {
	f := r.Fault
	if f.Sentence != "" {
		wrap(b, "", f.Sentence)
	}
	if f.Cell != "" {
		fmt.Fprintf(b, "  %s is %s\n", f.Cell, f.Got)
		fmt.Fprintf(b, "  %*s %s\n", utf8.RuneCountInString(f.Cell)-len("expected")+len("expected is"), "expected", f.Want)
	}
	if f.Line > 0 {
		fmt.Fprintf(b, "\n  %s\n", at(f.Line))
		wrap(b, "    ", shorten(c.source.lineText(f.Line), 70))
	}
	if f.Inner > 0 {
		fmt.Fprintf(b, "  and, in what that calls, line %d: %s\n", f.Inner, shorten(c.source.lineText(f.Inner), 40))
	}
	if f.Line > 0 && f.Mistake == "" && len(r.Clues) > 0 {
		b.WriteByte('\n')
	}
	if f.Mistake != "" {
		b.WriteByte('\n')
		showMistake(b, f)
	} else if f.Cell != "" && f.Sentence == "" {
		b.WriteByte('\n')
		wrap(b, "", fmt.Sprintf("This is none of the mistakes that the checker knows. Your function: %s", at(c.source.line(e.Name))))
	}
	if f.Numbers != "" {
		wrap(b, "", f.Numbers)
	}
	for _, clue := range r.Clues {
		wrap(b, "", clue)
	}
	if f.Ask != "" {
		fmt.Fprintf(b, "\nHow the expected number is computed:\ngo run . explain %s\n", f.Ask)
	}
}

// showMistake writes the mistake's name, and what is wrong about it.
func showMistake(b *strings.Builder, f diagnosis.Fault) {
	wrap(b, "", "The mistake: "+f.Mistake+".")
	wrap(b, "", f.Why)
	wrap(b, "", fmt.Sprintf("To read again: part %s of the series.", f.Part))
}

// address matches what Go's print and println show of a matrix.
var address = regexp.MustCompile(`\[\d+/\d+\]0x`)

// showPrinted writes the first lines of what the learner's function printed.
func showPrinted(b *strings.Builder, r result) {
	if r.Printed == "" {
		return
	}
	b.WriteString("\nIt printed:\n")
	for _, line := range strings.Split(r.Printed, "\n") {
		fmt.Fprintf(b, "  %s\n", strings.TrimRight(shorten(line, 76), " "))
	}
	if r.More > 0 {
		fmt.Fprintf(b, "  … and %d more lines\n", r.More)
	}
	if address.MatchString(r.Printed) {
		wrap(b, "", "(print shows where a matrix is in the memory. Its numbers: fmt.Println.)")
	}
}

// showEnd is for a learner who has done everything.
func (c *checker) showEnd(b *strings.Builder) {
	wrap(b, "", fmt.Sprintf("All %d are done: this is backpropagation, and it is yours.", len(exercises)))
	b.WriteByte('\n')
	if c.failed != "" {
		wrap(b, "", "Then your functions trained a net on 130 flowers, which did not work. "+c.failed)
		return
	}
	wrap(b, "", "Your functions train a net on 130 flowers, as in part 14 (4-2-3, seed 10, learning rate 0.1), and ours train one beside it:")
	b.WriteString("\n                  yours               ours\n   epoch         MSE  accuracy         MSE  accuracy\n")
	equal := true
	for _, row := range c.rows {
		fmt.Fprintf(b, "%8d  %s  %s\n", row.Epoch, row.Yours, row.Ours)
		equal = equal && row.Yours == row.Ours
	}
	b.WriteByte('\n')
	if !equal {
		wrap(b, "", "They should be the same, and are not, although every exercise is correct with a few flowers. Is there a size or a number of epochs in your code, or something that remembers an earlier call?")
		b.WriteByte('\n')
	}
	wrap(b, "", "Now compare with ours: go run . workshop -solution 15. Then read network/network.go: you will know every line. What happens after more epochs: go run . train.")
}

// listed returns several words as in a sentence: a, b and c.
func listed(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// wrap writes text in lines of at most 78 characters. It breaks none at a no-break
// space, which it writes as a plain one: for code.
func wrap(b *strings.Builder, indent, text string) {
	width := 0
	for i, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
			b.WriteString(indent)
			width = len(indent)
		case width+1+n > 78:
			b.WriteString("\n" + indent)
			width = len(indent)
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(strings.ReplaceAll(word, "\u00a0", " "))
		width += n
	}
	b.WriteByte('\n')
}

// shorten cuts text to a length, with what is no printable character written as
// in Go.
func shorten(text string, most int) string {
	var runes []rune
	for _, r := range strings.ReplaceAll(strings.TrimRight(text, "\r"), "\t", "    ") {
		if unicode.IsPrint(r) {
			runes = append(runes, r)
		} else {
			runes = append(runes, []rune(strings.Trim(strconv.QuoteRune(r), "'"))...)
		}
	}
	if len(runes) > most {
		runes = append(runes[:most-1], '…')
	}
	return string(runes)
}
