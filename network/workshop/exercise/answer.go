package exercise

import (
	"math"
	"slices"

	"backprop/matrix"
)

// An Answer is what an exercise returns: one or two matrices, or numbers as a matrix of
// one row.
type Answer []matrix.Matrix

func numbers(v ...float64) Answer { return Answer{matrix.Matrix{v}} }

// Equal reports whether the two answers are the same to 1e-9 of each matrix's largest
// number. NaN is equal to nothing.
func (a Answer) Equal(want Answer) bool {
	return slices.EqualFunc(a, want, Same)
}

// clone copies an answer of any shape, a ragged one also.
func (a Answer) clone() Answer {
	c := slices.Clone(a)
	for i, m := range c {
		c[i] = slices.Clone(m)
		for j, row := range c[i] {
			c[i][j] = slices.Clone(row)
		}
	}
	return c
}

// Same reports whether the two matrices are the same to 1e-9 of the largest number of
// want.
func Same(got, want matrix.Matrix) bool {
	row, _ := Difference(got, want)
	return row == NoDifference
}

// What Difference returns instead of a row.
const (
	NoDifference = -1
	OtherShape   = -2
)

// Difference returns the row and column of the first number that differs by more than
// 1e-9 of the largest number of want. The row is NoDifference or OtherShape if there is
// no such number.
func Difference(got, want matrix.Matrix) (row, col int) {
	if len(got) != len(want) {
		return OtherShape, 0
	}
	largest := 0.0
	for i := range want {
		if len(got[i]) != len(want[i]) {
			return OtherShape, 0
		}
		for _, v := range want[i] {
			if !math.IsInf(v, 0) {
				largest = max(largest, math.Abs(v))
			}
		}
	}
	for i := range want {
		for j := range want[i] {
			if got[i][j] != want[i][j] && !(math.Abs(got[i][j]-want[i][j]) <= 1e-9*largest) {
				return i, j
			}
		}
	}
	return NoDifference, 0
}
