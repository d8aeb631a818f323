package page

import (
	"flag"
	"fmt"
	"strconv"

	"backprop/iris"
	"backprop/network/walkthrough"
)

// A start is what pages begin with, whatever their URLs ask for: the flowers, and the weights
// if they come from a file. Both are read once, before the first page.
type start struct {
	flowers iris.Flowers
	rows    []int // of the flowers that a page has whose URL names none
	data    walkthrough.Data
	weights walkthrough.Weights
}

// newStart returns the start with the files of the settings, which have been read.
func newStart(s walkthrough.Settings, flowers iris.Flowers) start {
	return start{flowers: flowers, rows: firstRows(flowers), data: s.Data, weights: s.Weights}
}

// firstRows returns the series' rows, or those of the first flower of each species if the
// series' are not all there.
func firstRows(flowers iris.Flowers) []int {
	var s walkthrough.Settings
	s.Define(flag.NewFlagSet("", flag.ContinueOnError), limits)
	if _, err := flowers.Pick(s.Rows...); err == nil {
		return s.Rows
	}
	var rows []int
	found := map[iris.Species]bool{}
	for row, f := range flowers {
		if !found[f.Species] {
			found[f.Species] = true
			rows = append(rows, row)
		}
	}
	return rows
}

// rowsHint says which rows there are, such as "0 to 149, such as 1,51,101 or 0-149".
func (s start) rowsHint() string {
	last := len(s.flowers) - 1
	some, all := rowsText(s.rows), fmt.Sprintf("0-%d", min(last, limits.Flowers-1))
	if last < 1 || some == all {
		return fmt.Sprintf("0 to %d, such as %s", last, some)
	}
	return fmt.Sprintf("0 to %d, such as %s or %s", last, some, all)
}

// refuseFixed says what is wrong with the value of a parameter of which the file of weights
// leaves no choice, or "". A seed is not wrong: there is nothing that it could change.
func (s start) refuseFixed(p parameter, value string) string {
	want := strconv.Itoa(s.weights.Hidden)
	if p.Name != "hidden" || value == want {
		return ""
	}
	return fmt.Sprintf("expected %s, since the weights in %s are for %s",
		want, walkthrough.Short(s.weights.File), walkthrough.Count(s.weights.Hidden, "hidden node"))
}
