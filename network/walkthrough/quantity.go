package walkthrough

import (
	"fmt"
	"strings"

	"backprop/matrix"
)

// A Quantity is one matrix of the step, and how it came about.
type Quantity struct {
	Name       string  // the series' name
	Cell       int     // of part 13's notebook
	Part       string  // of the series
	Meaning    string  // in one sentence
	Stage      Stage   // of the pass
	Net        NetPart // what shows its numbers in a drawing of the net
	Operation  *Operation
	A, B       *Quantity // the operands, nil where there are none
	Rows, Cols Axis
	Matrix     matrix.Matrix

	origin func(row, col int) string // where a number comes from, if the matrix is given
}

// IsGiven reports whether the matrix is computed from no others.
func (q *Quantity) IsGiven() bool { return q.A == nil }

// IsSum reports whether each number is a sum of products: a row of A times a column of B.
func (q *Quantity) IsSum() bool { return q.Operation.B[0] == eachK }

// IsMeasured reports whether the numbers are those of the data, which have few digits.
func (q *Quantity) IsMeasured() bool {
	if q.Operation == transposed {
		return q.A.IsMeasured()
	}
	return q.IsGiven() && q.Rows == Flowers
}

// Operands returns those that there are.
func (q *Quantity) Operands() []*Quantity {
	switch {
	case q.A == nil:
		return nil
	case q.B == nil:
		return []*Quantity{q.A}
	default:
		return []*Quantity{q.A, q.B}
	}
}

// Origins returns where each number comes from, if the matrix is given, or nil.
func (q *Quantity) Origins() [][]string {
	if !q.IsGiven() {
		return nil
	}
	list := make([][]string, q.Matrix.Rows())
	for i, row := range q.Matrix {
		for j := range row {
			list[i] = append(list[i], q.origin(i, j))
		}
	}
	return list
}

// operandNames returns the operands' names with commas between them, or what stands for none.
func (q *Quantity) operandNames() string {
	var names []string
	for _, operand := range q.Operands() {
		names = append(names, operand.Name)
	}
	if names == nil {
		return "–"
	}
	return strings.Join(names, ", ")
}

// Equation returns how the quantity is computed, in the series' names, or "".
func (q *Quantity) Equation() string {
	return fill(q.Operation.Equation, q.names((*Quantity).name))
}

// MathML returns the equation as MathML, with the shapes below the names, or "".
func (q *Quantity) MathML() string {
	if q.IsGiven() {
		return ""
	}
	values := q.names((*Quantity).mathName)
	values["aᵀ"] = mathShape(mathTransposed(q.A), q.A)
	return fmt.Sprintf(`<math display="block" alttext="%s = %s">%s<mo>=</mo>%s</math>`,
		q.Name, q.Equation(), mathShape("<mi>"+q.Name+"</mi>", q), fill(q.Operation.MathML, values))
}

func (q *Quantity) name() string { return q.Name }

// mathName returns the name as in the right side of an equation.
func (q *Quantity) mathName() string {
	if q.Operation == transposed {
		return mathShape(mathTransposed(q.A), q)
	}
	return mathShape("<mi>"+q.Name+"</mi>", q)
}

func mathTransposed(q *Quantity) string { return "<msup><mi>" + q.Name + "</mi><mi>T</mi></msup>" }

// mathShape returns a name with the quantity's shape below it.
func mathShape(name string, q *Quantity) string {
	return "<munder>" + name + "<mtext>" + q.Shape() + "</mtext></munder>"
}

// Shape returns the matrix's shape, such as 3×2.
func (q *Quantity) Shape() string { return fmt.Sprintf("%d×%d", q.Matrix.Rows(), q.Matrix.Cols()) }

func (q *Quantity) withShape() string { return q.Name + " " + q.Shape() }

// Parts returns where the series has it.
func (q *Quantity) Parts() string {
	if strings.ContainsAny(q.Part, ",–") {
		return "parts " + q.Part
	}
	return "part " + q.Part
}

// Head returns what the quantity is and how it is computed, in lines.
func (q *Quantity) Head() string {
	var b strings.Builder
	if !q.IsGiven() {
		fmt.Fprintf(&b, "%s = %s\n", q.Name, q.Equation())
	}
	fmt.Fprintf(&b, "%s\nSee %s of the series.\n", q.Meaning, q.Parts())
	return b.String()
}

// names returns the values of {a} and {b} in an operation's text.
func (q *Quantity) names(of func(operand *Quantity) string) map[string]string {
	values := map[string]string{}
	for i, operand := range q.Operands() {
		values["ab"[i:i+1]] = of(operand)
	}
	return values
}

// fill returns the text with each {name} replaced by its value.
func fill(text string, values map[string]string) string {
	var pairs []string
	for name, value := range values {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
