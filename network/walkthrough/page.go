package walkthrough

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"html/template"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// The page is one template. The style sheet and the script are files of their
// own for the server and stand inside the page where it is a single file.
var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string

	pageTemplate = template.Must(template.New("page").Parse(pageHTML))
)

// A page is what the template shows. Without a step it shows the form alone.
type page struct {
	Query pageQuery
	Step  *Step
	MSE   []float64 // of each step of the run
	File  bool      // as a single file, with no server to ask

	CSS template.CSS // of a single file
	JS  template.JS
}

// newPage computes the step that q asks for and the MSE of the whole run: step by step from
// the first weights on.
func newPage(ctx context.Context, notebook Notebook, flowers iris.Flowers, q pageQuery) (*page, error) {
	run := func(s Settings) (*Step, error) {
		s.Steps = 1
		return compute(notebook, flowers, s)
	}
	first, err := run(q.Settings)
	if err != nil {
		return nil, err
	}
	net, all := first.Before, first.Pass
	one, err := net.NewPass(all.X[:1], all.Y[:1]) // Train also wants a test set: the smaller, the sooner it is done
	if err != nil {
		return nil, err
	}
	goOn := func(network.History) bool { return ctx.Err() == nil }
	before, stop := net.Train(all, one, q.Settings.Rate, network.Rules{Epochs: q.Settings.Steps - 1}, goOn)
	switch stop {
	case network.Interrupted:
		return nil, ctx.Err()
	case network.NotANumber:
		return nil, errTooLarge
	}
	settings := q.Settings
	settings.Loaded = net.Clone()
	step, err := run(settings)
	if err != nil {
		return nil, err
	}
	step.Settings = q.Settings
	after, stop := net.Train(all, one, q.Settings.Rate, network.Rules{Epochs: q.Run - q.Settings.Steps + 1}, goOn)
	if stop == network.Interrupted {
		return nil, ctx.Err()
	}
	view := &page{Query: q, Step: step}
	for _, record := range append(before, after...) {
		view.MSE = append(view.MSE, record.MSE)
	}
	return view, nil
}

// write writes the page as HTML.
func (p *page) write(w io.Writer) error {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, p); err != nil {
		return err
	}
	_, err := w.Write(bytes.ToValidUTF8(b.Bytes(), []byte("\uFFFD"))) // what was asked for, and file names, may be none
	return err
}

// WritePage is the command page: one step as an HTML file.
func WritePage(call *Call) error {
	name := call.Flags.String("o", "", "write the page to this `FILE`")
	q := pageQuery{}
	flowers, err := q.Settings.parse(call, pageLimits)
	if err != nil {
		return err
	}
	if *name == "" {
		return UsageError{errors.New("found no -o, expected the file to write, such as -o step.html")}
	}
	if sameFile(*name, q.Settings.Data) || sameFile(*name, q.Settings.Weights) {
		return UsageError{fmt.Errorf("found the file %s twice, expected one to read and another to write", *name)}
	}
	if err := checkWritable(*name); err != nil {
		return err
	}
	q.Run, q.Flower = q.Settings.Steps, q.Settings.Rows[0]
	view, err := newPage(context.Background(), call.Notebook, flowers, q)
	if err != nil {
		return err
	}
	view.File, view.CSS, view.JS = true, template.CSS(pageCSS), template.JS(pageJS)
	if err := WriteFile(*name, view.write); err != nil {
		return err
	}
	_, err = fmt.Fprintf(call.Out, "Step %d is in %s: open it in a browser.\n", q.Settings.Steps, *name)
	return err
}

// Title returns what the page is about, in a few words.
func (p *page) Title() string {
	if p.Step == nil {
		return "Backpropagation"
	}
	return fmt.Sprintf("Backpropagation, step %d", p.Step.Settings.Steps)
}

// Summary returns the settings in a line.
func (p *page) Summary() string {
	s := p.Step.Settings
	weights := fmt.Sprintf("seed %d", s.Seed)
	if s.Weights != "" {
		weights = "weights from " + short(s.Weights)
	}
	return fmt.Sprintf("%s, %d-%d-%d nodes, learning rate %s, %s", count(len(s.Rows), "flower"),
		p.Step.Pass.X.Cols(), s.Hidden, p.Step.Pass.Y.Cols(), exact(s.Rate), weights)
}

