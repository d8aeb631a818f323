package training

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"backprop/iris"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
)

// Predict is the command predict: the species of one flower, given as four
// numbers, or of each row of standard input.
func Predict(call *command.Call) error {
	weights := call.Flags.String("weights", "", "the weights, a `FILE` that train -save wrote")
	call.Operands = "[5.1 3.5 1.4 0.2]\n\nThe numbers are sepal length and width, petal length and width in cm. Without\nthem it reads lines such as 5.1,3.5,1.4,0.2 from standard input."
	if err := call.Parse(); err != nil {
		return err
	}
	if *weights == "" {
		return command.UsageError{Err: errors.New("found no -weights, expected -weights FILE, which train -save FILE writes")}
	}
	n, err := walkthrough.Load(*weights, walkthrough.MaxHidden)
	if err != nil {
		return err
	}
	switch numbers := call.Rest; len(numbers) {
	case 0:
		return predictRows(n, call.Stdin, call.Out)
	case 4:
		flowers, err := iris.Read(strings.NewReader(strings.Join(numbers, ",") + ",setosa"))
		if err != nil {
			return fmt.Errorf("%s: %w", strings.Join(numbers, " "), err)
		}
		p, err := predict(n, flowers)
		if err != nil {
			return err
		}
		for species, out := range p.OutputLayerOutputs[0] {
			fmt.Fprintf(call.Out, "%-11v %.8f\n", iris.Species(species), out)
		}
		_, err = fmt.Fprintln(call.Out, iris.Species(p.Predicted(0)))
		return err
	default:
		return command.UsageError{Err: fmt.Errorf("found %s, expected 4: sepal length and width, petal length and width in cm", walkthrough.Count(len(numbers), "number"))}
	}
}

// predict returns the pass of the flowers through the network.
func predict(n *network.Network, flowers iris.Flowers) (*network.Pass, error) {
	if err := walkthrough.CheckSize(len(flowers), n.Weights1.Cols()); err != nil {
		return nil, err
	}
	p, err := n.NewPass(flowers.Features(), flowers.Labels())
	if err != nil {
		return nil, err
	}
	n.Feedforward(p)
	if err := p.OutputLayerOutputs.Validate(); err != nil {
		return nil, fmt.Errorf("output_layer_outputs: %w: the weights are too large", err)
	}
	return p, nil
}

// predictRows copies the rows of in to out, each with its prediction appended.
// The rows may have a header, and a column for the species or none.
func predictRows(n *network.Network, in io.Reader, out io.Writer) error {
	text, err := io.ReadAll(walkthrough.Limit(in))
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // the byte order mark of some programs
	records, withSpecies, err := addSpecies(text)
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	flowers, err := iris.Read(bytes.NewReader(withSpecies))
	if err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	p, err := predict(n, flowers)
	if err != nil {
		return err
	}
	w := csv.NewWriter(out)
	if len(records) > len(flowers) {
		w.Write(append(records[0], "prediction"))
		records = records[1:]
	}
	for i, record := range records {
		w.Write(append(record, iris.Species(p.Predicted(i)).String()))
	}
	w.Flush()
	return w.Error()
}

// addSpecies returns the records of a CSV text, and the text with some species
// in each line that has none, since iris.Read wants one. Lines stay where they
// are, for the errors' sake.
func addSpecies(text []byte) (records [][]string, withSpecies []byte, err error) {
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord = -1
	in.TrimLeadingSpace = true
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	hasSpecies, lines := false, 0
	for {
		record, err := in.Read()
		if err == io.EOF {
			out.Flush()
			return records, b.Bytes(), out.Error()
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) { // as iris.Read says it
			return nil, nil, fmt.Errorf("line %d, character %d: found %w, expected comma-separated values", parse.Line, parse.Column, parse.Err)
		}
		if len(record) == 1 && strings.TrimSpace(record[0]) == "" {
			continue
		}
		line, _ := in.FieldPos(0)
		out.Flush()
		for ; lines < line-1; lines++ {
			b.WriteByte('\n')
		}
		lines++

		added := "setosa"
		if len(records) == 0 {
			if added, hasSpecies = firstLine(record); added == "setosa" && len(record) != 4 && len(record) != 5 {
				return nil, nil, fmt.Errorf("line %d: found %s, expected 4, or 5 with the species", line, walkthrough.Count(len(record), "column"))
			}
		} else if columns := len(records[0]); len(record) != columns {
			return nil, nil, fmt.Errorf("line %d, column %d: found %s, expected %d", line, min(len(record), columns)+1, walkthrough.Count(len(record), "column"), columns)
		}
		records = append(records, record)
		if !hasSpecies {
			record = append(slices.Clone(record), added)
		}
		out.Write(record)
	}
}

// firstLine returns what to add to the first line for the species, and whether
// it has them already: as a header by name, otherwise by its number of columns.
func firstLine(record []string) (added string, hasSpecies bool) {
	isHeader := !slices.ContainsFunc(record, func(field string) bool {
		_, err := strconv.ParseFloat(strings.TrimSpace(field), 64)
		return err == nil
	})
	if !isHeader {
		return "setosa", len(record) != 4
	}
	return "species", slices.ContainsFunc(record, func(field string) bool {
		return slices.Contains([]string{"species", "class", "variety"}, strings.ToLower(strings.TrimSpace(field)))
	})
}
