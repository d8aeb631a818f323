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
	times := 1
	switch {
	case n.IsGiven():
		return nil
	case n.IsSum():
		times = n.A.Matrix.Cols()
	}
	list := make([][]Number, times)
	for i := range list {
		at := map[Index]int{thisRow: n.Row, thisCol: n.Col, eachK: i}
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
		if len(sources) < 2 {
			return sources
		}
		if size := math.Abs(sources[0].Value() * sources[1].Value()); best == nil || size > largest {
			best, largest = sources, size
		}
	}
	return best
}

// arithmetic returns the lines in which the number is computed. Each holds as it is printed:
// whoever reads its numbers and computes gets the printed result.
func (s *Step) arithmetic(n Number) []string {
	c := calculation{values: map[string]float64{
		"1": 1, "1/N": 1 / float64(s.Pass.N()), "learning_rate": s.Settings.Rate,
	}, texts: map[string]string{
		"N": strconv.Itoa(s.Pass.N()), "value": Exact(n.Value()),
	}}
	sources := n.Sources()
	if n.IsGiven() {
		c.texts["origin"] = n.origin(n.Row, n.Col)
	} else if n.IsSum() {
		sum := 0.0
		for i := range sources {
			c.use(sources[i])
			c.texts["k"] = s.Label(n.A.Cols, i)
			sum += c.write(n.Operation.Each)
		}
		c.set("that", sum)
		c.texts["n"] = strconv.Itoa(len(sources))
	} else {
		c.use(sources[0])
	}
	c.write(n.Operation.Lines)
	return c.lines
}

// A calculation writes lines of arithmetic.
type calculation struct {
	values map[string]float64 // what may stand beside a sign
	texts  map[string]string  // what may stand in a text
	lines  []string
}

func (c *calculation) set(name string, v float64) {
	c.values[name] = v
	c.texts[name] = Exact(v)
}

// use makes the sources the operands a and b.
func (c *calculation) use(sources []Number) {
	for i, source := range sources {
		name := "ab"[i : i+1]
		c.values[name] = source.Value()
		c.texts[name] = source.String()
	}
	a := sources[0]
	c.values["-a"] = -a.Value()
	if of := a.Sources(); len(of) == 1 {
		c.texts["source of a"] = of[0][0].String()
	}
}

// write writes the lines and returns the last result.
func (c *calculation) write(lines []Line) float64 {
	for _, l := range lines {
		text := fill(l.Text, c.texts)
		if l.Sign != "" {
			if l.Left != "" {
				text += Exact(c.values[l.Left]) + " " + l.Sign + " "
			} else {
				text += l.Sign
			}
			result := signs[l.Sign](c.values[l.Left], c.values[l.Right])
			text += Exact(c.values[l.Right]) + " = " + Exact(result)
			c.set("that", result)
		}
		c.lines = append(c.lines, text)
	}
	return c.values["that"]
}

// signs are what a line can compute. The conversions keep a product from being fused with a
// sum.
var signs = map[string]func(left, right float64) float64{
	"+":  func(left, right float64) float64 { return left + right },
	"−":  func(left, right float64) float64 { return left - right },
	"×":  func(left, right float64) float64 { return float64(left * right) },
	"/":  func(left, right float64) float64 { return left / right },
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