// IsDense reports whether the matrices are so large that four sheets of paper
// want smaller type.
func (p *page) IsDense() bool { return len(p.Step.Flowers) > 3 || p.Step.Settings.Hidden > 3 }

// A travel is a control that leads to another step.
type travel struct {
	Text, Label, URL string // URL is "" where there is no such step
}

// Travels returns the controls of the time travel.
func (p *page) Travels() []travel {
	list := []travel{{"first", "the first step", p.Query.At(1)}}
	for _, by := range []int{-100, -10, -1, 1, 10, 100, 1000} {
		step := p.Query.Settings.Steps + by
		t := travel{Text: strings.Replace(fmt.Sprintf("%+d", by), "-", "−", 1), Label: fmt.Sprintf("step %d", step)}
		if step >= 1 && step <= pageLimits.steps {
			t.URL = p.Query.At(step)
		} else {
			t.Label = "there is no such step"
		}
		list = append(list, t)
	}
	return list
}

// flowerRow returns which row of x the flower in the drawing has.
func (p *page) flowerRow() int { return slices.Index(p.Query.Settings.Rows, p.Query.Flower) }

// Net returns the drawing of the net for the chosen flower.
func (p *page) Net() template.HTML { return p.Step.Drawing(p.flowerRow()) }

// FlowerName returns the chosen flower's name.
func (p *page) FlowerName() string { return p.Step.longLabel(Flowers, p.flowerRow()) }

// OtherFlowers returns the controls for another flower in the drawing.
func (p *page) OtherFlowers() []travel {
	rows, i := p.Query.Settings.Rows, p.flowerRow()
	list := []travel{{Text: "‹ previous flower"}, {Text: "next flower ›"}}
	if i > 0 {
		list[0].URL = p.Query.Of(rows[i-1])
	}
	if i+1 < len(rows) {
		list[1].URL = p.Query.Of(rows[i+1])
	}
	return list
}

// Curve returns the picture of the MSE.
func (p *page) Curve() template.HTML {
	if p.File {
		return MSECurve(p.MSE, p.Query.Settings.Steps, nil)
	}
	return MSECurve(p.MSE, p.Query.Settings.Steps, p.Query.At)
}

// MSEBefore and MSEAfter return the MSE before and after the step.
func (p *page) MSEBefore() string { return fmt.Sprintf("%.12f", p.Step.MSEBefore) }
func (p *page) MSEAfter() string  { return fmt.Sprintf("%.12f", p.Step.MSEAfter) }

// A pageCell is a cell of the notebook with the matrices that it computes.
type pageCell struct {
	Number     int
	Title      string
	Quantities []pageQuantity
}

// Cells returns the cells from 2 on; the template knows what else is in each.
func (p *page) Cells() []pageCell {
	cells := []pageCell{
		{Number: 2, Title: "load the flowers and take some"},
		{Number: 3, Title: "x, y and N"},
		{Number: 4, Title: "the sigmoid"},
		{Number: 5, Title: "the settings"},
		{Number: 6, Title: "the weights"},
		{Number: 7, Title: "feedforward and backpropagation"},
		{Number: 8, Title: "the gradient descent step"},
		{Number: 9, Title: "the mean squared error"},
		{Number: 10, Title: "once more forward, with the new weights"},
	}
	for _, q := range p.Step.Quantities() {
		c := &cells[q.Cell-2]
		c.Quantities = append(c.Quantities, pageQuantity{q, p.Step})
	}
	return cells
}

// WeightsOrigin says where the weights come from.
func (p *page) WeightsOrigin() string {
	s := p.Step.Settings
	text := fmt.Sprintf("np.random.seed(%d), scale=0.5", s.Seed)
	if s.Weights != "" {
		text = "saved in " + s.Weights
	}
	if s.Steps > 1 {
		text += fmt.Sprintf(", and then moved by %s", count(s.Steps-1, "gradient descent step"))
	}
	return text
}

