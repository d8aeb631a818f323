package exercise

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"backprop/matrix"
)

// A Trial is one call of a learner's function, as it was.
type Trial struct {
	Answer  Answer // unless it panicked
	Panic   string // the first line of what it panicked with, or "" if it did not
	Line    int    // of exercises.go, where it panicked, or 0
	Changed string // the name of the input that it changed, or ""
	Printed int64  // how many bytes had been printed when the call ended, from the start on
}

// Gives reports whether the two calls gave the same: to the last digit, and NaN where the
// other has NaN.
func (t *Trial) Gives(other *Trial) bool {
	return t.Panic == other.Panic && slices.EqualFunc(t.Answer, other.Answer, func(a, b matrix.Matrix) bool {
		return slices.EqualFunc(a, b, func(x, y []float64) bool { return slices.Compare(x, y) == 0 })
	})
}

// A Report is what was found out about one exercise: four calls, as far as it came, with
// the inputs of OfTrials.
type Report struct {
	Printed int64 // how many bytes had been printed before the first call
	Trials  []Trial
	Stopped string // why there are no more, in a sentence, or ""
	Stacks  string // of all goroutines, when it was stopped
	Rows    []Row  // of the training at the end, instead of trials
}

// calls is how many a whole report has.
const calls = 4

// Whole reports whether the process came to where it ends the report: everything was
// called, or something was stopped.
func (r *Report) Whole() bool {
	return len(r.Trials) == calls || r.Rows != nil || r.Stopped != ""
}

// Try calls the exercise's function of f with copies of the inputs, and records what it
// did. Nothing that a later call does changes the record. (Printed is for the caller,
// who knows where the output goes.)
func Try(e *Exercise, f *Functions, in *Inputs) Trial {
	given := in.Clone()
	t := e.try(f, given)
	t.Answer = t.Answer.clone()
	if t.Panic == "" {
		t.Changed = given.changed(in)
	}
	if e.Name == "Descend" && strings.HasPrefix(t.Changed, "weights") {
		t.Changed = "weights" // as its parameter is called
	}
	return t
}

// try calls the function and catches its panic.
func (e *Exercise) try(f *Functions, in *Inputs) (t Trial) {
	defer func() {
		if v := recover(); v != nil {
			what, _, _ := strings.Cut(fmt.Sprint(v), "\n")
			if what == "" {
				what = "nothing" // Panic would else say that it did not
			}
			t = Trial{Panic: what, Line: panicLine(e.Name)}
		}
	}()
	return Trial{Answer: e.Call(f, in)}
}

// panicLine returns the line of exercises.go that panicked: in the function of that name
// if it is on the stack, else in what it called.
func panicLine(name string) int {
	pcs := make([]uintptr, 1000)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	line := 0
	for {
		frame, more := frames.Next()
		if filepath.Base(frame.File) == "exercises.go" {
			if slices.Contains(strings.Split(frame.Function, "."), name) {
				return frame.Line
			}
			if line == 0 {
				line = frame.Line
			}
		}
		if !more {
			return line
		}
	}
}
