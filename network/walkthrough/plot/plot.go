// Package plot draws the MSE and the accuracy over the epochs: as SVG, and in plain text for a
// terminal. It must not know how a network is trained, or where a picture goes.
package plot

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"math"
	"slices"
	"strings"

	"backprop/network"
)

// A Curve is a training's history with a label, for a plot.
type Curve struct {
	Label   string // "rate 0.1"; "" for a single curve
	History network.History
}

// The picture's measures, in units of its viewBox. It is readable down to a
// width of 400 pixels.
const (
	plotWidth   = 720
	plotLeft    = 84
	plotRight   = 684
	panelHeight = 200
	panelSpace  = 296 // from the top of the upper panel to that of the lower
	maxPoints   = 600 // of a line
)

// plotStyle has colours of Okabe and Ito's palette, which colour-blind people
// can tell apart: on light and on dark paper those with a contrast of 3 or more.
const plotStyle = `<style>
text { font: 18px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1a1a1a }
.paper { fill: #ffffff } .grid { stroke: #d8d8d8 } .axis { stroke: #1a1a1a }
.c0 { color: #0072b2 } .c1 { color: #d55e00 } .c2 { color: #009e73 } .c3 { color: #cc79a7 } .c4 { color: #000000 }
.line { stroke: currentColor; stroke-width: 2.5; stroke-linejoin: round; fill: none }
.mark { stroke: #ffffff; stroke-width: 1.5; fill: currentColor }
.line.test { stroke-dasharray: 7 4 } .mark.test { stroke: currentColor; stroke-width: 2; fill: #ffffff }
@media (prefers-color-scheme: dark) {
text { fill: #e8e8e8 }
.paper, .mark.test { fill: #14171c } .mark { stroke: #14171c } .mark.test { stroke: currentColor } .grid { stroke: #3a3f47 } .axis { stroke: #e8e8e8 }
.c0 { color: #56b4e9 } .c1 { color: #e69f00 } .c4 { color: #f0e442 }
}
</style>
`

// plotMarks are the outlines of the markers, from their middle. There are more
// of them than colours, so that 30 lines differ in the one or the other.
var plotMarks = []string{
	"m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z", // circle
	"m-6 -6h12v12h-12z",                     // square
	"m0 -8l7.5 13h-15z",                     // triangle
	"m0 -8l7 8l-7 8l-7 -8z",                 // diamond
	"m-7 -4.5l2.5 -2.5l4.5 4.5l4.5 -4.5l2.5 2.5l-4.5 4.5l4.5 4.5l-2.5 2.5l-4.5 -4.5l-4.5 4.5l-2.5 -2.5l4.5 -4.5z", // cross
	"m0 8l7.5 -13h-15z", // triangle, upside down
}