// FlowerTable returns the flowers as a table.
func (p *page) FlowerTable() template.HTML {
	var b bytes.Buffer
	s := p.Step
	t := pageTable{step: s, name: "flowers", rows: Flowers, cols: Features, extra: "species", values: s.Pass.X}
	t.write(&b)
	return template.HTML(b.String())
}

// OutputsAfter returns the outputs with the new weights as a table.
func (p *page) OutputsAfter() template.HTML {
	var b bytes.Buffer
	t := pageTable{step: p.Step, name: "output_layer_outputs_after", rows: Flowers, cols: Species, values: p.Step.Again.OutputLayerOutputs}
	t.write(&b)
	return template.HTML(b.String())
}

// NextURL returns the URL of the step after this one, or "".
func (p *page) NextURL() string {
	if p.File || p.Step.Settings.Steps == pageLimits.steps {
		return ""
	}
	return p.Query.At(p.Step.Settings.Steps + 1)
}

// Sigmoids returns values of the sigmoid.
func (p *page) Sigmoids() []string {
	var list []string
	for _, z := range []float64{-2, 0, 2} {
		list = append(list, fmt.Sprintf("σ(%s) = %.8f", strings.Replace(fmt.Sprint(z), "-", "−", 1), network.Sigmoid(z)))
	}
	return list
}

// Numbers returns what the script needs to explain a number: every matrix at
// full precision, with how it is computed.
func (p *page) Numbers() any {
	type labels struct {
		Short, Long []string
	}
	type quantity struct {
		Head       string
		Op         Op
		X, Y       string
		Rows, Cols Axis
		Values     numbers
		Powers     numbers    `json:",omitempty"` // e^-z, of a sigmoid
		Origins    [][]string `json:",omitempty"` // of what is given
	}
	all := struct {
		N          int
		Rate       float64
		Axes       []labels
		Quantities map[string]quantity
	}{p.Step.Pass.N(), p.Step.Settings.Rate, nil, map[string]quantity{}}

	sizes := [...]int{Flowers: len(p.Step.Flowers), Features: p.Step.Pass.X.Cols(), HiddenNodes: p.Step.Settings.Hidden, Species: p.Step.Pass.Y.Cols()}
	for axis, size := range sizes {
		var l labels
		for i := range size {
			l.Short = append(l.Short, p.Step.label(Axis(axis), i))
			l.Long = append(l.Long, p.Step.longLabel(Axis(axis), i))
		}
		all.Axes = append(all.Axes, l)
	}
	list := p.Step.Quantities()
	for _, q := range list {
		var head bytes.Buffer
		p.Step.writeHead(&head, q)
		entry := quantity{Head: head.String(), Op: q.Op, X: q.X, Y: q.Y, Rows: q.Rows, Cols: q.Cols, Values: numbers(q.Matrix)}
		switch q.Op {
		case Sigmoid:
			z := list[slices.IndexFunc(list, func(x Quantity) bool { return x.Name == q.X })].Matrix
			var powers matrix.Matrix
			powers.Apply(func(z float64) float64 { return numpy.Exp(-z) }, z)
			entry.Powers = numbers(powers)
		case Given:
			for i, row := range q.Matrix {
				entry.Origins = append(entry.Origins, make([]string, len(row)))
				for j := range row {
					entry.Origins[i][j] = p.Step.origin(q, i, j)
				}
			}
		}
		all.Quantities[q.Name] = entry
	}
	return all
}

// numbers is a matrix that is written as JSON whatever is in it: Infinity and
// NaN as strings.
type numbers [][]float64

func (n numbers) MarshalJSON() ([]byte, error) {
	b := []byte{'['}
	for i, row := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j, v := range row {
			if j > 0 {
				b = append(b, ',')
			}
			switch {
			case math.IsNaN(v):
				b = append(b, `"NaN"`...)
			case math.IsInf(v, 1):
				b = append(b, `"Infinity"`...)
			case math.IsInf(v, -1):
				b = append(b, `"-Infinity"`...)
			default:
				b = strconv.AppendFloat(b, v, 'g', -1, 64)
			}
		}
		b = append(b, ']')
	}
	return append(b, ']'), nil
}

var _ json.Marshaler = numbers(nil)

