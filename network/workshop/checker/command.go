// Package checker is the command workshop. It builds the learner's exercises, which
// are in the folder above, calls them with the right inputs, and says what is wrong,
// and which mistake that is. How to teach with it is in WORKSHOP.md.
package checker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"backprop/network/walkthrough/command"
)

// Run is the command workshop: it checks the exercises, in order.
func Run(call *command.Call) error {
	var resetN, solutionN, asked int
	call.Operands = "[EXERCISE]"
	hint := call.Flags.Bool("hint", false, "show the next of three hints for your exercise, or for EXERCISE")
	watch := call.Flags.Bool("watch", false, "check again at each save, until Ctrl-C")
	call.Flags.Func("reset", "put this `EXERCISE`, or all, back to its start; yours is kept in a file", func(text string) error {
		if text == "all" {
			resetN = allExercises
			return nil
		}
		if err := exerciseNumber(&resetN)(text); err != nil {
			return fmt.Errorf("%w, or all", err)
		}
		return nil
	})
	call.Flags.Func("solution", "show our solution of this `EXERCISE`, once yours is right", exerciseNumber(&solutionN))
	if err := call.Parse(); err != nil {
		return err
	}
	if len(call.Rest) > 0 {
		if err := exerciseNumber(&asked)(call.Rest[0]); err != nil {
			return command.UsageError{Err: fmt.Errorf("found %.40q, %w", call.Rest[0], err)}
		}
	}
	if len(call.Rest) > 1 || asked > 0 && (resetN != 0 || solutionN > 0) {
		return command.UsageError{Err: fmt.Errorf("found %.40q, expected one exercise", call.Rest[len(call.Rest)-1])}
	}
	if call.Flags.NFlag() > 1 {
		return command.UsageError{Err: errors.New("found several flags, expected one at a time (see -h)")}
	}
	dir, err := findFolder()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	switch {
	case *watch:
		return watchFile(ctx, call, dir, asked)
	case resetN != 0:
		return runReset(call.Out, dir, resetN)
	}
	c, err := checkAll(ctx, dir, asked)
	if err != nil {
		return err
	}
	switch {
	case c.compiler != "" && !(*hint && c.current() > 0):
		return c.showCompiler(call.Out)
	case solutionN > 0:
		return c.showSolution(call.Out, solutionN)
	case *hint:
		return c.showHint(call.Out)
	}
	return c.show(call.Out)
}

const allExercises = -1

// exerciseNumber reads the number of an exercise from a flag.
func exerciseNumber(n *int) func(string) error {
	return func(text string) (err error) {
		*n, err = strconv.Atoi(text)
		if err != nil || *n < 1 || *n > len(exercises) {
			return fmt.Errorf("expected an exercise, 1 to %d", len(exercises))
		}
		return nil
	}
}

