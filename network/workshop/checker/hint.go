package checker

import (
	"fmt"
	"io"
	"strings"

	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// showSolution writes our function, if the learner's is correct.
func (c *checker) showSolution(w io.Writer, n int) error {
	e := exercises[n-1]
	if r := c.results[n]; r.State != done {
		return fmt.Errorf("-solution %d: finish exercise %d, %s, before asking for our solution", n, n, e.Name)
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
	e, r := exercises[n-1], c.results[n]
	var next int
	forgotten := remember(c.dir, func(p *progress) { next = p.nextHint(e) })
	var b strings.Builder
	fmt.Fprintf(&b, "Exercise %d, %s: hint %d of %d\n\n", n, e.Name, next, len(e.Hints))
	if r.State == wrong && r.Fault.Mistake != "" {
		b.WriteString("The checker named a mistake. Look at that first.\n\n")
		showMistake(&b, r.Fault)
		b.WriteString("\nThe hint, if that is not enough:\n")
	}
	wrap(&b, "", e.Hints[next-1])
	fmt.Fprintf(&b, "\nYour %s is at %s.\n", e.Name, at(c.source.line(e.Name)))
	if next < len(e.Hints) {
		b.WriteString("The same command again shows the next hint.\n")
	} else {
		b.WriteString("That was the last hint.\n")
	}
	showForgotten(&b, forgotten)
	_, err := io.WriteString(w, b.String())
	return err
}

// nextHint returns the number of the exercise's next hint, from 1, and counts it as shown.
func (p *progress) nextHint(e *exercise.Exercise) int {
	if p.Hints == nil {
		p.Hints = map[string]int{}
	}
	next := min(max(p.Hints[e.Name], 0)+1, len(e.Hints))
	p.Hints[e.Name] = next
	return next
}