// A pageQuantity is a quantity with what the template shows of it.
type pageQuantity struct {
	Quantity
	step *Step
}

// stages says what the drawing shows beside each quantity: what flows, and in
// which direction.
var stages = map[string]string{
	"hidden_layer_inputs":    "forward-1",
	"hidden_layer_outputs":   "forward-1",
	"output_layer_inputs":    "forward-2",
	"output_layer_outputs":   "forward-2",
	"output_layer_error":     "error",
	"output_layer_slope":     "error",
	"output_layer_delta":     "error",
	"weights_2.T":            "backward-2",
	"hidden_layer_error":     "backward-2",
	"hidden_layer_slope":     "backward-2",
	"hidden_layer_delta":     "backward-2",
	"hidden_layer_outputs.T": "update-2",
	"weights_2_update":       "update-2",
	"x.T":                    "update-1",
	"weights_1_update":       "update-1",
	"new_weights_2":          "update-2",
	"new_weights_1":          "update-1",
}

// Stage returns the quantity's class for the drawing.
func (q pageQuantity) Stage() string { return stages[q.Name] }

// Shape returns the matrix's shape, such as 3×2.
func (q pageQuantity) Shape() string {
	return fmt.Sprintf("%d×%d", q.Matrix.Rows(), q.Matrix.Cols())
}

// Parts returns where the series has it.
func (q pageQuantity) Parts() string {
	if strings.ContainsAny(q.Part, ",–") {
		return "parts " + q.Part
	}
	return "part " + q.Part
}

// IsProduct reports whether the matrix is laid out as a product, with its left
// factor to the left of it and its right factor above.
func (q pageQuantity) IsProduct() bool { return q.Op == Dot || q.Op == DotOverN }

// IsGiven reports whether the matrix is computed from no others.
func (q pageQuantity) IsGiven() bool { return q.Op == Given }

// A pageTerm is an operand as a table, with the signs around it.
type pageTerm struct {
	Sign  string
	Table template.HTML
	After string
}

// Terms returns the operands of what is no dot product.
func (q pageQuantity) Terms() []pageTerm {
	switch q.Op {
	case Given:
		return nil
	case Sigmoid:
		return []pageTerm{{"σ(", q.Left(), ")"}}
	case Slope:
		return []pageTerm{{"", q.Left(), "∘ (1 − it)"}}
	case Transposed:
		return []pageTerm{{"", q.Left(), "transposed"}}
	}
	sign := map[Op]string{Difference: "−", Product: "∘", Descent: "− " + exact(q.step.Settings.Rate) + " ·"}[q.Op]
	return []pageTerm{{"", q.Left(), ""}, {sign, q.Right(), ""}}
}

// ByN returns what a dot product is divided by, for the empty corner.
func (q pageQuantity) ByN() string {
	if q.Op == DotOverN {
		return fmt.Sprintf("÷ N = %d", q.step.Pass.N())
	}
	return ""
}

// Left, Right and Result return the operands and the quantity as tables.
func (q pageQuantity) Left() template.HTML   { return q.operand(q.X) }
func (q pageQuantity) Right() template.HTML  { return q.operand(q.Y) }
func (q pageQuantity) Result() template.HTML { return q.table(q.Quantity, true) }

func (q pageQuantity) operand(name string) template.HTML {
	operand, ok := q.step.quantity(name)
	if !ok {
		return ""
	}
	return q.table(operand, false)
}

func (q pageQuantity) table(of Quantity, home bool) template.HTML {
	var b bytes.Buffer
	t := pageTable{step: q.step, name: of.Name, rows: of.Rows, cols: of.Cols, values: of.Matrix, home: home}
	t.write(&b)
	return template.HTML(b.String())
}