// show writes the list of the exercises, and more about the current one.
func (c *checker) show(w io.Writer) error {
	var b strings.Builder
	b.WriteString("The workshop: backpropagation, written by you\n\n")
	n := c.current()
	half := len(exercises) / 2
	for i := 1; i <= half; i++ {
		fmt.Fprintf(&b, "%s\n", strings.TrimRight(c.entry(i, n)+"    "+c.entry(i+half, n), " "))
	}
	b.WriteByte('\n')
	if names := c.turnedNames(true); names != "" {
		wrap(&b, "", fmt.Sprintf("You turned the sign in %s. That is right, too: two turned signs cancel. (The series has out − y, and subtracts.)", names))
		b.WriteByte('\n')
	}
	if names := c.turnedNames(false); names != "" && c.open && !c.results[max(n, 1)].Turned {
		wrap(&b, "", fmt.Sprintf("The sign is turned in %s. Two turned signs are right, too, such as y − out in OutputLayerError and weights + … in Descend, exercise %d.", names, number("Descend")))
		b.WriteByte('\n')
	}
	if n == 0 {
		c.showEnd(&b)
	} else {
		c.showCurrent(&b, n)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// entry writes an exercise in the list.
func (c *checker) entry(i, current int) string {
	mark := " "
	if i == current {
		mark = ">"
	}
	r := c.results[i]
	text := string(r.State)
	if r.State == waits {
		text = fmt.Sprintf("waits for %d", r.Waits)
	}
	return fmt.Sprintf("%s %2d  %-16s  %-12s", mark, i, exercises[i-1].name, text)
}

// place writes where a function or a line of it is.
func (c *checker) place(line int) string { return fmt.Sprintf("%s/%s:%d", folder, file, line) }

func (c *checker) showCurrent(b *strings.Builder, n int) {
	e, r := exercises[n-1], c.results[n]
	title := map[state]string{done: "is done", notBegun: "is next", wrong: "is wrong", waits: "waits"}[r.State]
	if c.asked > 0 && r.State == notBegun {
		title = "is not begun"
	}
	fmt.Fprintf(b, "%d of %d done. Exercise %d, %s (part %s), %s:\n\n", c.finished(), len(exercises), n, e.name, e.part, title)
	for _, line := range strings.Split(e.equation, "\n") {
		fmt.Fprintf(b, "  %s\n", line)
	}
	b.WriteByte('\n')
	switch r.State {
	case notBegun:
		wrap(b, "", fmt.Sprintf("Write %s in %s. The comment above it says what goes in and what comes out. Save, and run this again.", e.name, c.place(c.source.line(e.name))))
		for other, r := range c.results {
			if r.State == waits && r.Waits == n {
				wrap(b, "", fmt.Sprintf("Your %s calls it, so exercise %d waits for it.", exercises[other-1].name, other))
				break
			}
		}
	case waits:
		wrap(b, "", fmt.Sprintf("It needs exercise %d, %s, which is not done yet. Every exercise can be done with those before it.", r.Waits, exercises[max(r.Waits, 1)-1].name))
	case wrong:
		c.showWrong(b, e, r)
	default:
		wrap(b, "", fmt.Sprintf("Your %s is right. Ours: go run . workshop -solution %d", e.name, n))
	}
	if r.Printed != "" {
		b.WriteString("\nIt printed:\n")
		writePrinted(b, r.Printed, r.More)
		if address.MatchString(r.Printed) {
			wrap(b, "", "(print shows where a matrix is in the memory. Its numbers: fmt.Println.)")
		}
	}
	if other := c.otherWrong(n); other > 0 {
		fmt.Fprintf(b, "\nAlso wrong:  go run . workshop %d\n", other)
	}
	if r.State != done {
		b.WriteString(strings.TrimRight("\nStuck?  go run . workshop -hint "+c.askedText(), " ") + "\n")
	}
}

// askedText returns the exercise that the learner asked for, as an argument, or "".
func (c *checker) askedText() string {
	if c.asked == 0 {
		return ""
	}
	return strconv.Itoa(c.asked)
}

// otherWrong returns the next exercise that is wrong, too, or 0.
func (c *checker) otherWrong(n int) int {
	for i := range exercises {
		if other := 1 + (n+i)%len(exercises); other != n && c.results[other].State == wrong && !(c.results[other].Turned && c.open) {
			return other
		}
	}
	return 0
}

// address matches what Go's print and println show of a matrix.
var address = regexp.MustCompile(`\[\d+/\d+\]0x`)

func (c *checker) showWrong(b *strings.Builder, e exercise, r result) {
	if r.Fault != "" {
		wrap(b, "", r.Fault)
	}
	if r.Cell != "" {
		fmt.Fprintf(b, "  %s is %s\n", r.Cell, r.Got)
		fmt.Fprintf(b, "  %*s %s\n", utf8.RuneCountInString(r.Cell)-len("expected")+len("expected is"), "expected", r.Want)
	}
	if r.Line > 0 {
		fmt.Fprintf(b, "\n  %s\n", c.place(r.Line))
		wrap(b, "    ", shorten(c.source.lineText(r.Line), 70))
	}
	if r.Mistake != "" {
		if r.Mistake == allZeros {
			as, why := c.source.clues(e.name)
			r.Mistake, r.Why = as, r.Why+why
		}
		b.WriteByte('\n')
		wrap(b, "", "The mistake: "+r.Mistake+".")
		wrap(b, "", r.Why)
		wrap(b, "", fmt.Sprintf("To read again: part %s of the series.", r.Part))
	} else if r.Cell != "" && r.Fault == "" {
		b.WriteByte('\n')
		wrap(b, "", fmt.Sprintf("This is none of the mistakes that the checker knows. Your function: %s", c.place(c.source.line(e.name))))
	}
	if line := c.source.oldReturn(e.name); line > 0 {
		wrap(b, "", fmt.Sprintf("Line %d returns, so what stands behind it is never done. Is it the return of the start?", line))
	}
	if line, name := c.source.copyChanged(e.name); line > 0 && r.Cell != "" {
		wrap(b, "", fmt.Sprintf("In line %d, %s is a copy: setting it changes nothing else. What sets a number of a matrix is c[i][j] = ….", line, name))
	}
	if r.Ask != "" {
		b.WriteString("\nHow the expected number is computed:\n")
		fmt.Fprintf(b, "  go run . explain %s\n", r.Ask)
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
	wrap(b, "", "Your functions train a net on 130 flowers, as in part 14 (4-2-3, seed 10, learning rate 0.1), and beside it ours does:")
	b.WriteString("\n                  yours               ours\n   epoch         MSE  accuracy         MSE  accuracy\n")
	equal := true
	for _, r := range c.rows {
		fmt.Fprintf(b, "%8d  %s  %s\n", r.Epoch, r.Yours, r.Ours)
		equal = equal && r.Yours == r.Ours
	}
	b.WriteByte('\n')
	if !equal {
		wrap(b, "", "They should be the same, and are not, although every exercise is right with a few flowers. Is there a size in your code, or something that remembers an earlier call?")
		b.WriteByte('\n')
	}
	wrap(b, "", "Now compare with ours: go run . workshop -solution 15. Then read network/network.go: you will know every line. What happens after more epochs: go run . train.")
}

// showSolution writes our function, if the learner's is right.
func (c *checker) showSolution(w io.Writer, n int) error {
	e := exercises[n-1]
	if r := c.results[n]; r.State != done {
		return fmt.Errorf("-solution %d: found %s %s, expected it done first", n, e.name, r.State)
	}
	_, err := fmt.Fprintf(w, "Our %s, exercise %d:\n\n%s\n", e.name, n, strings.ReplaceAll(solution(e.name), "\t", "    "))
	return err
}

// showHint writes the next hint for the current exercise. Which one was the last
// stands in a file beside the exercises, so that it is still known tomorrow.
func (c *checker) showHint(w io.Writer) error {
	n := c.current()
	if n == 0 {
		_, err := fmt.Fprintf(w, "All %d exercises are done: there is nothing to hint at.\n", len(exercises))
		return err
	}
	e := exercises[n-1]
	remembered := filepath.Join(c.dir, "hint.txt")
	shown := 0
	if text, err := os.ReadFile(remembered); err == nil {
		var name string
		var last int
		if _, err := fmt.Sscan(string(text), &name, &last); err == nil && name == e.name && last > 0 {
			shown = last
		}
	}
	shown = min(shown+1, len(e.hints))
	noteErr := os.WriteFile(remembered, []byte(fmt.Sprintf("%s %d\n", e.name, shown)), 0o666)
	var b strings.Builder
	fmt.Fprintf(&b, "Exercise %d, %s: hint %d of %d\n\n", n, e.name, shown, len(e.hints))
	wrap(&b, "", e.hints[shown-1])
	fmt.Fprintf(&b, "\nIt is at %s. ", c.place(c.source.line(e.name)))
	if shown < len(e.hints) {
		b.WriteString("Another hint: the same again.\n")
	} else {
		b.WriteString("That was the last hint.\n")
	}
	if noteErr != nil {
		wrap(&b, "", fmt.Sprintf("(That this hint was shown could not be noted: %v.)", noteErr))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func runReset(w io.Writer, dir string, n int) error {
	name, what := "", file
	if n != allExercises {
		name = exercises[n-1].name
		what = fmt.Sprintf("Exercise %d, %s,", n, name)
	}
	changed, kept, err := reset(dir, name)
	switch {
	case err != nil:
	case !changed:
		_, err = fmt.Fprintf(w, "%s is as at the start already.\n", what)
	case kept == "":
		_, err = fmt.Fprintf(w, "%s is there again, as at the start.\n", what)
	default:
		_, err = fmt.Fprintf(w, "%s is as at the start again. What you had is kept in\n%s/%s\n", what, folder, filepath.Base(kept))
	}
	return err
}

// watchFile checks again and again, after each save, until Ctrl-C.
func watchFile(ctx context.Context, call *command.Call, dir string, asked int) error {
	path := filepath.Join(dir, file)
	for {
		before := stamp(path)
		fmt.Fprintln(call.Out, strings.Repeat("=", 78))
		c, err := checkAll(ctx, dir, asked)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil: // the file may be there again in a moment
			var b strings.Builder
			wrap(&b, "", err.Error())
			call.Out.WriteString(b.String())
		case c.compiler != "":
			c.showCompiler(call.Out) // whether it can be written, Flush says
		default:
			c.show(call.Out)
		}
		fmt.Fprintf(call.Out, "\nWatching %s/%s: save it to check again, Ctrl-C to end.\n", folder, file)
		if err := call.Out.Flush(); err != nil { // it is to be seen now, not at the end
			return err
		}
		for stamp(path) == before {
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(200 * time.Millisecond):
			}
		}
	}
}

// stamp changes when the file is saved. While it is being saved, there may be
// none for a moment.
func stamp(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.ModTime().UnixNano(), info.Size())
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

// writePrinted writes the first lines of what the learner's function printed.
func writePrinted(b *strings.Builder, first string, more int) {
	for _, line := range strings.Split(first, "\n") {
		fmt.Fprintf(b, "  %s\n", strings.TrimRight(shorten(line, 76), " "))
	}
	if more > 0 {
		fmt.Fprintf(b, "  … and %d more lines\n", more)
	}
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
