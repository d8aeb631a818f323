package page

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strconv"
	"strings"

	"backprop/matrix"
	"backprop/network/walkthrough"
)

// A quantity is one of the step's, with what the template shows of it.
type quantity struct {
	*walkthrough.Quantity
	step   *walkthrough.Step
	digits int // after the point
}

// Equation returns the equation as MathML.
func (q quantity) Equation() template.HTML { return template.HTML(q.MathML()) }

// A term is an operand as a table, with the signs around it.
type term struct {
	Sign  string
	Table template.HTML
	After string
}

var operand = regexp.MustCompile(`\{[ab]\}`)

// Terms returns the operands, but for those of a sum of products, which have a layout of their
// own: the left factor to the left of the result and the right one above it.
func (q quantity) Terms() []term {
	if q.Operation.Terms == "" {
		return nil
	}
	text := strings.Replace(q.Operation.Terms, "{learning_rate}", measured(q.step.Settings.Rate), 1)
	signs := operand.Split(text, -1)
	var terms []term
	for i, name := range operand.FindAllString(text, -1) {
		of := q.A
		if name == "{b}" {
			of = q.B
		}
		terms = append(terms, term{Sign: strings.TrimSpace(signs[i]), Table: q.table(of, false)})
	}
	terms[len(terms)-1].After = strings.TrimSpace(signs[len(signs)-1])
	return terms
}

// Corner returns what a dot product is divided by, for the empty corner of its layout.
func (q quantity) Corner() string {
	return strings.Replace(q.Operation.Corner, "{N}", strconv.Itoa(q.step.Pass.N()), 1)
}

// Left, Right and Result return the operands and the quantity as tables.

func (q quantity) Left() template.HTML   { return q.table(q.A, false) }
func (q quantity) Right() template.HTML  { return q.table(q.B, false) }
func (q quantity) Result() template.HTML { return q.table(q.Quantity, true) }

func (q quantity) table(of *walkthrough.Quantity, home bool) template.HTML {
	t := table{
		step: q.step, name: of.Name, rows: of.Rows, cols: of.Cols, values: of.Matrix,
		measured: of.IsMeasured(), digits: q.digits, home: home, bare: q.isBare(of),
	}
	return t.html()
}

// isBare reports whether the table of an operand, or of the quantity itself, needs no labels of
// its own: they are those of the first operand, which is beside it, or it is a single number.
func (q quantity) isBare(of *walkthrough.Quantity) bool {
	first := q.A
	if of.Rows == walkthrough.Whole {
		return true
	}
	return !q.IsGiven() && !q.IsSum() && of != first && of.Rows == first.Rows && of.Cols == first.Cols && of.Matrix.Cols() <= printed+1
}

// A table is a matrix as an HTML table with headers.
type table struct {
	step       *walkthrough.Step
	name       string
	rows, cols walkthrough.Axis
	values     matrix.Matrix
	measured   bool   // the numbers are those of the data, which have few digits
	digits     int    // of the others, after the point
	exact      bool   // its cells have their numbers for the script, which knows no such matrix
	bare       bool   // the labels are those of the table before it
	extra      string // a last column's name, for the flowers
	home       bool   // its cells can be linked to
}

// printed is how many rows and columns of a large matrix go on paper.
const printed = 4

func (t table) html() template.HTML {
	var b bytes.Buffer
	rows, cols := t.values.Rows(), t.values.Cols()
	class, note := "", ""
	if rows > printed+1 {
		class += " tall"
		note = fmt.Sprintf("the first %d of %d rows", printed, rows)
	}
	if cols > printed+1 {
		class += " wide"
		note = strings.TrimPrefix(fmt.Sprintf("%s, the first %d of %d columns", note, printed, cols), ", ")
	}
	if t.home {
		class += " home"
	}
	if t.measured {
		class += " short"
	}
	if t.bare {
		class += " bare"
	}
	fmt.Fprintf(&b, `<div class="box"><table class="%s" data-of="%s"><caption>%[2]s <span class="shape">%d×%d</span>`, strings.TrimSpace(class), t.name, rows, cols)
	if note != "" {
		fmt.Fprintf(&b, ` <span class="printed">(%s)</span>`, note)
	}
	b.WriteString("</caption><thead><tr><td></td>")
	for j := range cols {
		fmt.Fprintf(&b, `<th scope="col">%s</th>`, strings.Replace(t.label(t.cols, j), "node ", "node\u00a0", 1))
	}
	if t.extra != "" {
		fmt.Fprintf(&b, `<th scope="col">%s</th>`, t.extra)
	}
	b.WriteString("</tr></thead><tbody>\n")
	for i, row := range t.values {
		fmt.Fprintf(&b, `<tr><th scope="row">%s</th>`, t.label(t.rows, i))
		for j, v := range row {
			b.WriteString("<td")
			if t.home {
				b.WriteString(` id="`)
				b.WriteString(t.name)
				b.WriteByte('-')
				b.WriteString(strconv.Itoa(i))
				b.WriteByte('-')
				b.WriteString(strconv.Itoa(j))
				b.WriteByte('"')
			}
			if t.exact {
				fmt.Fprintf(&b, ` data-exact="%v"`, v)
			}
			b.WriteByte('>')
			if t.measured {
				b.WriteString(measured(v))
			} else {
				b.WriteString(decimals(v, t.digits))
			}
			b.WriteString("</td>")
		}
		if t.extra != "" {
			fmt.Fprintf(&b, "<td>%v</td>", t.step.Flowers[i].Species)
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table></div>")
	return template.HTML(b.String())
}

// label returns a row's or column's header.
func (t table) label(axis walkthrough.Axis, i int) string {
	text := t.step.Label(axis, i)
	if axis == walkthrough.Flowers {
		text = fmt.Sprintf("%d %s", t.step.Settings.Rows[i], text)
	}
	return html.EscapeString(text)
}
