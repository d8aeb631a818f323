package checker

import (
	"fmt"
	"strings"
	"testing"
)

// The hints of an exercise come one after the other, and the last one stays.
func TestHints(t *testing.T) {
	for _, test := range []struct {
		done, asked int
		exercise    int
		wants       []string
	}{
		{0, 0, 1, []string{"hint 1 of 3", "hint 2 of 3", "hint 3 of 3", "hint 3 of 3"}},
		{1, 0, 2, []string{"hint 1 of 3"}},
		{0, 9, 9, []string{"hint 1 of 3", "hint 2 of 3"}},
	} {
		dir := t.TempDir()
		e := exercises[test.exercise-1]
		for _, want := range test.wants {
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
			testSays(t, b.String(), fmt.Sprintf("Exercise %d, %s: %s", test.exercise, e.Name, want), e.Hints[want[len("hint ")]-'1'])
			if last := strings.Contains(b.String(), "That was the last hint."); last != strings.HasPrefix(want, "hint 3") {
				t.Errorf("%s, %s: got\n%s\nwant that it was the last one: %v", e.Name, want, b.String(), !last)
			}
		}
	}
}
