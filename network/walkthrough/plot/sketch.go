package plot

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"

	"backprop/network"
)

// WriteSketch draws the training and test MSE of h in about a dozen lines of plain text, at
// most 80 columns wide. A value that is not a number is left out.
func WriteSketch(w io.Writer, h network.History) error {
	if len(h) == 0 {
		_, err := io.WriteString(w, "MSE: no epochs\n")
		return err
	}
	const margin, lastColumn = 10, 64 // the width of what is left of the grid, and the grid's last column, from 0
	lines := linesOf([]Curve{{History: h}})
	tick, ticks := mseTicks(lines)
	perTick := 10 / ticks // rows from one tick to the next
	columnOf := func(epoch int) int {
		return int(math.Round(float64(epoch-1) / float64(max(len(h), 2)-1) * lastColumn))
	}

	grid := make([][]byte, perTick*ticks+1) // from the bottom up
	for i := range grid {
		grid[i] = bytes.Repeat([]byte{' '}, lastColumn+1)
	}
	for e := range h {
		column := columnOf(e + 1)
		mark(grid, lines[0].mse[e]/tick*float64(perTick), column, '*')
		mark(grid, lines[1].mse[e]/tick*float64(perTick), column, 'o')
	}
	grid[0] = bytes.ReplaceAll(grid[0], []byte{' '}, []byte{'-'})

	var b bytes.Buffer
	b.WriteString("MSE over the epochs:  * training  o test  @ both\n")
	for row := len(grid) - 1; row >= 0; row-- {
		label := ""
		if row%perTick == 0 {
			label = fmt.Sprintf("%.4g", float64(row/perTick)*tick)
		}
		fmt.Fprintf(&b, "%*s |%s\n", margin-2, label, bytes.TrimRight(grid[row], " "))
	}
	labels := bytes.Repeat([]byte{' '}, 80)
	for _, epoch := range epochTicks(len(h)) {
		label := strconv.Itoa(epoch)
		copy(labels[margin+columnOf(epoch)-len(label)/2:], label)
	}
	fmt.Fprintf(&b, "%s\n", bytes.TrimRight(labels, " "))
	_, err := b.WriteTo(w)
	return err
}

// mark puts a character into the cell, or @ if another one is there.
func mark(grid [][]byte, height float64, column int, character byte) {
	if math.IsNaN(height) {
		return
	}
	cell := &grid[int(math.Round(height))][column]
	if *cell != ' ' && *cell != character {
		character = '@'
	}
	*cell = character
}
