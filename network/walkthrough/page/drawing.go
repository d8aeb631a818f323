package page

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"math"
	"slices"
	"strings"

	"backprop/network/walkthrough"
)

// The drawing's measures, in units of its viewBox.
const (
	drawingWidth = 640
	drawingTop   = 74 // above the uppermost node
)

// A layer of nodes in the drawing, from left to right.
type layer struct {
	axis  walkthrough.Axis
	title string
	x     float64
}

var layers = []layer{
	{walkthrough.Features, "input layer", 146},
	{walkthrough.HiddenNodes, "hidden layer", 328},
	{walkthrough.Species, "output layer", 508},
}

// layerX returns where the layer of an axis is.
func layerX(axis walkthrough.Axis) float64 {
	return layers[slices.IndexFunc(layers, func(l layer) bool { return l.axis == axis })].x
}

// An arrow shows what flows between the layers in a stage of the pass, and in which direction.
type arrow struct {
	stage    walkthrough.Stage
	from, to float64
	text     string
}

var arrows = []arrow{
	{walkthrough.Forward1, layers[0].x + gap, layers[1].x - gap, "forward"},
	{walkthrough.Forward2, layers[1].x + gap, layers[2].x - gap, "forward"},
	{walkthrough.ForwardMSE, layers[2].x + gap, layers[2].x + 90, "forward: MSE"},
	{walkthrough.OutputError, layers[2].x + 90, layers[2].x + gap, "error"},
	{walkthrough.Backward2, layers[2].x - gap, layers[1].x + gap, "backward"},
	{walkthrough.Update2, layers[2].x - gap, layers[1].x + gap, "backward: update"},
	{walkthrough.Update1, layers[1].x - gap, layers[0].x + gap, "backward: update"},
}

const gap = 20 // from an arrow to a layer

// isBackward reports whether it is an arrow of the way back.
func (a arrow) isBackward() bool { return a.to < a.from }

// drawNet returns an SVG picture of the net: the nodes with their values for the flower in the
// given row of x, the weights before the step as lines, and an arrow for each of the stages of
// a pass, of which the style sheet shows the current one.
func drawNet(s *walkthrough.Step, flower int) template.HTML {
	var b bytes.Buffer
	d := drawing{step: s, flower: flower, distance: 58, radius: 28}
	class, most := "net", max(s.Pass.X.Cols(), s.Settings.Hidden, s.Pass.Y.Cols())
	if most > 6 {
		class, d.distance, d.radius = "net many", 42, 20
	}
	height := drawingTop + float64(most)*d.distance
	d.middle = drawingTop + float64(most)*d.distance/2
	fmt.Fprintf(&b, `<svg class="%s" viewBox="0 0 %d %.0f" role="img" aria-labelledby="net-title net-desc">`, class, drawingWidth, height)
	fmt.Fprintf(&b, "\n<title id=\"net-title\">The net, with the values of %s</title>", html.EscapeString(s.LongLabel(walkthrough.Flowers, flower)))
	b.WriteString("\n<desc id=\"net-desc\">Nodes of the input, hidden and output layer from left to right. Lines are weights: the wider, the larger; solid for above zero, dashed for below.</desc>\n")
	d.writeArrows(&b)
	for _, q := range s.Quantities {
		if q.Net == walkthrough.WeightLines {
			d.writeWeights(&b, q)
		}
	}
	for _, l := range layers {
		d.writeNodes(&b, l)
	}
	b.WriteString("</svg>\n")
	return template.HTML(b.String())
}

type drawing struct {
	step             *walkthrough.Step
	flower           int
	distance, radius float64 // of the nodes
	middle           float64 // of every layer, from the top
}

// yOf returns how far down node i of so many is.
func (d drawing) yOf(i, nodes int) float64 {
	return d.middle + float64((float64(i)-float64(nodes-1)/2)*d.distance)
}

