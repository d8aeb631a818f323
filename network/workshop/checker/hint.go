package checker

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// showSolution writes our function, if the learner's is right.
func (c *checker) showSolution(w io.Writer, n int) error {
	e := exercises[n-1]
	if r := c.results[n]; r.State != done {
		return fmt.Errorf("-solution %d: found %s %s, expected it done first", n, e.Name, r.State)
	}
	from, to := parse(solutions.Text).span(e.Name)
	text := strings.NewReplacer("\r\n", "\n", "\t", "    ").Replace(solutions.Text[from:to])
	_, err := fmt.Fprintf(w, "Our %s, exercise %d:\n\n%s\n", e.Name, n, text)
	return err
}

// showHint writes the next hint for the current exercise.
func (c *checker) showHint(w io.Writer) error {
	n := c.current()
	if n == 0 {
		_, err := fmt.Fprintf(w, "All %d exercises are done: there is nothing to hint at.\n", len(exercises))
		return err
	}
	e := exercises[n-1]
	next, noteErr := nextHint(filepath.Join(c.dir, "hint.txt"), e)
	var b strings.Builder
	fmt.Fprintf(&b, "Exercise %d, %s: hint %d of %d\n\n", n, e.Name, next, len(e.Hints))
	wrap(&b, "", e.Hints[next-1])
	fmt.Fprintf(&b, "\nIt is at %s. ", at(c.source.line(e.Name)))
	if next < len(e.Hints) {
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

// nextHint returns the number of the exercise's next hint, from 1, and notes it in the
// file, so that it is still known tomorrow which was the last one.
func nextHint(noteFile string, e *exercise.Exercise) (next int, err error) {
	last := 0
	if text, err := os.ReadFile(noteFile); err == nil {
		var name string
		var noted int
		if _, err := fmt.Sscan(string(text), &name, &noted); err == nil && name == e.Name && noted > 0 {
			last = noted
		}
	}
	next = min(last+1, len(e.Hints))
	return next, os.WriteFile(noteFile, []byte(fmt.Sprintf("%s %d\n", e.Name, next)), 0o666)
}
