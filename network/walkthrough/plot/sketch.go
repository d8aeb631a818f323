package plot

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"

	"backprop/network"
)

// WriteSketch draws the training and test MSE of h in about a dozen lines of
// plain text, at most 80 columns wide. A value that is no number is left out.
func WriteSketch(w io.Writer, h network.History) error {
	if len(h) == 0 {
		_, err := io.WriteString(w, "MSE: no epochs\n")
		return err
	}
	lines := plotLines([]Curve{{History: h}})
	step, steps := mseTicks(lines)
	perStep := 10 / steps // rows from tick to tick

	const left, last = 10, 64 // where the columns begin, and the last one's number
	column := func(epoch int) int {
		return int(math.Round(float64(epoch-1) / float64(max(len(h), 2)-1) * last))
	}
	grid := make([][]byte, perStep*steps+1) // from the bottom up
	for i := range grid {
		grid[i] = bytes.Repeat([]byte{' '}, last+1)
	}
	for e := range h {
		draw(grid, lines[0].mse[e]/step*float64(perStep), column(e+1), '*')
		draw(grid, lines[1].mse[e]/step*float64(perStep), column(e+1), 'o')
	}

	grid[0] = bytes.ReplaceAll(grid[0], []byte{' '}, []byte{'-'})
	numbers := bytes.Repeat([]byte{' '}, 80)
	for _, epoch := range epochTicks(len(h)) {
		number := strconv.Itoa(epoch)
		copy(numbers[left+column(epoch)-len(number)/2:], number)
	}

	var b bytes.Buffer
	b.WriteString("MSE over the epochs:  * training  o test  @ both\n")
	for row := len(grid) - 1; row >= 0; row-- {
		label := ""
		if row%perStep == 0 {
			label = fmt.Sprintf("%.4g", float64(row/perStep)*step)
		}
		fmt.Fprintf(&b, "%*s |%s\n", left-2, label, bytes.TrimRight(grid[row], " "))
	}
	fmt.Fprintf(&b, "%s\n", bytes.TrimRight(numbers, " "))
	_, err := b.WriteTo(w)
	return err
}

// draw puts the mark into the cell, or @ where the other mark is.
func draw(grid [][]byte, height float64, column int, mark byte) {
	if math.IsNaN(height) {
		return
	}
	cell := &grid[int(math.Round(height))][column]
	if *cell != ' ' && *cell != mark {
		mark = '@'
	}
	*cell = mark
}