// writeArrows writes an arrow for each stage.
func (d drawing) writeArrows(b *bytes.Buffer) {
	for _, a := range arrows {
		head := math.Copysign(14, a.to-a.from)
		fmt.Fprintf(b, `<g class="flow %s"><path d="M%.0f 42H%.0fm0 -9l%.0f 9l%.0f 9z"/>`, a.stage, a.from, a.to-head, head, -head)
		fmt.Fprintf(b, "<text x=\"%.0f\" y=\"26\" text-anchor=\"middle\">%s</text></g>\n", (a.from+a.to)/2, a.text)
	}
}

// writeWeights writes a line for each weight.
func (d drawing) writeWeights(b *bytes.Buffer, q *walkthrough.Quantity) {
	largest := 0.0
	for _, row := range q.Matrix {
		for _, w := range row {
			largest = max(largest, math.Abs(w))
		}
	}
	fmt.Fprintf(b, "<g class=\"weights\" data-of=\"%s\">\n", q.Name)
	for i, row := range q.Matrix {
		for j, w := range row {
			sign := "positive"
			if w < 0 {
				sign = "negative"
			}
			width := 1 + float64(7*(math.Abs(w)/max(largest, math.SmallestNonzeroFloat64)))
			fmt.Fprintf(b, `<line class="%s" data-at="%d-%d %d-%d" x1="%.0f" y1="%.1f" x2="%.0f" y2="%.1f" stroke-width="%.1f"><title>%s = %s</title></line>`+"\n",
				sign, q.Rows, i, q.Cols, j, layerX(q.Rows)+d.radius, d.yOf(i, q.Matrix.Rows()), layerX(q.Cols)-d.radius, d.yOf(j, q.Matrix.Cols()), width, walkthrough.At(q.Name, i, j), decimals(w, manyDecimals))
		}
	}
	b.WriteString("</g>\n")
}

// writeNodes writes a layer's nodes with what they give out, and for the way back with their
// deltas.
func (d drawing) writeNodes(b *bytes.Buffer, l layer) {
	nodes := d.step.Size(l.axis)
	for j := range nodes {
		y := d.yOf(j, nodes)
		fmt.Fprintf(b, `<g class="node" data-at="%d-%d"><circle cx="%.0f" cy="%.1f" r="%.0f"/>`, l.axis, j, l.x, y, d.radius)
		for _, q := range d.step.Quantities {
			if q.Cols == l.axis && (q.Net == walkthrough.NodeOutput || q.Net == walkthrough.NodeDelta) {
				d.writeValue(b, l.x, y+5.5, q, j)
			}
		}
		if l.axis != walkthrough.HiddenNodes {
			d.writeLabel(b, l, j, y+5.5)
		}
		b.WriteString("</g>\n")
	}
	fmt.Fprintf(b, "<text class=\"layer\" x=\"%.0f\" y=\"66\" text-anchor=\"middle\">%s</text>\n", l.x, l.title)
}

// writeLabel writes what a node is, outside of the net.
func (d drawing) writeLabel(b *bytes.Buffer, l layer, j int, y float64) {
	anchor, x := "end", l.x-d.radius-8
	if l.axis == walkthrough.Species {
		anchor, x = "start", l.x+d.radius+8
	}
	label := strings.ReplaceAll(d.step.Label(l.axis, j), " ", "\u00a0")
	fmt.Fprintf(b, `<text class="label" x="%.0f" y="%.1f" text-anchor="%s">%s</text>`, x, y, anchor, label)
}

// writeValue writes a value with a class of its own, for the script to replace it by another
// flower's, and for the style sheet to show or cover it.
func (d drawing) writeValue(b *bytes.Buffer, x, y float64, q *walkthrough.Quantity, j int) {
	text, class := short(q.Matrix[d.flower][j], q.IsMeasured()), string(q.Net)
	if isLong(text) {
		class += " long"
	}
	fmt.Fprintf(b, `<text class="%s" data-of="%s" data-col="%d" x="%.0f" y="%.1f" text-anchor="middle">%s</text>`, class, q.Name, j, x, y, text)
}
