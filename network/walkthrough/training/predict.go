package training

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"backprop/iris"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
)

// Predict is the command predict: the species of one flower, given as four lengths, or of
// each row of standard input.
func Predict(call *command.Call) error {
	weights := call.Flags.String("weights", "", "the weights, a `FILE` that train -save wrote")
	call.Operands = "[5.1 3.5 1.4 0.2]\n\nThe numbers are sepal length and width, petal length and width in cm. Without\nthem it reads lines such as 5.1,3.5,1.4,0.2 from standard input."
	if err := call.Parse(); err != nil {
		return err
	}
	if *weights == "" {
		return command.UsageError{Err: errors.New("found no -weights, expected -weights FILE, which train -save FILE writes")}
	}
	net, err := walkthrough.Load(*weights, walkthrough.MaxHidden)
	if err != nil {
		return err
	}
	switch len(call.Rest) {
	case 0:
		return predictRows(net, call.Stdin, call.Out)
	case 4:
		return predictFlower(net, call.Rest, call.Out)
	default:
		return command.UsageError{Err: fmt.Errorf(
			"found %s, expected 4: sepal length and width, petal length and width in cm",
			walkthrough.Count(len(call.Rest), "number"))}
	}
}

// predictFlower writes the outputs for the flower with these lengths, and its species.
func predictFlower(net *network.Network, lengths []string, out io.Writer) error {
	flower, err := iris.ParseFlower(lengths...)
	if err != nil {
		return fmt.Errorf("%s: %w", strings.Join(lengths, " "), err)
	}
	p, err := predict(net, iris.Flowers{flower})
	if err != nil {
		return err
	}
	for species, output := range p.OutputLayerOutputs[0] {
		fmt.Fprintf(out, "%-11v %.8f\n", iris.Species(species), output)
	}
	_, err = fmt.Fprintln(out, iris.Species(p.Predicted(0)))
	return err
}

// predictRows copies the rows of in to out, each with its prediction appended. The rows may
// have a header, and a column for the species or none.
func predictRows(net *network.Network, in io.Reader, out io.Writer) error {
	table, err := iris.ReadTable(walkthrough.Limit(in))
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	p, err := predict(net, table.Flowers)
	if err != nil {
		return err
	}
	w := csv.NewWriter(out)
	if table.Header != nil {
		w.Write(append(table.Header, "prediction"))
	}
	for i, row := range table.Rows {
		w.Write(append(row, iris.Species(p.Predicted(i)).String()))
	}
	w.Flush()
	return w.Error()
}

// predict returns the pass of the flowers through the network.
func predict(net *network.Network, flowers iris.Flowers) (*network.Pass, error) {
	if err := walkthrough.CheckSize(len(flowers), net.Weights1.Cols()); err != nil {
		return nil, err
	}
	p, err := net.NewPass(flowers.Features(), flowers.Labels())
	if err != nil {
		return nil, err
	}
	net.Feedforward(p)
	if err := p.OutputLayerOutputs.Validate(); err != nil {
		return nil, fmt.Errorf("output_layer_outputs: %w: the weights are too large", err)
	}
	return p, nil
}
