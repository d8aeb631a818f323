// Package page is the step in the browser: as a page that a server on this machine computes,
// and as a file. All that it says of a number comes from package walkthrough; it must not know
// how any of them is computed.
package page

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strings"

	"backprop/iris"
	"backprop/matrix"
	"backprop/network"
	"backprop/network/walkthrough"
	"backprop/network/walkthrough/command"
	"backprop/network/walkthrough/plot"
)

// The page is one template. The style sheet and the script are files of their own for the
// server, and are inside the page where it is a single file.
var (
	//go:embed page.html
	pageHTML string
	//go:embed numbers.js decimals.js panel.js page.js
	scriptFiles embed.FS

	pageTemplate = template.Must(template.New("page").Parse(pageHTML))
)

// scriptNames are the page's scripts, in the order in which they are read.
var scriptNames = []string{"numbers.js", "decimals.js", "panel.js", "page.js"}

// script returns the text of one of the page's scripts.
func script(name string) string {
	text, err := scriptFiles.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(text)
}

// A page is what the template shows. Without a step it shows the form alone.
type page struct {
	Query query
	Step  *walkthrough.Step
	MSE   []float64 // before each step of the run
	File  bool      // as a single file, with no server to ask
}

// errTooLarge is the reason why there is no page with some learning rates.
var errTooLarge = errors.New("the weights grow beyond what a number can hold, expected a smaller rate")

// newPage computes the step that q asks for and the MSE of the whole run: step by step, from
// the first weights on. ctx can end it.
func newPage(ctx context.Context, notebook walkthrough.Notebook, flowers iris.Flowers, q query) (*page, error) {
	p := &page{Query: q}
	watch := func(mse float64) error {
		if math.IsNaN(mse) {
			return errTooLarge
		}
		p.MSE = append(p.MSE, mse)
		return ctx.Err()
	}
	s, err := walkthrough.Compute(notebook, flowers, q.Settings, watch)
	if err != nil {
		return nil, err
	}
	shown := []matrix.Matrix{s.Again.OutputLayerOutputs}
	for _, q := range s.Quantities {
		shown = append(shown, q.Matrix)
	}
	for _, m := range shown {
		if m.Validate() != nil {
			return nil, errTooLarge
		}
	}
	p.Step = s
	p.MSE = append(p.MSE, s.MSEBefore)
	return p, walkthrough.TakeSteps(s.After.Clone(), s.Pass.X, s.Pass.Y, q.Settings.Rate, q.Run-q.Settings.Steps, watch)
}

// write writes the page as HTML.
func (p *page) write(w io.Writer) error {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, p); err != nil {
		return err
	}
	_, err := w.Write(bytes.ToValidUTF8(b.Bytes(), []byte("\uFFFD"))) // what was asked for, and file names, may be anything
	return err
}

// Write returns the command page, which writes the notebook's step as an HTML file.
func Write(notebook walkthrough.Notebook) func(*command.Call) error {
	return func(call *command.Call) error { return writeFile(call, notebook) }
}

func writeFile(call *command.Call, notebook walkthrough.Notebook) error {
	name := call.Flags.String("o", "", "write the page to this `FILE`")
	var s walkthrough.Settings
	flowers, err := s.Parse(call, limits)
	if err != nil {
		return err
	}
	if *name == "" {
		return command.UsageError{Err: errors.New("found no -o, expected the file to write, such as -o step.html")}
	}
	if command.SameFile(*name, string(s.Data)) || command.SameFile(*name, s.File) {
		return command.UsageError{Err: fmt.Errorf("found the file %s twice, expected one to read and another to write", *name)}
	}
	if err := command.CheckWritable(*name); err != nil {
		return err
	}
	p, err := newPage(context.Background(), notebook, flowers, newQuery(s, newStart(s, flowers)))
	if err != nil {
		return err
	}
	p.File = true
	if err := command.WriteFile(*name, p.write); err != nil {
		return err
	}
	_, err = fmt.Fprintf(call.Out, "Step %d is in %s: open it in a browser.\n", s.Steps, *name)
	return err
}

// CSS and JS return what is inside the page where it is a single file.

func (p *page) CSS() template.CSS { return template.CSS(styleSheet(p.Step)) }
func (p *page) JS() (list []template.JS) {
	for _, name := range scriptNames {
		list = append(list, template.JS(script(name)))
	}
	return list
}

// Scripts returns the names of the scripts that the server has.
func (p *page) Scripts() []string { return scriptNames }

// Title returns what the page is about, in a few words.
func (p *page) Title() string {
	if p.Step == nil {
		return "Backpropagation"
	}
	return fmt.Sprintf("Backpropagation, step %d", p.Step.Settings.Steps)
}

// Nodes returns the nodes per layer.
func (p *page) Nodes() string { return walkthrough.Sizes(p.Step.Before) }

// Summary returns the settings in a line.
func (p *page) Summary() string {
	s := p.Step.Settings
	return fmt.Sprintf("%s, %s nodes, learning rate %s, %s",
		s.Data.Summary(len(s.Rows)), p.Nodes(), walkthrough.Exact(s.Rate), s.Weights.Summary())
}

