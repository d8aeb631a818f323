package walkthrough

import (
	"fmt"
	"math"
	"strconv"

	"backprop/matrix"
	"backprop/matrix/numpy"
)

// A Number is one of a quantity's.
type Number struct {
	*Quantity
	Row, Col int
}

// String returns its name, such as x[1][2].
func (n Number) String() string { return At(n.Name, n.Row, n.Col) }

// At returns the name of one number of a matrix, such as x[1][2].
func At(name string, row, col int) string { return fmt.Sprintf("%s[%d][%d]", name, row, col) }

// Value returns the number itself.
func (n Number) Value() float64 { return n.Matrix[n.Row][n.Col] }

// Sources returns the numbers that it was computed from, a and b: of a sum for each k, else
// once.
func (n Number) Sources() [][]Number {
	if n.IsGiven() {
		return nil
	}
	times, cols := 1, n.A.Matrix.Cols()
	switch {
	case n.IsSum():
		times = cols
	case n.Operation.Each != nil:
		times = n.A.Matrix.Rows() * cols
	}
	list := make([][]Number, times)
	for i := range list {
		at := map[Index]int{thisRow: n.Row, thisCol: n.Col, eachK: i, kRow: i / cols, kCol: i % cols}
		list[i] = append(list[i], Number{n.A, at[n.Operation.A[0]], at[n.Operation.A[1]]})
		if n.B != nil {
			list[i] = append(list[i], Number{n.B, at[n.Operation.B[0]], at[n.Operation.B[1]]})
		}
	}
	return list
}

// strongest returns the sources that say most about the number: of a sum, those with the
// largest product.
func (n Number) strongest() []Number {
	var best []Number
	largest := math.Inf(-1)
	for _, sources := range n.Sources() {
		product := 1.0
		for _, source := range sources {
			product *= source.Value()
		}
		if size := math.Abs(product); best == nil || size > largest {
			best, largest = sources, size
		}
	}
	return best
}

// arithmetic returns the lines in which the number is computed. Each holds as it is printed:
// whoever reads its numbers and computes gets the printed result.
func (s *Step) arithmetic(n Number) []string {
	c := calculation{values: map[string]float64{
		"1": 1, "1/N": 1 / float64(s.Pass.N()), "2N": float64(2 * s.Pass.N()), "learning_rate": s.Settings.Rate,
	}, texts: map[string]string{
		"N": strconv.Itoa(s.Pass.N()), "value": Exact(n.Value()),
	}}
	if n.IsGiven() {
		c.texts["origin"] = n.origin(n.Row, n.Col)
	}
	if n.IsSum() {
		c.texts["a at k"] = fmt.Sprintf("%s[%d][k]", n.A.Name, n.Row)
		c.texts["b at k"] = fmt.Sprintf("%s[k][%d]", n.B.Name, n.Col)
		c.texts["axis"] = n.A.Cols.String()
	}
	c.write(n.Operation.First)
	for k, sources := range n.Sources() {
		c.use(sources)
		c.texts["k"] = strconv.Itoa(k)
		c.write(n.Operation.Each)
	}
	c.write(n.Operation.Lines)
	return c.lines
}

// A calculation writes lines of arithmetic.
type calculation struct {
	values map[string]float64 // what may stand beside a sign
	texts  map[string]string  // what may stand in a text
	sum    float64            // so far
	lines  []string
}

// use makes the sources the operands a and b.
func (c *calculation) use(sources []Number) {
	for i, source := range sources {
		name := "ab"[i : i+1]
		c.values[name] = source.Value()
		c.texts[name] = source.String()
	}
	c.values["-a"] = -sources[0].Value()
}

// write writes the lines.
func (c *calculation) write(lines []Line) {
	for _, l := range lines {
		text := fill(l.Text, c.texts)
		if l.Right != "" {
			if l.Left != "" {
				text += Exact(c.values[l.Left]) + " " + l.Sign + " "
			} else {
				text += l.Sign
			}
			result, equals := signs[l.Sign](c.values[l.Left], c.values[l.Right]), " = "
			if l.Sum {
				c.sum += result
				result, equals = c.sum, sumSoFar
			}
			text += Exact(c.values[l.Right]) + equals + Exact(result)
			c.values["that"] = result
		}
		c.lines = append(c.lines, text)
	}
}

// sumSoFar is between what is added to a sum and the sum.
const sumSoFar = "   sum "

// signs are what a line can compute. The conversions keep a product from being fused with a
// sum.
var signs = map[string]func(left, right float64) float64{
	"+":  func(left, right float64) float64 { return left + right },
	"−":  func(left, right float64) float64 { return left - right },
	"×":  func(left, right float64) float64 { return float64(left * right) },
	"/":  func(left, right float64) float64 { return left / right },
	"":   func(_, right float64) float64 { return right },
	"e^": func(_, right float64) float64 { return numpy.Exp(right) },
}

// Exponentials returns the powers of e in the arithmetic of the quantity's numbers, or nil.
// (Another programming language may have other digits for them.)
func (q *Quantity) Exponentials() matrix.Matrix {
	for _, l := range q.Operation.Lines {
		if l.Sign == "e^" {
			var powers matrix.Matrix
			powers.Apply(func(z float64) float64 { return numpy.Exp(-z) }, q.A.Matrix)
			return powers
		}
	}
	return nil
}

// Exact writes a number so that reading it gives the same number again.
func Exact(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
