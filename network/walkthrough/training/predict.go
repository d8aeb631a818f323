package training

import (
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"

	"backprop/iris"
	"backprop/matrix"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
)

// Predict is the command predict: the species of one flower, given as four lengths, or of
// each row of standard input.
func Predict(call *command.Call) error {
	weights := call.Flags.String("weights", "", "the weights, a `FILE` that train -save wrote")
	scaled := call.Flags.Bool("scaled", false,
		"the rows' lengths were scaled before, as those that train -scaled\nlearned from: some are below 0")
	call.Operands = "[5.1 3.5 1.4 0.2]\n\nThe numbers are sepal length and width, petal length and width in cm. Without\nthem it reads lines such as 5.1,3.5,1.4,0.2 from standard input."
	if err := call.Parse(); err != nil {
		return err
	}
	if *weights == "" {
		return command.UsageError{Err: errors.New("found no -weights, expected -weights FILE, which train -save FILE writes")}
	}
	net, inputs, err := walkthrough.Load(*weights, walkthrough.MaxHidden)
	if err != nil {
		return err
	}
	if err := checkScaled(*weights, inputs, *scaled); err != nil {
		return err
	}
	p := predictor{net, inputs}
	switch n := len(call.Rest); {
	case n == 0:
		return p.rows(call, *scaled)
	case *scaled:
		return command.UsageError{Err: errors.New(
			"found numbers after -scaled, expected rows such as -0.9,1.0,-1.3,-1.3 on standard input")}
	case n == 4:
		return p.flower(call)
	default:
		return command.UsageError{Err: fmt.Errorf(
			"found %s, expected 4: sepal length and width, petal length and width in cm",
			walkthrough.Count(len(call.Rest), "number"))}
	}
}

// A predictor is a trained network, and what its inputs are.
type predictor struct {
	net    *network.Network
	inputs walkthrough.Inputs
}

// flower writes the outputs for the flower with the call's lengths, and its species.
func (p predictor) flower(call *command.Call) error {
	lengths := strings.Join(call.Rest, " ")
	flower, err := iris.ParseFlower(call.Rest...)
	if err != nil {
		return fmt.Errorf("%s: %w", lengths, err)
	}
	walkthrough.Warn(call.Stderr, lengths, iris.Flowers{flower})
	outputs, err := p.outputs(iris.Flowers{flower})
	if err != nil {
		return err
	}
	for species, output := range outputs[0] {
		fmt.Fprintf(call.Out, "%-11v %.8f\n", iris.Species(species), output)
	}
	_, err = fmt.Fprintln(call.Out, prediction(outputs[0]))
	return err
}

// rows copies the rows of the call's input to its output, each with its prediction appended. The rows may have a
// header, and a column for the species or none. Its species may be unknown.
func (p predictor) rows(call *command.Call, scaled bool) error {
	table, err := walkthrough.Data("-").ReadTable(call.Stdin, call.Stderr, iris.Options{AnySpecies: true, Scaled: scaled})
	if err != nil {
		return err
	}
	outputs, err := p.outputs(table.Flowers)
	if err != nil {
		return err
	}
	w := csv.NewWriter(call.Out)
	if table.Header != nil {
		w.Write(append(table.Header, "prediction"))
	}
	for i, row := range table.Rows {
		w.Write(append(row, prediction(outputs[i])))
	}
	w.Flush()
	return w.Error()
}

// outputs returns the network's outputs for the flowers.
func (p predictor) outputs(flowers iris.Flowers) (matrix.Matrix, error) {
	if err := walkthrough.CheckSize(len(flowers), p.net.Weights1.Cols()); err != nil {
		return nil, err
	}
	pass, err := p.net.NewPass(p.inputs.Apply(flowers.Features()), flowers.Labels())
	if err != nil {
		return nil, err
	}
	p.net.Feedforward(pass)
	if err := pass.OutputLayerOutputs.Validate(); err != nil {
		return nil, fmt.Errorf("output_layer_outputs: %w: the weights are too large", err)
	}
	return pass.OutputLayerOutputs, nil
}

// prediction returns the species with the largest of the outputs, or says that several are
// equally large.
func prediction(outputs []float64) string {
	var names []string
	for species, output := range outputs {
		if output == slices.Max(outputs) {
			names = append(names, iris.Species(species).String())
		}
	}
	if len(names) == 1 {
		return names[0]
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last] + " are equal"
}
