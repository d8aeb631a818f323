// Package workshop has the exercises in which a learner writes backpropagation,
// and the checker that names the mistake. The exercises are exercises.go; how to
// teach with them is in WORKSHOP.md.
package workshop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"backprop/iris"
	"backprop/network/walkthrough"
)

// Run is the command workshop: it checks the exercises, in order.
func Run(call *walkthrough.Call) error {
	flowers, err := iris.Read(strings.NewReader(call.Data))
	if err != nil {
		return err
	}
	if len(call.Args) == 2 && call.Args[0] == childArgument {
		return runChild(call.Args[1], flowers, learners())
	}
	var resetN, solutionN int
	hint := call.Flags.Bool("hint", false, "show the next of three hints for the exercise that you are at")
	watch := call.Flags.Bool("watch", false, "check again at each save, until Ctrl-C")
	call.Flags.Func("reset", "empty this `EXERCISE`, and keep what you have in a file beside it", exerciseNumber(&resetN))
	call.Flags.Func("solution", "show our solution of this `EXERCISE`, once yours is right", exerciseNumber(&solutionN))
	if err := call.Parse(); err != nil {
		return err
	}
	if call.Flags.NFlag() > 1 {
		return walkthrough.UsageError{Err: errors.New("found several of -hint, -watch, -reset and -solution, expected one at a time")}
	}
	switch {
	case *watch:
		return watchFile(call)
	case resetN > 0:
		return runReset(call.Out, resetN)
	}

	s, err := parse(exercisesGo)
	if err != nil {
		return err // it was compiled, so it can be parsed
	}
	c, err := checkAll(s)
	if err != nil {
		return err
	}
	switch {
	case solutionN > 0:
		return c.showSolution(call.Out, solutionN)
	case *hint:
		return c.showHint(call.Out)
	}
	return c.show(call.Out)
}

// exerciseNumber reads the number of an exercise from a flag.
func exerciseNumber(n *int) func(string) error {
	return func(text string) (err error) {
		*n, err = strconv.Atoi(text)
		if err != nil || *n < 1 || *n > len(exercises) {
			return fmt.Errorf("expected the number of an exercise, from 1 to %d", len(exercises))
		}
		return nil
	}
}

