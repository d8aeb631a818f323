package page

import (
	"math"

	"backprop/matrix"
	"backprop/network/walkthrough"
)

// What the script needs to explain a number: every matrix at full precision, and how it is
// computed, as walkthrough says it.
type (
	numbers struct {
		N          int
		Rows       []int // of the flowers, in the data
		Rate       float64
		Axes       []axis
		Operations map[string]*walkthrough.Operation
		Quantities map[string]values
	}
	axis struct {
		InNet       bool // is there a node for each?
		IsFlowers   bool
		Name        string
		Short, Long []string
	}
	values struct {
		Operation    string
		A, B         string `json:",omitempty"` // the operands
		Rows, Cols   walkthrough.Axis
		IsMeasured   bool
		Values       matrix.Matrix
		Exponentials [][]*float64 `json:",omitempty"` // which another language may round otherwise
		Origins      [][]string   `json:",omitempty"` // of what is given
	}
)

// Numbers returns what the script needs.
func (p *page) Numbers() any {
	all := numbers{
		N: p.Step.Pass.N(), Rows: p.Step.Settings.Rows, Rate: p.Step.Settings.Rate,
		Operations: map[string]*walkthrough.Operation{}, Quantities: map[string]values{},
	}
	for _, a := range walkthrough.Axes {
		labels := axis{InNet: a != walkthrough.Flowers && a != walkthrough.Whole, IsFlowers: a == walkthrough.Flowers, Name: a.String()}
		for i := range p.Step.Size(a) {
			labels.Short = append(labels.Short, p.Step.Label(a, i))
			labels.Long = append(labels.Long, p.Step.LongLabel(a, i))
		}
		all.Axes = append(all.Axes, labels)
	}
	for _, q := range p.Step.Quantities {
		all.Operations[q.Operation.Name] = q.Operation
		v := values{
			Operation: q.Operation.Name, Rows: q.Rows, Cols: q.Cols, IsMeasured: q.IsMeasured(),
			Values: q.Matrix, Exponentials: withoutInfinity(q.Exponentials()), Origins: q.Origins(),
		}
		if q.A != nil {
			v.A = q.A.Name
		}
		if q.B != nil {
			v.B = q.B.Name
		}
		all.Quantities[q.Name] = v
	}
	return all
}

// withoutInfinity returns m with nil for infinity, which JSON does not have: a saturated node's
// e^-z is beyond the largest number, while its output is 0.
func withoutInfinity(m matrix.Matrix) [][]*float64 {
	rows := make([][]*float64, m.Rows())
	for i, row := range m {
		rows[i] = make([]*float64, len(row))
		for j := range row {
			if !math.IsInf(row[j], 0) {
				rows[i][j] = &row[j]
			}
		}
	}
	return rows
}
