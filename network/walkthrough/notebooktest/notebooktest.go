// Package notebooktest has a notebook for the tests of package walkthrough, which cannot
// import main's. A test of package main compares the results of the two.
package notebooktest

import (
	"fmt"

	"backprop/iris"
	"backprop/network"
)

// Results converts to walkthrough.Results. Package walkthrough cannot be imported here,
// since its tests import this package.
type Results struct {
	Before    *network.Network
	Pass      *network.Pass
	After     *network.Network
	Again     *network.Pass
	MSEBefore float64
	MSEAfter  float64
}

// Notebook computes what the function notebook of package main computes.
func Notebook(
	all iris.Flowers, rows []int, hidden int, learningRate float64,
	draw func(inputs, hidden, outputs int) *network.Network,
) (*Results, error) {
	flowers, err := all.Pick(rows...)
	if err != nil {
		return nil, err
	}
	net := draw(4, hidden, 3)
	r := &Results{Before: net.Clone(), After: net}
	if r.Pass, err = net.NewPass(flowers.Features(), flowers.Labels()); err != nil {
		return nil, err
	}
	net.Feedforward(r.Pass)
	net.Backpropagate(r.Pass)
	net.Descend(r.Pass, learningRate)
	if r.Again, err = net.NewPass(r.Pass.X, r.Pass.Y); err != nil {
		return nil, fmt.Errorf("weights after the step: %w", err)
	}
	net.Feedforward(r.Again)
	r.MSEBefore = r.Pass.MSE()
	r.MSEAfter = r.Again.MSE()
	return r, nil
}
