package walkthrough

import (
	"fmt"

	"backprop/iris"
)

// An Axis says what the rows or columns of a matrix are.
type Axis int

const (
	Flowers Axis = iota
	Features
	HiddenNodes
	Species
	Whole // of what is a single number, such as the MSE
)

// Axes are all of them.
var Axes = []Axis{Flowers, Features, HiddenNodes, Species, Whole}

// String returns what one row or column is.
func (a Axis) String() string {
	return [...]string{Flowers: "flower", Features: "measurement", HiddenNodes: "hidden node", Species: "species", Whole: "whole"}[a]
}

// Size returns how many rows or columns the axis has.
func (s *Step) Size(axis Axis) int {
	return [...]int{Flowers: len(s.Flowers), Features: s.Pass.X.Cols(), HiddenNodes: s.Settings.Hidden, Species: s.Pass.Y.Cols(), Whole: 1}[axis]
}

// Label returns what row or column i of an axis is, such as "virginica".
func (s *Step) Label(axis Axis, i int) string {
	switch axis {
	case Flowers:
		return s.Flowers[i].Species.String()
	case Features:
		return [...]string{"sepal length", "sepal width", "petal length", "petal width"}[i]
	case HiddenNodes:
		return fmt.Sprintf("hidden node %d", i)
	case Whole:
		return "all"
	default:
		return iris.Species(i).String()
	}
}

// Place returns what a number's row and column are.
func (s *Step) Place(n Number) string {
	if n.Rows == Whole {
		return s.LongLabel(Whole, 0)
	}
	return fmt.Sprintf("row %d: %s, column %d: %s", n.Row, s.LongLabel(n.Rows, n.Row), n.Col, s.LongLabel(n.Cols, n.Col))
}

// LongLabel is Label, with the numbers of flowers and the nodes of species.
func (s *Step) LongLabel(axis Axis, i int) string {
	switch axis {
	case Flowers:
		return fmt.Sprintf("flower %d (%s)", s.Settings.Rows[i], s.Label(axis, i))
	case Species:
		return "output node for " + s.Label(axis, i)
	case Whole:
		return "all flowers and species"
	}
	return s.Label(axis, i)
}
