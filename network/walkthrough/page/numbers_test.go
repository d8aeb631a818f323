package page

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"

	"backprop/network/walkthrough"
)

// decodeNumbers reads the data that a page has for its script.
func decodeNumbers(t *testing.T, doc *htmlPage) (n numbers) {
	t.Helper()
	block := doc.byID("numbers")
	if block == nil || block.attr["type"] != "application/json" {
		t.Fatal("got no data for the script")
	}
	decoder := json.NewDecoder(strings.NewReader(block.text()))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&n); err != nil || len(n.Quantities) == 0 {
		t.Fatalf("data for the script: got %d quantities and the error %v", len(n.Quantities), err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		t.Fatalf("got more after the data for the script: %v", err)
	}
	return n
}

// The script has every number of the step to the last bit, and what walkthrough says of it.
func TestNumbers(t *testing.T) {
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			s, data := e.step(t), decodeNumbers(t, e.page(t))
			if data.N != s.Pass.N() || data.Rate != s.Settings.Rate || len(data.Quantities) != len(s.Quantities) {
				t.Errorf("got N %d, rate %v and %d quantities, want %d, %v and %d", data.N, data.Rate, len(data.Quantities), s.Pass.N(), s.Settings.Rate, len(s.Quantities))
			}
			for _, a := range walkthrough.Axes {
				want := axis{InNet: a != walkthrough.Flowers && a != walkthrough.Whole, IsFlowers: a == walkthrough.Flowers, Name: a.String()}
				for i := range s.Size(a) {
					want.Short, want.Long = append(want.Short, s.Label(a, i)), append(want.Long, s.LongLabel(a, i))
				}
				if got := data.Axes[a]; !reflect.DeepEqual(got, want) {
					t.Errorf("%v: got %+v, want %+v", a, got, want)
				}
			}
			for _, q := range s.Quantities {
				checkNumbers(t, data, q)
			}
		})
	}
}

func checkNumbers(t *testing.T, data numbers, q *walkthrough.Quantity) {
	t.Helper()
	got := data.Quantities[q.Name]
	if got.Rows != q.Rows || got.Cols != q.Cols || !reflect.DeepEqual(got.Origins, q.Origins()) {
		t.Errorf("%s: got the origins %q, want %q", q.Name, got.Origins, q.Origins())
	}
	if got, want := fmt.Sprint([][]float64(got.Values)), fmt.Sprint([][]float64(q.Matrix)); got != want { // -0 is not 0
		t.Errorf("%s: got the values %s, want %s", q.Name, got, want)
	}
	want := q.Exponentials()
	if len(got.Exponentials) != want.Rows() {
		t.Fatalf("%s: got the exponentials of %d rows, want %d", q.Name, len(got.Exponentials), want.Rows())
	}
	for i, row := range got.Exponentials {
		for j, v := range row {
			if isInfinite := math.IsInf(want[i][j], 1); isInfinite != (v == nil) || v != nil && *v != want[i][j] {
				t.Errorf("%s[%d][%d]: got another exponential than %v", q.Name, i, j, want[i][j])
			}
		}
	}
	var operands []string
	for _, operand := range q.Operands() {
		operands = append(operands, operand.Name)
	}
	if list := strings.Fields(got.A + " " + got.B); strings.Join(list, " ") != strings.Join(operands, " ") {
		t.Errorf("%s: got it made from %q, want %q", q.Name, list, operands)
	}
	operation, said := data.Operations[got.Operation], q.Operation
	if operation == nil || operation.A != said.A || operation.B != said.B || operation.BFirst != said.BFirst ||
		!reflect.DeepEqual(operation.First, said.First) || !reflect.DeepEqual(operation.Each, said.Each) || !reflect.DeepEqual(operation.Lines, said.Lines) {
		t.Errorf("%s: got the operation %+v, want %+v", q.Name, operation, said)
	}
}