// show writes the list of the exercises, and more about the current one.
func (c *checker) show(w io.Writer) error {
	var b strings.Builder
	b.WriteString("The workshop: backpropagation, written by you\n\n")
	if dir, err := findFolder(); err == nil {
		if now, err := os.ReadFile(filepath.Join(dir, file)); err == nil && string(now) != c.source.text {
			writeText(&b, "", file+" was saved after this program was built, and this is about the older one. To check the new one: go run . workshop")
			b.WriteByte('\n')
		}
	}
	n := c.current()
	half := len(exercises) / 2
	for i := 1; i <= half; i++ {
		fmt.Fprintf(&b, "%s\n", strings.TrimRight(c.entry(i, n)+"    "+c.entry(i+half, n), " "))
	}
	b.WriteByte('\n')
	if c.results[number("Descend")].Mistake != "" && c.results[number("Descend")].State == done {
		writeText(&b, "", "You turned both signs, y − out in OutputLayerError and weights + … in Descend. That is right, too: two turned signs cancel. (The series has out − y, and subtracts.)")
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
	finished := 0
	for _, r := range c.results[1:] {
		if r.State == done {
			finished++
		}
	}
	title := map[state]string{notBegun: "is next", wrong: "is wrong", waits: "waits"}[r.State]
	fmt.Fprintf(b, "%d of %d done. Exercise %d, %s (part %s), %s:\n\n", finished, len(exercises), n, e.name, e.part, title)
	for _, line := range strings.Split(e.equation, "\n") {
		fmt.Fprintf(b, "  %s\n", line)
	}
	b.WriteByte('\n')
	switch r.State {
	case notBegun:
		writeText(b, "", fmt.Sprintf("Write %s in %s. The comment above it says what goes in and what comes out. Save, and run this again.", e.name, c.place(c.source.line(e.name))))
	case waits:
		writeText(b, "", fmt.Sprintf("It calls exercise %d, %s, which is not done yet. Every exercise can be done with those before it.", r.Waits, exercises[max(r.Waits, 1)-1].name))
	default:
		c.showWrong(b, e, r)
	}
	if r.Printed != "" {
		b.WriteString("\nIt printed:\n")
		writePrinted(b, r.Printed)
	}
	b.WriteString("\nStuck?  go run . workshop -hint\n")
}

func (c *checker) showWrong(b *strings.Builder, e exercise, r result) {
	if r.Fault != "" {
		writeText(b, "", r.Fault)
	}
	if r.Cell != "" {
		fmt.Fprintf(b, "  %s is %s\n", r.Cell, r.Got)
		fmt.Fprintf(b, "  %*s %s\n", utf8.RuneCountInString(r.Cell)-len("expected")+len("expected is"), "expected", r.Want)
	}
	if r.Line > 0 {
		fmt.Fprintf(b, "\n  %s\n", c.place(r.Line))
		writeText(b, "    ", shorten(c.source.lineText(r.Line), 70))
	}
	if r.Mistake != "" {
		b.WriteByte('\n')
		writeText(b, "", "The mistake: "+r.Mistake+".")
		writeText(b, "", r.Why)
		writeText(b, "", fmt.Sprintf("To read again: part %s of the series.", r.Part))
	} else if r.Line == 0 {
		b.WriteByte('\n')
		writeText(b, "", fmt.Sprintf("This is none of the mistakes that the checker knows. Your function: %s", c.place(c.source.line(e.name))))
	}
	if r.Ask != "" {
		b.WriteString("\nHow the expected number is computed:\n")
		fmt.Fprintf(b, "  go run . explain %s\n", r.Ask)
	}
}

// showEnd is for a learner who has done everything.
func (c *checker) showEnd(b *strings.Builder) {
	writeText(b, "", fmt.Sprintf("All %d are done: this is backpropagation, and it is yours.", len(exercises)))
	b.WriteByte('\n')
	if c.err != nil {
		writeText(b, "", "Then your functions trained a net on 130 flowers, which did not work. "+c.err.Error())
		return
	}
	writeText(b, "", "Your functions train a net on 130 flowers, as in part 14 (4-2-3, seed 10, learning rate 0.1), and beside it ours does:")
	b.WriteString("\n                  yours               ours\n   epoch         MSE  accuracy         MSE  accuracy\n")
	for _, row := range c.rows {
		fmt.Fprintf(b, "%s\n", row)
	}
	b.WriteByte('\n')
	writeText(b, "", "Now compare with ours: go run . workshop -solution 15. Then read network/network.go: you will know every line. What happens after more epochs: go run . train.")
}

// showSolution writes our function, if the learner's is right.
func (c *checker) showSolution(w io.Writer, n int) error {
	e := exercises[n-1]
	if r := c.results[n]; r.State != done {
		return fmt.Errorf("-solution %d: found %s %s, expected it to be done first (a hint: go run . workshop -hint)", n, e.name, r.State)
	}
	text, err := solution(e.name)
	if err != nil {
		return err
	}
	text = strings.Trim(text, "{}\n")
	_, err = fmt.Fprintf(w, "Our %s, exercise %d:\n\n%s\n", e.name, n, strings.ReplaceAll(text, "\t", "    "))
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
	dir, err := findFolder()
	if err != nil {
		return err
	}
	e := exercises[n-1]
	remembered := filepath.Join(dir, "hint.txt")
	shown := 0
	if text, err := os.ReadFile(remembered); err == nil {
		var name string
		var last int
		if _, err := fmt.Sscan(string(text), &name, &last); err == nil && name == e.name && last > 0 {
			shown = last
		}
	}
	shown = min(shown+1, len(e.hints))
	if err := os.WriteFile(remembered, []byte(fmt.Sprintf("%s %d\n", e.name, shown)), 0o666); err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Exercise %d, %s: hint %d of %d\n\n", n, e.name, shown, len(e.hints))
	writeText(&b, "", e.hints[shown-1])
	fmt.Fprintf(&b, "\nIt is at %s. ", c.place(c.source.line(e.name)))
	if shown < len(e.hints) {
		b.WriteString("Another hint: the same again.\n")
	} else {
		b.WriteString("That was the last hint.\n")
	}
	_, err = io.WriteString(w, b.String())
	return err
}

func runReset(w io.Writer, n int) error {
	dir, err := findFolder()
	if err != nil {
		return err
	}
	name := exercises[n-1].name
	kept, err := reset(dir, name)
	if err != nil {
		return err
	}
	if kept == "" {
		_, err = fmt.Fprintf(w, "Exercise %d, %s, is empty already.\n", n, name)
		return err
	}
	_, err = fmt.Fprintf(w, "Exercise %d, %s, is empty again. What you had is kept in\n%s/%s\n", n, name, folder, filepath.Base(kept))
	return err
}

// watchFile runs the workshop again and again, after each save, until Ctrl-C.
func watchFile(call *walkthrough.Call) error {
	dir, err := findFolder()
	if err != nil {
		return err
	}
	goTool, err := exec.LookPath("go")
	if err != nil {
		return fmt.Errorf("-watch: found no go command, expected one to build with: %w", err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	path := filepath.Join(dir, file)
	for {
		before := stamp(path)
		cmd := exec.CommandContext(ctx, goTool, "run", ".", "workshop")
		cmd.Dir = filepath.Dir(filepath.Dir(dir))
		out, err := cmd.CombinedOutput() // what does not compile, the compiler says
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && len(out) == 0 {
			return fmt.Errorf("-watch: go run: %w", err)
		}
		fmt.Fprintf(call.Out, "%s\n%s\nWatching %s/%s: save it to check again, Ctrl-C to end.\n", strings.Repeat("=", 78), out, folder, file)
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

// writeText writes text in lines of at most 78 characters.
func writeText(b *strings.Builder, indent, text string) {
	width := 0
	for i, word := range strings.Fields(text) {
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
		b.WriteString(word)
		width += n
	}
	b.WriteByte('\n')
}

// writePrinted writes the first lines of what the learner's function printed.
func writePrinted(b *strings.Builder, text string) {
	const most = 10
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		if i == most {
			fmt.Fprintf(b, "  … and %d more lines\n", len(lines)-most)
			break
		}
		fmt.Fprintf(b, "  %s\n", strings.TrimRight(shorten(line, 76), " "))
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
