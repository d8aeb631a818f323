// Package plot draws the MSE and the accuracy over the epochs: as SVG, and in plain text for a
// terminal. It must not know how a network is trained, or where a picture goes.
package plot

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"math"
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
	pictureWidth = 720
	panelLeft    = 84
	panelRight   = 684
	panelHeight  = 200
	panelSpace   = 296 // from the top of the upper panel to that of the lower
)

// style has colours of Okabe and Ito's palette, which colour-blind people can tell
// apart: on light and on dark paper those with a contrast of 3 or more.
const style = `<style>
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

// MaxCurves is how many curves a picture tells apart: each has a marker of its own.
const MaxCurves = 8

// markers are the outlines of the markers, from their middle.
var markers = [MaxCurves]string{
	"m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z", // circle
	"m-6 -6h12v12h-12z",                     // square
	"m0 -8l7.5 13h-15z",                     // triangle
	"m0 -8l7 8l-7 8l-7 -8z",                 // diamond
	"m-7 -4.5l2.5 -2.5l4.5 4.5l4.5 -4.5l2.5 2.5l-4.5 4.5l4.5 4.5l-2.5 2.5l-4.5 -4.5l-4.5 4.5l-2.5 -2.5l4.5 -4.5z", // cross
	"m0 8l7.5 -13h-15z", // triangle, upside down
	"m-2.5 -8h5v5.5h5.5v5h-5.5v5.5h-5v-5.5h-5.5v-5h5.5z", // plus
	"m-8 -3h16v6h-16z", // bar
}

// colours is how many of them style has.
const colours = 5

// Write writes an SVG picture of the MSE, and below it of the accuracy, over the epochs:
// of one curve for the training set (solid) and the test set (dashed), of several for the
// training set. The picture needs no other file, follows the reader's light or dark mode,
// and can be read without colour. Long lines are thinned out so that every peak remains,
// and break where there is no number. Write panics if there are more than MaxCurves.
func Write(w io.Writer, curves []Curve) error {
	lines, set := linesOf(curves), ""
	if len(curves) > 1 {
		set = "training "
	}
	epochs := 0
	for _, c := range curves {
		epochs = max(epochs, len(c.History))
	}
	tick, ticks := mseTicks(lines)

	var b bytes.Buffer
	top := writeLegend(&b, lines) + 52
	mse := panel{y: float64(top), tick: tick, ticks: ticks, epochs: epochs, unit: "epoch"}
	accuracy := panel{y: float64(top + panelSpace), tick: 20, ticks: 5, epochs: epochs, unit: "epoch"}
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
`, pictureWidth, top+panelSpace+panelHeight+62, html.EscapeString(describe(curves)), style, b.String())
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

// A line is drawn in each panel. Its values are NaN where there is nothing to draw.
type line struct {
	label, class, marker string
	mse, accuracy        []float64
}

// linesOf returns the lines of one curve, training and test, or the training's of several.
func linesOf(curves []Curve) []line {
	var lines []line
	for i, c := range curves {
		training := line{label: c.Label, class: fmt.Sprintf("c%d", i%colours), marker: markers[i]}
		test := line{label: strings.TrimSpace(c.Label + " test"), class: "c1 test", marker: markers[1]}
		for _, r := range c.History {
			training.mse = append(training.mse, drawable(r.MSE))
			training.accuracy = append(training.accuracy, drawable(100*r.Accuracy))
			test.mse = append(test.mse, drawable(r.TestMSE))
			test.accuracy = append(test.accuracy, drawable(100*r.TestAccuracy))
		}
		if len(curves) == 1 {
			training.label = strings.TrimSpace(c.Label + " training")
			return []line{training, test}
		}
		lines = append(lines, training)
	}
	return lines
}

// drawable returns v, or NaN if there is no place for it on an axis.
func drawable(v float64) float64 {
	if v >= 0 && v < 1e300 {
		return v
	}
	return math.NaN()
}

// writeLegend writes in two columns which line is what, and returns how high that is.
func writeLegend(b *bytes.Buffer, lines []line) int {
	const column, row = (panelRight - panelLeft) / 2, 30
	for i, l := range lines {
		x, y := panelLeft+i%2*column, 28+i/2*row
		fmt.Fprintf(b, `<path class="line %s" d="M%d %dh44"/>`, l.class, x, y)
		fmt.Fprintf(b, `<path class="mark %s" d="M%d %d%s"/>`, l.class, x+22, y, l.marker)
		fmt.Fprintf(b, "<text x=\"%d\" y=\"%d\">%s</text>\n", x+52, y+6, html.EscapeString(l.label))
	}
	return (len(lines) + 1) / 2 * row
}
