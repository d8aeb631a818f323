package exercise

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"backprop/matrix"
)

// A Trial is one call of a learner's function, as it was.
type Trial struct {
	Answer  Answer        // unless it panicked
	Panic   string        // the first line of what it panicked with, or "" if it did not
	Lines   []int         // of exercises.go, where it panicked: in its own function, then in what that called
	Outside bool          // it panicked in a package that is called there, such as matrix
	Changed string        // the name of the input that it changed, or ""
	Time    time.Duration // of the processor, which the call took
	Printed int64         // how many bytes had been printed when the call ended, from the start on
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

// NeverEnds is what a Report asks where something took too long.
const NeverEnds = "Is there a loop that never ends?"

// calls is how many a whole report has.
const calls = 4

// Whole reports whether the process came to where it ends the report: everything was
// called, or something was stopped.
func (r *Report) Whole() bool {
	return len(r.Trials) == calls || r.Rows != nil || r.Stopped != ""
}

// Try calls the exercise's function of f with copies of the inputs, and records what it
// did. Nothing that a later call does changes the record. (Time and Printed are for the
// caller, who knows the process.)
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

const longestPanic = 200 // characters that are recorded

// try calls the function and catches its panic.
func (e *Exercise) try(f *Functions, in *Inputs) (t Trial) {
	defer func() {
		if v := recover(); v != nil {
			what, _, _ := strings.Cut(fmt.Sprint(v), "\n")
			if runes := []rune(what); len(runes) > longestPanic {
				what = string(runes[:longestPanic]) + "…"
			}
			if what == "" {
				what = "nothing" // Panic would else say that it did not
			}
			t = Trial{Panic: what}
			t.Lines, t.Outside = panicLines(e.Name)
		}
	}()
	return Trial{Answer: e.Call(f, in)}
}

// panicLines returns the lines of exercises.go that were on the stack of a panic, from the
// function of that name on to where it panicked. (If it is not there, such as for a variable
// with a function, only the last one counts.) It reports whether that called the package
// that panicked.
func panicLines(name string) (lines []int, outside bool) {
	pcs := make([]uintptr, 1000)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		frame, more := frames.Next()
		switch {
		case filepath.Base(frame.File) == "exercises.go":
			lines = append(lines, frame.Line)
			if slices.Contains(strings.Split(frame.Function, "."), name) {
				slices.Reverse(lines)
				return lines, outside
			}
		case len(lines) == 0 && !strings.HasPrefix(frame.Function, "runtime."):
			outside = true
		}
		if !more {
			return lines[:min(1, len(lines))], outside
		}
	}
}
