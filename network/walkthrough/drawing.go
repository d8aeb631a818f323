package walkthrough

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"

	"backprop/matrix"
)

// The drawing's measures, in units of its viewBox.
const (
	drawingWidth = 640
	drawingTop   = 74 // above the uppermost node
)

// layerX is where each layer of nodes is drawn.
var layerX = [...]float64{Features: 146, HiddenNodes: 328, Species: 508}

// Drawing returns an SVG picture of the net: the nodes with their values for
// the flower in the given row of x, the weights before the step as lines, and
// an arrow for each of the stages of a pass, of which the style sheet shows the
// current one.
func (s *Step) Drawing(flower int) template.HTML {
	var b bytes.Buffer
	d := drawing{step: s, flower: flower, distance: 58, radius: 25}
	class, most := "net", max(s.Pass.X.Cols(), s.Settings.Hidden, s.Pass.Y.Cols())
	if most > 6 {
		class, d.distance, d.radius = "net many", 42, 19
	}
	height := drawingTop + float64(most)*d.distance
	d.middle = drawingTop + float64(most)*d.distance/2
	fmt.Fprintf(&b, `<svg class="%s" viewBox="0 0 %d %.0f" role="img" aria-labelledby="net-title net-desc">`, class, drawingWidth, height)
	fmt.Fprintf(&b, "\n<title id=\"net-title\">The net, with the values of %s</title>", html.EscapeString(s.longLabel(Flowers, flower)))
	b.WriteString("\n<desc id=\"net-desc\">Nodes of the input, hidden and output layer from left to right. Lines are weights: the wider, the larger; solid for above zero, dashed for below.</desc>\n")
	d.writeArrows(&b)
	d.writeWeights(&b, "weights_1", s.Before.Weights1, Features, HiddenNodes)
	d.writeWeights(&b, "weights_2", s.Before.Weights2, HiddenNodes, Species)
	d.writeNodes(&b, Features, "x", "")
	d.writeNodes(&b, HiddenNodes, "hidden_layer_outputs", "hidden_layer_delta")
	d.writeNodes(&b, Species, "output_layer_outputs", "output_layer_delta")
	b.WriteString("</svg>\n")
	return template.HTML(b.String())
}

type drawing struct {
	step             *Step
	flower           int
	distance, radius float64 // of the nodes
	middle           float64 // of every layer, from the top
}

// yOf returns how far down node i of so many is.
func (d drawing) yOf(i, nodes int) float64 {
	return d.middle + float64((float64(i)-float64(nodes-1)/2)*d.distance)
}

// writeArrows writes what flows between the layers, and in which direction.
func (d drawing) writeArrows(b *bytes.Buffer) {
	for _, a := range []struct {
		stage    string
		from, to float64
		text     string
	}{
		{"forward-1", layerX[Features], layerX[HiddenNodes], "forward"},
		{"forward-2", layerX[HiddenNodes], layerX[Species], "forward"},
		{"error", layerX[Species] + 90, layerX[Species], "error"},
		{"backward-2", layerX[Species], layerX[HiddenNodes], "backward"},
		{"update-2", layerX[Species], layerX[HiddenNodes], "backward: update"},
		{"update-1", layerX[HiddenNodes], layerX[Features], "backward: update"},
	} {
		way := math.Copysign(1, a.to-a.from)
		from, to := a.from+20*way, a.to-20*way
		if a.stage == "error" {
			from = a.from
		}
		fmt.Fprintf(b, `<g class="flow %s"><path d="M%.0f 42H%.0fm0 -9l%.0f 9l%.0f 9z"/>`, a.stage, from, to-14*way, 14*way, -14*way)
		fmt.Fprintf(b, "<text x=\"%.0f\" y=\"26\" text-anchor=\"middle\">%s</text></g>\n", (from+to)/2, a.text)
	}
}

// writeWeights writes a line for each weight.
func (d drawing) writeWeights(b *bytes.Buffer, name string, weights matrix.Matrix, from, to Axis) {
	largest := 0.0
	for _, row := range weights {
		for _, w := range row {
			largest = max(largest, math.Abs(w))
		}
	}
	fmt.Fprintf(b, "<g class=\"weights\" data-of=\"%s\">\n", name)
	for i, row := range weights {
		for j, w := range row {
			sign := "positive"
			if w < 0 {
				sign = "negative"
			}
			width := 1 + float64(7*(math.Abs(w)/max(largest, math.SmallestNonzeroFloat64)))
			fmt.Fprintf(b, `<line class="%s" data-at="%d-%d %d-%d" x1="%.0f" y1="%.1f" x2="%.0f" y2="%.1f" stroke-width="%.1f"><title>%s = %s</title></line>`+"\n",
				sign, from, i, to, j, layerX[from]+d.radius, d.yOf(i, len(weights)), layerX[to]-d.radius, d.yOf(j, len(row)), width, at(name, i, j), decimals(w))
		}
	}
	b.WriteString("</g>\n")
}

