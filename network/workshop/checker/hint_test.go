package checker

import (
	"fmt"
	"strings"
	"testing"

	"backprop/network/workshop/diagnosis"
)

// The hints of an exercise come one after the other, and the last one stays. A hint for
// another exercise in between changes nothing.
func TestHints(t *testing.T) {
	dir := t.TempDir()
	for _, test := range []struct {
		done, asked int
		exercise    int
		hint        int
	}{
		{0, 0, 1, 1}, {0, 0, 1, 2}, {0, 9, 9, 1}, {0, 0, 1, 3}, {0, 0, 1, 3},
		{1, 0, 2, 1}, {1, 9, 9, 2}, {1, 1, 1, 3},
	} {
		c := testChecker(t, startText)
		c.dir, c.asked = dir, test.asked
		for n := range exercises {
			c.results[n+1].State = notBegun
			if n < test.done {
				c.results[n+1].State = done
			}
		}
		var b strings.Builder
		if err := c.showHint(&b); err != nil {
			t.Fatal(err)
		}
		e := exercises[test.exercise-1]
		testSays(t, b.String(), fmt.Sprintf("Exercise %d, %s: hint %d of 3", e.Number, e.Name, test.hint), e.Hints[test.hint-1])
		if last := strings.Contains(b.String(), "That was the last hint."); last != (test.hint == 3) {
			t.Errorf("%s, hint %d: got\n%s\nwant that it was the last one: %v", e.Name, test.hint, b.String(), !last)
		}
	}
}

// A mistake that was named is the first help, before the hint.
func TestHintAfterMistake(t *testing.T) {
	for _, test := range []struct{ mistake, want string }{
		{"an example", "hint 1 of 3\n\nThe checker named a mistake. Look at that first.\n\nThe mistake: an example.\nWhy it is one.\nTo read again: part 4 of the series.\n\nThe hint, if that is not enough:\n"},
		{"", "hint 1 of 3\n\n" + exercises[0].Hints[0][:20]},
	} {
		c := testChecker(t, startText)
		c.dir = t.TempDir()
		c.results[1] = result{State: wrong, Fault: diagnosis.Fault{Mistake: test.mistake, Why: "Why it is one.", Part: "4"}}
		var b strings.Builder
		if err := c.showHint(&b); err != nil {
			t.Fatal(err)
		}
		testSays(t, b.String(), exercises[0].Hints[0])
		if !strings.Contains(b.String(), test.want) {
			t.Errorf("got\n%s\nwant\n%s", b.String(), test.want)
		}
	}
}