// MathML returns the equation as MathML, with the shapes below the names.
func (q pageQuantity) MathML() template.HTML {
	x, _ := q.step.quantity(q.X)
	y, _ := q.step.quantity(q.Y)
	right := ""
	switch q.Op {
	case Given:
		return ""
	case Dot:
		right = mathName(x) + "<mo>·</mo>" + mathName(y)
	case DotOverN:
		right = "<mfrac><mrow>" + mathName(x) + "<mo>·</mo>" + mathName(y) + "</mrow><mi>N</mi></mfrac>"
	case Sigmoid:
		right = `<mi>σ</mi><mo stretchy="false">(</mo>` + mathName(x) + `<mo stretchy="false">)</mo>`
	case Slope:
		right = mathName(x) + `<mo>∘</mo><mo stretchy="false">(</mo><mn>1</mn><mo>−</mo>` + mathName(x) + `<mo stretchy="false">)</mo>`
	case Difference:
		right = mathName(x) + "<mo>−</mo>" + mathName(y)
	case Product:
		right = mathName(x) + "<mo>∘</mo>" + mathName(y)
	case Transposed:
		right = mathShape("<msup><mi>"+q.X+"</mi><mi>T</mi></msup>", x.Matrix)
	case Descent:
		right = mathName(x) + "<mo>−</mo><mi>learning_rate</mi><mo>·</mo>" + mathName(y)
	}
	return template.HTML(fmt.Sprintf(`<math display="block" alttext="%s = %s">%s<mo>=</mo>%s</math>`,
		q.Name, q.Equation(), mathShape("<mi>"+q.Name+"</mi>", q.Matrix), right))
}

// mathName returns the quantity's name, as in an equation's right side.
func mathName(q Quantity) string {
	name := "<mi>" + q.Name + "</mi>"
	if q.Op == Transposed {
		name = "<msup><mi>" + q.X + "</mi><mi>T</mi></msup>"
	}
	return mathShape(name, q.Matrix)
}

// mathShape returns the name with the matrix's shape below it.
func mathShape(name string, m matrix.Matrix) string {
	return fmt.Sprintf("<munder>%s<mtext>%d×%d</mtext></munder>", name, m.Rows(), m.Cols())
}

// A pageTable is a matrix as an HTML table with headers.
type pageTable struct {
	step       *Step
	name       string
	rows, cols Axis
	values     matrix.Matrix
	extra      string // a last column's name, for the flowers
	home       bool   // its cells can be linked to
}

// printed is how many rows and columns of a large matrix go on paper.
const printed = 4

func (t pageTable) write(b *bytes.Buffer) {
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
	if t.isMeasured() {
		class += " short"
	}
	fmt.Fprintf(b, `<div class="box"><table class="%s" data-of="%s"><caption>%[2]s <span class="shape">%d×%d</span>`, strings.TrimSpace(class), t.name, rows, cols)
	if note != "" {
		fmt.Fprintf(b, ` <span class="printed">(%s)</span>`, note)
	}
	b.WriteString("</caption><thead><tr><td></td>")
	for j := range cols {
		fmt.Fprintf(b, `<th scope="col">%s</th>`, strings.Replace(t.label(t.cols, j), "node ", "node\u00a0", 1))
	}
	if t.extra != "" {
		fmt.Fprintf(b, `<th scope="col">%s</th>`, t.extra)
	}
	b.WriteString("</tr></thead><tbody>\n")
	for i, row := range t.values {
		fmt.Fprintf(b, `<tr><th scope="row">%s</th>`, t.label(t.rows, i))
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
			b.WriteByte('>')
			if t.isMeasured() {
				b.WriteString(exact(v))
			} else {
				b.WriteString(decimals(v))
			}
			b.WriteString("</td>")
		}
		if t.extra != "" {
			fmt.Fprintf(b, "<td>%v</td>", t.step.Flowers[i].Species)
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table></div>")
}

// isMeasured reports whether the numbers are those of the data, which have few
// digits.
func (t pageTable) isMeasured() bool {
	return slices.Contains([]string{"flowers", "x", "y", "x.T"}, t.name)
}

// label returns a row's or column's header.
func (t pageTable) label(axis Axis, i int) string {
	text := t.step.label(axis, i)
	if axis == Flowers {
		text = fmt.Sprintf("%d %s", t.step.Settings.Rows[i], text)
	}
	return html.EscapeString(text)
}

// decimals writes a number as matrices are printed, with 8 decimals.
func decimals(v float64) string {
	if math.Abs(v) >= 1e9 {
		return strconv.FormatFloat(v, 'e', 8, 64)
	}
	return strconv.FormatFloat(v, 'f', 8, 64)
}
