package checker

import (
	"fmt"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/network/workshop/diagnosis"
)

// testScreen checks that the text fits a terminal.
func testScreen(t *testing.T, text string) {
	t.Helper()
	testkit.Screen(t, text)
	if n := strings.Count(text, "\n"); n > 48 {
		t.Errorf("got %d lines, want a screenful at most:\n%s", n, text)
	}
}

// Every screen fits the terminal, also with texts that are longer than those of any
// mistake (a test of package diagnosis has the same limits).
func TestScreensFit(t *testing.T) {
	long := func(word string, runes int) string { return strings.Repeat(word+" ", runes/(len(word)+1)) }
	worst := result{
		State: wrong,
		Fault: diagnosis.Fault{
			Sentence: "It panicked: " + long("very long", 200), Line: 5, Inner: 9,
			Mistake: long("mistakes", 100), Why: long("an explanation", 300), Part: "13",
		},
		Clues:   []string{long("what the text shows", 150)},
		Printed: strings.Repeat(strings.Repeat("long \x1b[31m", 50)+"\n", 9) + "end", More: 90,
	}
	number := result{State: wrong, Fault: diagnosis.Fault{
		Cell: "hidden_layer_outputs[4][1]", Got: "-0.1234567890123456", Want: "-0.12345678901234567",
		Ask: "new_weights_1 3 1 -flowers 1,51,101,52,149 -rate 0.13 -steps 7",
	}}
	for _, e := range exercises {
		for _, r := range []result{{State: notBegun}, {State: done}, worst, number} {
			c := testChecker(t, startText)
			c.asked, c.before = e.Number, []string{}
			for n := 1; n <= len(exercises); n++ {
				c.results[n].State = done
				if n > e.Number {
					c.results[n] = result{State: waits, Waits: e.Number}
				}
			}
			c.results[e.Number] = r
			var b strings.Builder
			if err := c.show(&b); err != nil {
				t.Fatal(err)
			}
			testSays(t, b.String(), fmt.Sprintf("> %d %s %s", e.Number, e.Name, r.State), r.Fault.Mistake, r.Fault.Want)
		}
	}
}