// Write writes an SVG picture of the MSE and below it of the accuracy over
// the epochs: of one curve for the training set (solid) and the test set
// (dashed), of several curves for the training set. It stands alone, follows the
// reader's light or dark mode, and can be read without colour. Long lines are
// thinned out so that every peak remains, and break where there is no number.
func Write(w io.Writer, curves []Curve) error {
	lines, set := plotLines(curves), ""
	if len(curves) > 1 {
		set = "training "
	}
	epochs := 0
	for _, c := range curves {
		epochs = max(epochs, len(c.History))
	}
	step, steps := mseTicks(lines)

	var b bytes.Buffer
	top := writeLegend(&b, lines) + 52
	mse := panel{float64(top), step, steps, epochs, "epoch"}
	accuracy := panel{float64(top + panelSpace), 20, 5, epochs, "epoch"}
	mse.writeAxes(&b, set+"MSE")
	accuracy.writeAxes(&b, set+"accuracy in %")
	for i := len(lines) - 1; i >= 0; i-- { // the first on top: a small rate rarely hides the others
		offset := float64(i) / float64(len(lines))
		mse.writeLine(&b, lines[i], lines[i].mse, offset)
		accuracy.writeLine(&b, lines[i], lines[i].accuracy, offset)
	}
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-labelledby="plot-title plot-desc">
<title id="plot-title">MSE and accuracy over the epochs</title>
<desc id="plot-desc">%[3]s</desc>
%[4]s<rect class="paper" width="%[1]d" height="%[2]d"/>
%[5]s</svg>
`, plotWidth, top+panelSpace+panelHeight+62, html.EscapeString(describe(curves)), plotStyle, b.String())
	return err
}

// describe says in words what the picture shows.
func describe(curves []Curve) string {
	var b strings.Builder
	for _, c := range curves {
		fmt.Fprintf(&b, "%s: %d epochs. ", strings.TrimSpace(c.Label+" training"), len(c.History))
		if len(c.History) > 0 {
			from, to := c.History[0], c.History[len(c.History)-1]
			fmt.Fprintf(&b, "MSE from %.4f to %.4f, accuracy from %.1f %% to %.1f %%. ",
				from.MSE, to.MSE, 100*from.Accuracy, 100*to.Accuracy)
			fmt.Fprintf(&b, "Test set: MSE from %.4f to %.4f, accuracy from %.1f %% to %.1f %%. ",
				from.TestMSE, to.TestMSE, 100*from.TestAccuracy, 100*to.TestAccuracy)
		}
	}
	return strings.TrimSpace(b.String())
}

// A plotLine is one line of each panel. Its values are NaN where there is
// nothing to draw.
type plotLine struct {
	label, class, mark string
	mse, accuracy      []float64
}

func plotLines(curves []Curve) []plotLine {
	var lines []plotLine
	for i, c := range curves {
		training := plotLine{label: c.Label, class: fmt.Sprintf("c%d", i%5), mark: plotMarks[i%len(plotMarks)]}
		test := plotLine{label: strings.TrimSpace(c.Label + " test"), class: "c1 test", mark: plotMarks[1]}
		for _, r := range c.History {
			training.mse = append(training.mse, number(r.MSE))
			training.accuracy = append(training.accuracy, number(100*r.Accuracy))
			test.mse = append(test.mse, number(r.TestMSE))
			test.accuracy = append(test.accuracy, number(100*r.TestAccuracy))
		}
		if len(curves) == 1 {
			training.label = strings.TrimSpace(c.Label + " training")
			return []plotLine{training, test}
		}
		lines = append(lines, training)
	}
	return lines
}

// number returns v, or NaN if v is no number that has a place on an axis.
func number(v float64) float64 {
	if v >= 0 && v < 1e300 {
		return v
	}
	return math.NaN()
}

// writeLegend writes in two columns which line is what, and returns how high
// that is.
func writeLegend(b *bytes.Buffer, lines []plotLine) int {
	const column, row = (plotRight - plotLeft) / 2, 30
	for i, l := range lines {
		x, y := plotLeft+i%2*column, 28+i/2*row
		fmt.Fprintf(b, `<path class="line %s" d="M%d %dh44"/>`, l.class, x, y)
		fmt.Fprintf(b, `<path class="mark %s" d="M%d %d%s"/>`, l.class, x+22, y, l.mark)
		fmt.Fprintf(b, "<text x=\"%d\" y=\"%d\">%s</text>\n", x+52, y+6, html.EscapeString(l.label))
	}
	return (len(lines) + 1) / 2 * row
}

// A panel is one of the picture's two diagrams.
type panel struct {
	y      float64 // of its upper edge, in the picture
	step   float64 // from one tick to the next
	steps  int     // from 0 to the upper edge
	epochs int     // to the right edge
	unit   string  // what the series calls one of those here
}

// writeAxes writes the panel without its lines.
func (p panel) writeAxes(b *bytes.Buffer, name string) {
	const middle = (plotLeft + plotRight) / 2
	bottom := p.y + panelHeight
	fmt.Fprintf(b, "<text x=\"24\" y=\"%.1f\">%s</text>\n", p.y-16, name)
	for i := 0; i <= p.steps; i++ {
		value := float64(i) * p.step
		y := p.yOf(value)
		fmt.Fprintf(b, `<path class="grid" d="M%d %.1fH%d"/>`, plotLeft, y, plotRight)
		fmt.Fprintf(b, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g</text>\n", plotLeft-8, y+6, value)
	}
	for _, epoch := range epochTicks(p.epochs) {
		x := p.xOf(epoch)
		fmt.Fprintf(b, `<path class="axis" d="M%.1f %.1fv6"/>`, x, bottom)
		fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d</text>\n", x, bottom+24, epoch)
	}
	fmt.Fprintf(b, "<path class=\"axis\" d=\"M%d %.1fH%d\"/>\n", plotLeft, bottom, plotRight)
	fmt.Fprintf(b, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n", middle, bottom+46, p.unit)
	if p.epochs == 0 {
		fmt.Fprintf(b, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"middle\">no epochs</text>\n", middle, p.y+66)
	}
}

// writeLine writes the values as a line with six markers, of which the first is
// the offset's share of their distance away from the line's beginning.
func (p panel) writeLine(b *bytes.Buffer, l plotLine, values []float64, offset float64) {
	const marks = 6
	command := "M"
	fmt.Fprintf(b, `<path class="line %s" d="`, l.class)
	for _, i := range thin(values) {
		if math.IsNaN(values[i]) {
			command = "M"
			continue
		}
		fmt.Fprintf(b, "%s%.1f %.1f", command, p.xOf(i+1), p.yOf(values[i]))
		command = "L"
	}
	fmt.Fprintf(b, `"/><path class="mark %s" d="`, l.class)
	for k := 0; k < marks && len(values) > 0; k++ {
		i := int(float64(len(values)) * (float64(k) + offset) / marks)
		if !math.IsNaN(values[i]) {
			fmt.Fprintf(b, "M%.1f %.1f%s", p.xOf(i+1), p.yOf(values[i]), l.mark)
		}
	}
	b.WriteString("\"/>\n")
}