// IsDense reports whether the matrices are so large that four sheets of paper want smaller
// type.
func (p *page) IsDense() bool { return len(p.Step.Flowers) > 3 || p.Step.Settings.Hidden > 3 }

// IsHuge reports whether there are numbers that are long even with few decimals.
func (p *page) IsHuge() bool {
	for _, q := range p.Step.Quantities {
		for _, v := range slices.Concat(q.Matrix...) {
			if isPower(v) {
				return true
			}
		}
	}
	return false
}

// A travel is a control that leads to another page.
type travel struct {
	Text, Label, URL string // URL is "" where there is no such page
}

// Travels returns the controls of the time travel.
func (p *page) Travels() []travel {
	list := []travel{{"first", "the first step", p.Query.At(1)}}
	for _, by := range []int{-100, -10, -1, 1, 10, 100, 1000} {
		step := p.Query.Settings.Steps + by
		t := travel{Text: strings.Replace(fmt.Sprintf("%+d", by), "-", "−", 1), Label: fmt.Sprintf("step %d", step)}
		if step >= 1 && step <= limits.Steps {
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
func (p *page) Net() template.HTML { return drawNet(p.Step, p.flowerRow()) }

// FlowerName returns the chosen flower's name.
func (p *page) FlowerName() string { return p.Step.LongLabel(walkthrough.Flowers, p.flowerRow()) }

// A flowerLink leads to the flower before or after the one that is drawn. The script makes it
// lead on from another one, and hides it where there is none.
type flowerLink struct {
	Text, URL string
	By, To    int // to row To of x
	IsHidden  bool
}

// OtherFlowers returns the links to another flower in the drawing.
func (p *page) OtherFlowers() []flowerLink {
	rows, i := p.Query.Settings.Rows, p.flowerRow()
	list := []flowerLink{{Text: "‹ previous flower", By: -1}, {Text: "next flower ›", By: +1}}
	for k := range list {
		l := &list[k]
		l.To = min(max(i+l.By, 0), len(rows)-1)
		l.URL, l.IsHidden = p.Query.Of(rows[l.To]), l.To == i
	}
	return list
}

// Curve returns the picture of the MSE. In a file it leads nowhere.
func (p *page) Curve() template.HTML {
	link := p.Query.At
	if p.File {
		link = nil
	}
	return template.HTML(plot.MSECurve(p.MSE, p.Query.Settings.Steps, link))
}

// What is covered at first with "predict first", besides the matrices that are computed.
const (
	mseBefore    = "mse_before"
	outputsAfter = "output_layer_outputs_after"
	mseAfter     = "mse_after"
)

// A result is what is shown besides the step's matrices.
type result struct {
	Name, Text string
	Exact      string // for the script, which writes it with more decimals
	Table      template.HTML
}

// MSEBefore and MSEAfter return the MSE before and after the step.

func (p *page) MSEBefore() result { return p.mse(mseBefore, p.Step.MSEBefore) }
func (p *page) MSEAfter() result  { return p.mse(mseAfter, p.Step.MSEAfter) }

// mse returns an MSE with more decimals than other numbers, since a step changes it by little.
func (p *page) mse(name string, v float64) result {
	return result{Name: name, Text: decimals(v, p.Query.Digits()+4), Exact: fmt.Sprint(v)}
}

// Cells returns the notebook's cells from 2 on; the template knows what else is in each.
func (p *page) Cells() []cell {
	var cells []cell
	for _, c := range p.Step.Cells() {
		list := make([]quantity, len(c.Quantities))
		for i, q := range c.Quantities {
			list[i] = quantity{q, p.Step, p.Query.Digits()}
		}
		cells = append(cells, cell{c.Number, c.Title, list})
	}
	return cells
}

// A cell is one of the notebook with its matrices.
type cell struct {
	Number     int
	Title      string
	Quantities []quantity
}

// WeightsOrigin says where the weights come from.
func (p *page) WeightsOrigin() string { return strings.Join(p.Step.WeightsOrigin(), ", ") }

// FlowerTable returns the flowers as a table.
func (p *page) FlowerTable() template.HTML {
	t := table{step: p.Step, name: "flowers", rows: walkthrough.Flowers, cols: walkthrough.Features, values: p.Step.Pass.X, measured: true, extra: "species"}
	return t.html()
}

// OutputsAfter returns the outputs with the new weights as a table.
func (p *page) OutputsAfter() result {
	t := table{step: p.Step, name: outputsAfter, rows: walkthrough.Flowers, cols: walkthrough.Species, values: p.Step.Again.OutputLayerOutputs, digits: p.Query.Digits(), exact: true}
	return result{Name: outputsAfter, Table: t.html()}
}

// NextURL returns the URL of the step after this one, or "".
func (p *page) NextURL() string {
	if p.File || p.Step.Settings.Steps == limits.Steps {
		return ""
	}
	return p.Query.At(p.Step.Settings.Steps + 1)
}

// Sigmoids returns values of the sigmoid.
func (p *page) Sigmoids() []string {
	var list []string
	for _, z := range []float64{-2, 0, 2} {
		list = append(list, fmt.Sprintf("σ(%s) = %s", trueMinus(fmt.Sprint(z)), decimals(network.Sigmoid(z), p.Query.Digits())))
	}
	return list
}
