package testkit

import (
	"fmt"
	"strings"
	"testing"
)

// A recorder is a test that counts its errors.
type recorder struct {
	testing.TB
	errors int
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.errors++ }

func TestScreen(t *testing.T) {
	for _, test := range []struct {
		name, text string
		good       bool
	}{
		{"nothing", "", true},
		{"80 columns", strings.Repeat("é", 80) + "\n", true},
		{"81 columns", strings.Repeat("é", 81) + "\n", false},
		{"a blank line", "one\n\ntwo\n", true},
		{"a blank at the end of a line", "one \ntwo\n", false},
		{"no line break at the end", "one", false},
		{"two line breaks at the end", "one\n\n", false},
		{"the help of package flag", "  -rate\n    \tthe learning rate\n", true},
		{"a tab", "a\tb\n", false},
		{"a color", "\x1b[31mred\n", false},
		{"a carriage return", "one\r\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &recorder{TB: t}
			Screen(r, test.text)
			if got := r.errors == 0; got != test.good {
				t.Errorf("got %q taken for good: %v, want %v", test.text, got, test.good)
			}
		})
	}
}

// The first pass is the notebook's, with the MSE that the series prints.
func TestReference(t *testing.T) {
	pass := Reference(t).Passes[0]
	if r := pass.Request; len(r.Flowers) != 3 || r.Hidden != 2 || r.Rate != 0.1 || r.Seed != 10 || r.Steps != 1 {
		t.Errorf("got the settings %+v, want those of part 13", r)
	}
	if a := pass.Answer; a.N != 9 || len(a.Matrices) != 24 || len(a.Matrices["weights_2.T"]) != 3 {
		t.Errorf("got N %v and %d matrices, want 9 and 24", a.N, len(a.Matrices))
	}
	if got, want := fmt.Sprintf("%.12f %.12f", pass.Answer.MSEBefore, pass.Answer.MSEAfter), "0.138311268008 0.137974921697"; got != want {
		t.Errorf("got the MSE before and after the step %s, want %s", got, want)
	}
}
