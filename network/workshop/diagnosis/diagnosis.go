// Package diagnosis has what is wrong in the workshop: the mistakes, written as a learner
// would write them, and finding the one that explains what a learner's function did. It
// knows nothing of terminals, of builds, or of the learner's source text.
package diagnosis

import (
	"backprop/iris"
	"backprop/network/workshop/exercise"
)

// A Fault is what is wrong with an exercise.
type Fault struct {
	Sentence string // what is wrong, or ""
	Cell     string // the first number that differs, such as y[0][1], and
	Got      string // what it is, and
	Want     string // what it should be
	Ask      string // the arguments of the command explain for that number, if it knows it
	Line     int    // of exercises.go, where it panicked, or 0

	Mistake, Why, Part string // "" if it is none that we know
	Turned             bool   // correct but for a sign that may be turned if another one is, too
}

// A Diagnoser finds what is wrong. What it compares with is computed once, however much
// is examined.
type Diagnoser struct {
	given []*exercise.Inputs // of the trials, in their order
}

// New returns a Diagnoser for reports on these flowers.
func New(flowers iris.Flowers) *Diagnoser {
	return &Diagnoser{given: exercise.OfTrials(flowers)}
}

// Of returns what is wrong with the exercise of which r was recorded, or nil if nothing
// is.
func (d *Diagnoser) Of(e *exercise.Exercise, r *exercise.Report) *Fault {
	return nil
}
