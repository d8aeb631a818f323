package diagnosis

import (
	"fmt"
	"math"
	"slices"

	"backprop/network/workshop/exercise"
)

const (
	whyTooEarly = "The others are still 0. Is the return inside a loop? Move it after the loops: it ends the whole function. Or does a loop end too early?"
	whyFrom0    = "Rows and columns are counted from 0, so begin the loop there. What it leaves out is still 0."
	whyToLast   = "A loop from 0 to below c.Rows(), or c.Cols(), goes over all of them. Does yours go over another matrix? What it leaves out is still 0."
)

var (
	firstRowMissing = transform{"the first row is missing", whyFrom0, withoutFirstRow}
	firstColMissing = transform{"the first column is missing", whyFrom0, withoutFirstCol}
	lastRowMissing  = transform{"the last row is missing", whyToLast, withoutLastRow}
	lastColMissing  = transform{"the last column is missing", whyToLast, withoutLastCol}
)

// blanks are ways to leave numbers out, so that they are still 0.
var blanks = []transform{
	{tooEarly, whyTooEarly, without0(func(i, j, _, _ int) bool { return i > 0 || j > 0 })},
	{tooEarly, whyTooEarly, onlyFirstRow},
	{tooEarly, whyTooEarly, without0(func(_, j, _, _ int) bool { return j > 0 })},
	firstRowMissing,
	firstColMissing,
	{"the first row and column are missing", whyFrom0, without0(func(i, j, _, _ int) bool { return i == 0 || j == 0 })},
	lastRowMissing,
	lastColMissing,
	{"the last row and column are missing", whyToLast, without0(func(i, j, rows, cols int) bool { return i == rows-1 || j == cols-1 })},
}

// blankOf returns the mistake of numbers that are missing in the same way in the first call
// and with seven flowers, or nil.
func (d *Diagnoser) blankOf(e *exercise.Exercise, r *exercise.Report) *mistake {
	var found *mistake
	for i, t := range r.Trials {
		if i == 1 || i == 3 {
			continue
		}
		if t.Panic != "" {
			return nil
		}
		m := blankIn(e, t.Answer, e.Want(d.given[i]))
		if m == nil || found != nil && m.name != found.name {
			return nil
		}
		found = m
	}
	return found
}

// constantOf returns the mistake of a function that gives the same number whatever it is given, or
// nil.
func (d *Diagnoser) constantOf(e *exercise.Exercise, r *exercise.Report) *mistake {
	if len(r.Trials) < 3 || e.Name == "Labels" {
		return nil
	}
	var all []float64
	for i, t := range r.Trials {
		switch {
		case t.Panic != "":
			return nil
		case i == 1:
			continue // the same as the first
		}
		for _, m := range t.Answer {
			all = append(all, slices.Concat(m...)...)
		}
	}
	if len(all) < 3 || math.IsInf(all[0], 0) || slices.ContainsFunc(all, func(v float64) bool { return v != all[0] }) {
		return nil
	}
	return &mistake{name: fmt.Sprintf("the result is always %.6g", all[0]), part: e.Part,
		why: "It does not depend on what the function is given. Does the return line still have a number in it, instead of what was computed?"}
}

// blankIn returns the mistake of an answer in which numbers were never set, or in which
// all rows are the same one, or nil.
func blankIn(e *exercise.Exercise, got, want exercise.Answer) *mistake {
	for i, w := range want {
		if exercise.Same(got[i], w) {
			continue
		}
		if exercise.Same(got[i], scale(0, w)) {
			return &mistake{name: AllZeros, part: e.Part, why: "Is each number computed, but never written into what you return? Or is it cut off to a whole number, by int(…) or by a division of whole numbers?"}
		}
		if e.Name == "Sigmoid" || e.Name == "MSE" || e.Name == "Labels" {
			continue // numbers, or mostly 0 when they are right
		}
		for _, b := range blanks {
			if exercise.Same(got[i], b.make(w)) {
				return &mistake{name: b.name, part: e.Part, why: b.why}
			}
		}
		if exercise.Same(got[i], lastRow(w)) {
			return &mistake{name: "every row is the last one", part: e.Part,
				why: "Each row needs numbers of its own. Is a row made once, before the loop? Then all rows are that one, and it holds what was written last. Or is an index the same for all rows?"}
		}
	}
	return nil
}
