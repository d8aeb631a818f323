package checker

import (
	"strings"
	"testing"

	"backprop/network/workshop/exercise"
)

// Of what was printed, the first lines of the call that is spoken of are shown, and Go's
// last words are not.
func TestPrinted(t *testing.T) {
	lines := strings.Repeat("line\n", 12)
	for _, test := range []struct {
		name, output string
		before       int64   // the first call
		ends         []int64 // of the calls
		trial        int
		first        string
		more         int
	}{
		{"nothing", "", 0, []int64{0}, 0, "", 0},
		{"a line", "one\n", 0, []int64{4}, 0, "one", 0},
		{"before the first call", "init\none\n", 5, []int64{9}, 0, "one", 0},
		{"a later call", "one\ntwo\nthree\n", 0, []int64{4, 8, 14}, 2, "three", 0},
		{"a call that did not return", "one\ntwo", 0, []int64{4}, 1, "two", 0},
		{"many lines", lines, 0, []int64{60}, 0, strings.TrimSuffix(strings.Repeat("line\n", 10), "\n"), 2},
		{"last words", "one\ntwo\npanic: three\n\ngoroutine 1 [running]:\n", 0, []int64{4}, 1, "two", 0},
		{"no last words in what is over", "panic: one\ntwo\n", 0, []int64{11}, 0, "panic: one", 0},
		{"output closed after the first call", "one\n", 0, []int64{4, 0, 0}, 1, "", 0},
	} {
		p := &process{output: []byte(test.output), report: exercise.Report{Printed: test.before}}
		for _, end := range test.ends {
			p.report.Trials = append(p.report.Trials, exercise.Trial{Printed: end})
		}
		p.lastWords(2)
		if first, more := p.printed(test.trial); first != test.first || more != test.more {
			t.Errorf("%s: got %q and %d more, want %q and %d", test.name, first, more, test.first, test.more)
		}
	}
}
