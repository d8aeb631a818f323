// Package diagnosis has what is wrong in the workshop: the mistakes, written as a learner
// would write them, and finding the one that explains what a learner's function did. It
// knows nothing of terminals, of builds, or of the learner's source text.
package diagnosis

import (
	"fmt"
	"strings"

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
	Inner    int    // the line within what Line calls, where it panicked, or 0

	Numbers string // what they show of a mistake that has no name, or ""

	Trial int // the call that it speaks of, from 0; the one that did not return, if that is it

	Mistake, Why, Part string // "" if it is none that we know
	Turned             bool   // correct but for a sign that may be turned if another one is, too
}

// A Diagnoser finds what is wrong. What it compares with is computed once, however much
// is examined.
type Diagnoser struct {
	given             []*exercise.Inputs // in each call of a report
	five, seven, cube *exercise.Inputs
	candidates        map[string][2][]*candidate // by the exercise's name: its own, and the general ones
}

// New returns a Diagnoser for reports on these flowers.
func New(flowers iris.Flowers) *Diagnoser {
	given := exercise.OfTrials(flowers)
	return &Diagnoser{given: given, five: given[0], seven: given[2], cube: given[3], candidates: map[string][2][]*candidate{}}
}

const remembers = "Called again with the same arguments, it gives something else. Does it use a variable that is outside of the function, and that remembers the last call?"

// Correct reports whether nothing is wrong with the exercise of which r was recorded.
func (d *Diagnoser) Correct(e *exercise.Exercise, r *exercise.Report) bool {
	return len(r.Trials) > 0 && compare(e, &r.Trials[0], d.five, e.Want(d.five)) == nil && d.later(e, r, e.Want) == nil
}

// Of returns what is wrong with the exercise of which r was recorded, or nil if nothing
// is. A report that ends too early counts as far as it goes. The exercises that it calls are
// correct, so that the mistake is not in them.
func (d *Diagnoser) Of(e *exercise.Exercise, r *exercise.Report, correct ...string) *Fault {
	if len(r.Trials) < 1 {
		return &Fault{Sentence: r.Stopped}
	}
	first, right := d.first(e, r, correct)
	if first != nil && !first.Turned {
		return first
	}
	// A sign that is turned may turn out to be right: is it so each time, and with other
	// sizes?
	if fault := d.later(e, r, right); fault != nil {
		return fault
	}
	return first
}

// later returns what is wrong with the calls after the first one, which have to give what is
// right, or nil.
func (d *Diagnoser) later(e *exercise.Exercise, r *exercise.Report, right func(in *exercise.Inputs) exercise.Answer) *Fault {
	stopped := &Fault{Sentence: r.Stopped, Trial: len(r.Trials)}
	if len(r.Trials) < 2 {
		return stopped
	}
	if !r.Trials[1].Answer.Equal(right(d.five)) {
		return &Fault{Trial: 1, Sentence: remembers}
	}
	if len(r.Trials) < 3 {
		return stopped
	}
	if fault := compare(e, &r.Trials[2], d.seven, right(d.seven)); fault != nil {
		if fault.Cell != "" {
			fault.Numbers = whatNumbersSay(e, d.seven, r.Trials[2].Answer, right(d.seven))
		}
		return d.onlyWithFive(e, fault)
	}
	if len(r.Trials) < 4 {
		return stopped
	}
	if fault := compare(e, &r.Trials[3], d.cube, right(d.cube)); fault != nil {
		fault.Ask, fault.Trial = "", 3
		fault.Sentence = strings.TrimSpace("Correct for 5 and for 7 flowers, but not for " + d.cube.About + ". " + fault.Sentence)
		return fault
	}
	return nil
}

// first returns what is wrong with the first call, or nil. What later calls are compared
// with is right: the correct results, or those with the sign turned.
func (d *Diagnoser) first(e *exercise.Exercise, r *exercise.Report, correct []string) (fault *Fault, right func(in *exercise.Inputs) exercise.Answer) {
	t := &r.Trials[0]
	fault = compare(e, t, d.five, e.Want(d.five))
	if fault == nil || fault.Mistake != "" {
		return fault, e.Want
	}
	right = e.Want
	if fault.Cell != "" && len(r.Trials) > 1 && !t.Gives(&r.Trials[1]) {
		fault.Sentence = remembers
		return fault, right
	}
	switch found := d.explanations(e, r, correct...); {
	case len(found) > 0:
		c := found[0]
		m := c.mistake
		fault.Mistake, fault.Why, fault.Part = m.name, m.why, m.part
		if others := found[1:min(len(found), mostNames)]; len(others) > 0 {
			fault.Why += " These mistakes give the same numbers: " + join(others) + "."
		}
		if m.mayBeRight() {
			fault.Turned = true
			right = func(in *exercise.Inputs) exercise.Answer { return c.numbers(e, in) }
		}
	case fault.Cell != "":
		fault.Numbers = whatNumbersSay(e, d.five, t.Answer, e.Want(d.five))
	}
	return fault, right
}

// mostNames is how many mistakes are named where several give the same numbers.
const mostNames = 4

func join(list []*candidate) string {
	var names []string
	for _, c := range list {
		names = append(names, c.mistake.name)
	}
	return strings.Join(names, "; or ")
}

// onlyWithFive makes the fault with seven flowers one that says so.
func (d *Diagnoser) onlyWithFive(e *exercise.Exercise, fault *Fault) *Fault {
	fault.Ask, fault.Trial = "", 2
	fault.Sentence = strings.TrimSpace(fmt.Sprintf("Correct for 5 flowers, but not for %s. Is a size or a rate written into your code as a number? Use what the function is given. %s", d.seven.About, fault.Sentence))
	if e.Name == "Labels" && fault.Line == 0 {
		fault.Sentence = "Correct for 5 flowers, but not for 7 others, whose species are 1, 0, 1, 1, 0, 1, 1. None of them is a virginica, and still y has 3 columns. The first is a versicolor, and still column 0 is for setosa. The column is the species' own number."
	}
	return fault
}
