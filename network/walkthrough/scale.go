package walkthrough

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"

	"backprop/matrix"
	"backprop/network"
)

// Inputs say what a network expects of x besides its shape. The zero value means lengths in
// cm, as they are. They are kept beside the weights, in the same file.
type Inputs struct {
	Scale  *Scale `json:"scale,omitempty"`  // for lengths in cm, or nil
	Scaled bool   `json:"scaled,omitempty"` // the lengths were scaled before they came here
}

// A Scale says how to scale each column of x. Of the columns that it was made from, the mean
// becomes 0 and the standard deviation 1.
type Scale struct {
	Mean              []float64 `json:"mean"`
	StandardDeviation []float64 `json:"standard_deviation"`
}

// NewScale returns the scale of x, with NumPy's x.mean(axis=0) and x.std(axis=0). A column of
// equal numbers has no spread to scale by: it gets the standard deviation 1 and becomes 0.
func NewScale(x matrix.Matrix) *Scale {
	s := &Scale{make([]float64, x.Cols()), make([]float64, x.Cols())}
	n := float64(x.Rows())
	for j := range s.Mean {
		low, high := x[0][j], x[0][j]
		for i := range x {
			s.Mean[j] += x[i][j]
			low, high = min(low, x[i][j]), max(high, x[i][j])
		}
		s.Mean[j] /= n
		if low == high {
			s.Mean[j], s.StandardDeviation[j] = low, 1
			continue
		}
		squares := 0.0
		for i := range x {
			difference := x[i][j] - s.Mean[j]
			squares += float64(difference * difference) // rounded before it is added, as in Dot
		}
		s.StandardDeviation[j] = math.Sqrt(squares / n)
	}
	return s
}

// Apply returns x, scaled if there is a scale. It never changes x itself.
func (in Inputs) Apply(x matrix.Matrix) matrix.Matrix {
	if in.Scale == nil {
		return x
	}
	scaled := matrix.New(x.Rows(), x.Cols())
	for i := range x {
		for j := range x[i] {
			scaled[i][j] = (x[i][j] - in.Scale.Mean[j]) / in.Scale.StandardDeviation[j]
		}
	}
	return scaled
}

// Save writes the weights of net, and beside them what its inputs are unless they are lengths
// as they are. LoadInputs reads both.
func (in Inputs) Save(w io.Writer, net *network.Network) error {
	var b bytes.Buffer
	if err := net.Save(&b); err != nil {
		return err
	}
	text := b.String()
	if in != (Inputs{}) {
		more, err := json.Marshal(in)
		if err != nil {
			return err
		}
		text = strings.TrimSuffix(text, "}\n") + "," + string(more[1:]) + "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

// loadInputs reads what Save wrote.
func loadInputs(r io.Reader) (*network.Network, Inputs, error) {
	var in Inputs
	text, err := io.ReadAll(io.LimitReader(r, 2<<20)) // network.Load refuses more than half of it
	if err != nil {
		return nil, in, err
	}
	var file map[string]json.RawMessage
	if json.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &file) == nil {
		if in, err = takeInputs(file); err != nil {
			return nil, in, err
		}
		if in != (Inputs{}) {
			text, _ = json.Marshal(file) // it was just read: no error
		}
	}
	net, err := network.Load(bytes.NewReader(text)) // which says what is wrong with all the rest
	return net, in, err
}

// takeInputs takes the keys of Inputs out of a file.
func takeInputs(file map[string]json.RawMessage) (in Inputs, err error) {
	if text, ok := file["scaled"]; ok {
		if string(text) != "true" {
			return in, fmt.Errorf("scaled: found %.40s, expected true, or no key scaled", text)
		}
		in.Scaled = true
	}
	if text, ok := file["scale"]; ok {
		in.Scale = new(Scale)
		if json.Unmarshal(text, in.Scale) != nil || !in.Scale.valid() {
			return in, fmt.Errorf("scale: found %.80s, expected mean and standard_deviation, "+
				"each with 4 numbers, and no standard deviation of 0 or below", text)
		}
	}
	if in.Scale != nil && in.Scaled {
		return in, fmt.Errorf("found both scale and scaled, expected one of them")
	}
	delete(file, "scaled")
	delete(file, "scale")
	return in, nil
}

// valid reports whether a scale that was read is one for the four lengths.
func (s *Scale) valid() bool {
	for _, deviation := range s.StandardDeviation {
		if deviation <= 0 {
			return false
		}
	}
	return len(s.Mean) == 4 && len(s.StandardDeviation) == 4
}