// xOf returns where the epoch is in the picture. The conversion keeps the sum
// from being fused, for the same bytes on every machine.
func (p panel) xOf(epoch int) float64 {
	share := float64(epoch-1) / float64(max(p.epochs, 2)-1)
	return plotLeft + float64((plotRight-plotLeft)*share)
}

// yOf returns where the value is in the picture.
func (p panel) yOf(value float64) float64 {
	share := value / (float64(p.steps) * p.step)
	return p.y + panelHeight - float64(panelHeight*share)
}

// thin returns which of the values to draw: the first, the last, whatever is no
// number, and of each of so many stretches in between the lowest and the highest.
func thin(values []float64) []int {
	stretch := 1 + len(values)/(maxPoints/2-1)
	var kept []int
	low, high := 0, 0
	for i, v := range values {
		if i%stretch == 0 || i == len(values)-1 {
			kept = append(kept, low, high)
			low, high = i, i
		}
		if math.IsNaN(v) {
			kept = append(kept, i)
			continue
		}
		if !(v >= values[low]) { // lower, or the first number
			low = i
		}
		if !(v <= values[high]) {
			high = i
		}
	}
	if len(values) > 0 {
		kept = append(kept, low, high)
	}
	slices.Sort(kept)
	return slices.Compact(kept)
}

// mseTicks returns how far apart the ticks of the MSE's axis are, 1, 2 or 5
// times a power of ten, and how many steps up it has, at most 4.
func mseTicks(lines []plotLine) (step float64, steps int) {
	highest := 0.0
	for _, l := range lines {
		for _, v := range l.mse {
			if v > highest {
				highest = v
			}
		}
	}
	if highest == 0 {
		highest = 1
	}
	step = roundStep(highest / 4)
	for float64(steps)*step < highest {
		steps++
	}
	return step, steps
}

// epochTicks returns the epochs that an axis names: the first, and round ones.
func epochTicks(epochs int) []int {
	var list []int
	step := max(1, int(roundStep(float64(epochs)/5)))
	for epoch := 0; epoch <= epochs && epochs > 0; epoch += step {
		list = append(list, max(epoch, 1))
	}
	return slices.Compact(list)
}

// roundStep returns the smallest number that is 1, 2 or 5 times a power of ten
// and not below low.
func roundStep(low float64) float64 {
	for power := -300; ; power++ {
		for _, m := range []float64{1, 2, 5} {
			if step := m * math.Pow10(power); step >= low {
				return step
			}
		}
	}
}
