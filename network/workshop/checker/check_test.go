package checker

import (
	"strings"
	"testing"
	"time"

	"backprop/network/workshop/diagnosis"
	"backprop/network/workshop/exercise"
)

// Somebody who has turned a sign and gone on is not held up by it until the other one is
// known. Both are right, and one alone is wrong.
func TestTurnedSigns(t *testing.T) {
	const both, one = "You flipped the sign in 8 (OutputLayerError) and 14 (Descend).", "Two flipped signs are also correct"
	for _, test := range []struct {
		name    string
		states  string // of the exercises from 8 on: d done, w wrong, n not begun, t turned
		current string
		done    int
		says    string
	}{
		{"at once", "tnnnnnnnn", "OutputLayerError", 7, ""},
		{"gone on", "twnnnnnnn", "OutputLayerDelta", 7, one},
		{"one more done", "tdnnnnnnn", "HiddenLayerError", 8, one},
		{"up to the descent", "tdddddnnn", "Descend", 12, one},
		{"the descent wrong", "tdddddwnn", "Descend", 12, one},
		{"the descent as in the series", "tddddddnn", "OutputLayerError", 13, ""},
		{"the descent turned", "tdddddtnn", "Step", 14, both},
		{"the descent turned, and an update left out", "tddddntnn", "Step", 13, both},
		{"the descent only", "dddddntnn", "Descend", 12, ""},
		{"the descent first", "nnnnnntnn", "Descend", 7, ""},
		{"the descent first, and gone on", "nnnnnntdn", "Train", 8, one},
		{"the error wrong", "wnnnnntnn", "OutputLayerError", 7, one},
	} {
		c := testChecker(t, startText)
		for _, e := range exercises {
			r := result{State: done}
			if e.Number >= 8 {
				switch test.states[e.Number-8] {
				case 'w':
					r = result{State: wrong, Fault: diagnosis.Fault{Sentence: "Wrong."}}
				case 'n':
					r.State = notBegun
				case 't':
					r = result{State: wrong, Fault: diagnosis.Fault{Mistake: "the sign is turned", Why: "Why.", Part: e.Part, Turned: true}}
				}
			}
			c.results[e.Number] = r
		}
		c.matchSigns()
		if n := c.current(); n == 0 || exercises[n-1].Name != test.current || c.finished() != test.done {
			t.Errorf("%s: got exercise %d and %d done, want %s and %d", test.name, n, c.finished(), test.current, test.done)
		}
		var b strings.Builder
		if err := c.show(&b); err != nil {
			t.Fatal(err)
		}
		testSays(t, b.String(), test.says)
		for _, text := range []string{both, one} {
			if text != test.says && strings.Contains(squeezed(b.String()), text) {
				t.Errorf("%s: got\n%s\nwant no %q in it", test.name, b.String(), text)
			}
		}
	}
}

// What calls an exercise that was stopped is not run, since it would be stopped also.
func TestCallsStopped(t *testing.T) {
	text := startText
	for _, name := range []string{"HiddenLayer", "MSE", "Step", "Train"} {
		text = with(t, text, name, solvedBody(name))
	}
	c := testChecker(t, text)
	hiddenLayer, step := exercise.Number("HiddenLayer"), exercise.Number("Step")
	for _, test := range []struct {
		name string
		n    int // the exercise that has the result
		r    result
		want string
	}{
		{"stopped", hiddenLayer, result{State: wrong, Stopped: true}, "Step Train"},
		{"wrong", hiddenLayer, result{State: wrong}, ""},
		{"calls what was stopped", step, result{State: waits}, "Train"},
	} {
		c.results = make([]result, len(exercises)+1)
		c.results[test.n] = test.r
		var list []string
		for _, e := range exercises {
			if c.callsStopped(e) {
				list = append(list, e.Name)
			}
		}
		if got := strings.Join(list, " "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// What takes too long may do so because of what it calls.
func TestOrSlow(t *testing.T) {
	c := testChecker(t, startText)
	c.results[15].Time = 1230 * time.Millisecond
	const stopped = "It was still running after 5 seconds of processor time, so it was stopped. "
	if got, want := c.orSlow(stopped+exercise.NeverEnds, []int{1, 15}), stopped+"One call of your Step takes 1.2 seconds, and ours takes less than a thousandth of a second."; !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, text := range []string{stopped + exercise.NeverEnds, ""} {
		if got := c.orSlow(text, []int{1, 14}); got != text {
			t.Errorf("got %q, want %q, since what it calls is not slow", got, text)
		}
	}
}
