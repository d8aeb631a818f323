package checker

import (
	"testing"

	"backprop/data/testkit"
)

// What -reset puts back is what the project comes with.
func TestStart(t *testing.T) {
	text := testkit.Text(t, folder+"/"+file)
	s := parse(text)
	for _, e := range exercises {
		if !s.empty(e.Name) {
			return // who has begun may run the tests, too
		}
	}
	if text != startText {
		t.Errorf("%s and start.txt differ, want them the same as long as no exercise is begun", file)
	}
}