// writeNodes writes a layer's nodes with what they give out, and for the way
// back with their deltas.
func (d drawing) writeNodes(b *bytes.Buffer, axis Axis, outputs, deltas string) {
	q, _ := d.step.quantity(outputs)
	x := layerX[axis]
	for j, v := range q.Matrix[d.flower] {
		y := d.yOf(j, q.Matrix.Cols())
		fmt.Fprintf(b, `<g class="node" data-at="%d-%d"><circle cx="%.0f" cy="%.1f" r="%.0f"/>`, axis, j, x, y, d.radius)
		d.writeValue(b, x, y+5.5, outputs, j, v)
		if delta, ok := d.step.quantity(deltas); ok {
			d.writeValue(b, x, y+5.5, deltas, j, delta.Matrix[d.flower][j])
		}
		label, anchor, labelX := d.step.label(axis, j), "end", x-d.radius-8
		if axis == Species {
			anchor, labelX = "start", x+d.radius+8
		}
		if axis != HiddenNodes {
			fmt.Fprintf(b, `<text class="label" x="%.0f" y="%.1f" text-anchor="%s">%s</text>`, labelX, y+5.5, anchor, strings.ReplaceAll(label, " ", "\u00a0"))
		}
		b.WriteString("</g>\n")
	}
	title := [...]string{Features: "input layer", HiddenNodes: "hidden layer", Species: "output layer"}[axis]
	fmt.Fprintf(b, "<text class=\"layer\" x=\"%.0f\" y=\"66\" text-anchor=\"middle\">%s</text>\n", x, title)
}

// writeValue writes a value with a class of its own, for the script to replace
// it by another flower's, and for the style sheet to show or cover it.
func (d drawing) writeValue(b *bytes.Buffer, x, y float64, name string, j int, v float64) {
	kind := "out"
	if strings.HasSuffix(name, "delta") {
		kind = "delta"
	}
	fmt.Fprintf(b, `<text class="%s" data-of="%s" data-col="%d" x="%.0f" y="%.1f" text-anchor="middle">%s</text>`, kind, name, j, x, y, shortNumber(name, v))
}

// shortNumber returns a value with as many digits as a node has room for.
func shortNumber(name string, v float64) string {
	if name == "x" {
		return fmt.Sprintf("%.4g", v)
	}
	return fmt.Sprintf("%.3f", v)
}

// MSECurve returns an SVG picture of the MSE of each step, with the current one
// marked. Where link is not nil, a click leads to link's URL of the step there.
func MSECurve(mse []float64, current int, link func(step int) string) template.HTML {
	const links = 120 // stretches to click on
	var b bytes.Buffer
	line := plotLine{class: "c0"}
	for _, v := range mse {
		line.mse = append(line.mse, number(v))
	}
	height, steps := mseTicks([]plotLine{line})
	p := panel{y: 46, step: height, steps: steps, epochs: len(mse), unit: "step"}
	fmt.Fprintf(&b, `<svg class="curve" viewBox="0 0 %d %d" role="img" aria-labelledby="curve-title curve-desc">`, plotWidth, panelHeight+112)
	fmt.Fprintf(&b, "\n<title id=\"curve-title\">The MSE before each of %s</title>\n<desc id=\"curve-desc\">Step %d, the one shown, is marked.</desc>\n", count(len(mse), "step"), current)
	p.writeAxes(&b, "MSE")
	b.WriteString("<g data-of=\"mse_before\">\n")
	p.writeLine(&b, line, line.mse, 0)
	x, y := p.xOf(current), p.y+panelHeight
	if v := line.mse[current-1]; !math.IsNaN(v) {
		y = p.yOf(v)
	}
	fmt.Fprintf(&b, "<path class=\"now\" d=\"M%.1f %.1fV%.1f\"/><circle class=\"now\" cx=\"%.1[1]f\" cy=\"%.1[4]f\" r=\"9\"/></g>\n", x, p.y, p.y+panelHeight, y)
	if link != nil {
		stretches := min(len(mse), links)
		for i := range stretches {
			step := 1
			if stretches > 1 {
				step += i * (len(mse) - 1) / (stretches - 1)
			}
			width := float64(plotRight-plotLeft) / float64(max(stretches-1, 1))
			fmt.Fprintf(&b, `<a href="%s" tabindex="-1"><rect class="stretch" x="%.1f" y="%.0f" width="%.1f" height="%d"><title>step %d</title></rect></a>`+"\n",
				html.EscapeString(link(step)), p.xOf(step)-width/2, p.y, width, panelHeight, step)
		}
	}
	b.WriteString("</svg>\n")
	return template.HTML(b.String())
}
