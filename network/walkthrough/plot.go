package walkthrough

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

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
	panelSpace  = 284 // from the top of one panel to the next
	legendRow   = 30
	maxPoints   = 600 // of a line
)

// plotStyle has colours of Okabe and Ito's palette, which colour-blind people
// can tell apart: on light and on dark paper those with a contrast of 3 or more.
const plotStyle = `<style>
text { font: 18px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1a1a1a }
.paper { fill: #ffffff }
.grid { stroke: #d8d8d8 }
.axis { stroke: #1a1a1a }
.key { color: #1a1a1a }
.c0 { color: #0072b2 } .c1 { color: #d55e00 } .c2 { color: #009e73 } .c3 { color: #cc79a7 } .c4 { color: #000000 }
.line { stroke: currentColor; stroke-width: 2.5; stroke-linejoin: round; fill: none }
.mark { stroke: currentColor; stroke-width: 2; fill: currentColor }
.test { stroke-dasharray: 7 4 }
@media (prefers-color-scheme: dark) {
text { fill: #e8e8e8 }
.paper { fill: #14171c }
.grid { stroke: #3a3f47 }
.axis { stroke: #e8e8e8 }
.key { color: #e8e8e8 }
.c0 { color: #56b4e9 } .c1 { color: #e69f00 } .c4 { color: #f0e442 }
}
</style>
`

// plotMarks are the outlines of the markers, from their middle. There are more
// of them than colours, so that 35 curves differ in the one or the other.
var plotMarks = []string{
	"m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", // circle
	"m-5 -5h10v10h-10z",                     // square
	"m0 -7l6.5 11h-13z",                     // triangle
	"m0 -7l6 7l-6 7l-6 -7z",                 // diamond
	"m-5 -5l10 10m0 -10l-10 10",             // cross
	"m0 7l6.5 -11h-13z",                     // triangle, upside down
	"m-6.5 0h13m-6.5 -6.5v13",               // plus
}

// A panel is one of the picture's two diagrams.
type panel struct {
	name      string
	y         float64 // of its upper edge, in the picture
	step      float64 // from one tick to the next
	steps     int     // from 0 up to the upper edge
	value     func(network.Record) float64
	testValue func(network.Record) float64
}

// WritePlot writes an SVG picture of the curves: the MSE and below it the
// accuracy over the epochs, of the training set (solid) and the test set
// (dashed). It stands alone, follows the reader's light or dark mode, and can
// be read without colour. Long lines are thinned out so that every extreme
// remains visible; a line has a gap where a value is no number.
func WritePlot(w io.Writer, curves []Curve) error {
	epochs, highest := 0, 0.0
	for _, c := range curves {
		epochs = max(epochs, len(c.History))
		highest = max(highest, highestMSE(c.History))
	}
	step, steps := ticks(highest)
	var b bytes.Buffer
	top := writeLegend(&b, curves) + 36
	panels := []panel{
		{"MSE", float64(top), step, steps,
			func(r network.Record) float64 { return r.MSE },
			func(r network.Record) float64 { return r.TestMSE }},
		{"accuracy in %", float64(top + panelSpace), 20, 5,
			func(r network.Record) float64 { return 100 * r.Accuracy },
			func(r network.Record) float64 { return 100 * r.TestAccuracy }},
	}
	for _, p := range panels {
		p.writeAxes(&b, epochs)
		for i, c := range curves {
			mark := plotMarks[i%len(plotMarks)]
			test := colour(i)
			if len(curves) == 1 {
				test = colour(1)
			}
			p.writeLine(&b, c.History, epochs, p.testValue, test+" test", mark)
			p.writeLine(&b, c.History, epochs, p.value, colour(i), mark)
			if len(curves) > 1 {
				p.writeMarks(&b, c.History, epochs, i, len(curves))
			}
		}
	}
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-labelledby="plot-title plot-desc">
<title id="plot-title">MSE and accuracy over the epochs</title>
<desc id="plot-desc">%[3]s</desc>
%[4]s<rect class="paper" width="%[1]d" height="%[2]d"/>
%[5]s</svg>
`, plotWidth, top+2*panelSpace-16, html.EscapeString(describe(curves)), plotStyle, b.String())
	return err
}

// describe says in words what the picture shows.
func describe(curves []Curve) string {
	var b strings.Builder
	for _, c := range curves {
		fmt.Fprintf(&b, "%s (%d epochs). ", strings.TrimSpace(c.Label+" training"), len(c.History))
		if len(c.History) > 0 {
			first, last := c.History[0], c.History[len(c.History)-1]
			fmt.Fprintf(&b, "MSE: training %.4f to %.4f, test %.4f to %.4f. ",
				first.MSE, last.MSE, first.TestMSE, last.TestMSE)
			fmt.Fprintf(&b, "Accuracy: training %.1f %% to %.1f %%, test %.1f %% to %.1f %%. ",
				100*first.Accuracy, 100*last.Accuracy, 100*first.TestAccuracy, 100*last.TestAccuracy)
		}
	}
	return b.String()
}

// writeLegend writes above the panels which line is what, and returns the
// height that it took.
func writeLegend(b *bytes.Buffer, curves []Curve) int {
	type entry struct{ classes, mark, label string }
	entries := []entry{{"key", "", "training"}, {"key test", "", "test"}}
	if len(curves) == 1 {
		label := curves[0].Label + " "
		entries = []entry{
			{"c0", "", strings.TrimSpace(label + "training")},
			{"c1 test", "", strings.TrimSpace(label + "test")}}
	} else {
		for i, c := range curves {
			entries = append(entries, entry{colour(i), plotMarks[i%len(plotMarks)], c.Label})
		}
	}
	longest := 0
	for _, e := range entries {
		longest = max(longest, utf8.RuneCountInString(e.label))
	}
	columns := max(1, (plotRight-plotLeft)/(60+10*longest))
	for i, e := range entries {
		x := plotLeft + i%columns*(plotRight-plotLeft)/columns
		y := 28 + i/columns*legendRow
		fmt.Fprintf(b, `<path class="line %s" d="M%d %dh44"/>`, e.classes, x, y)
		fmt.Fprintf(b, `<path class="mark %s" d="M%d %d%s"/>`, e.classes, x+22, y, e.mark)
		fmt.Fprintf(b, "<text x=\"%d\" y=\"%d\">%s</text>\n", x+52, y+6, html.EscapeString(e.label))
	}
	return (len(entries) + columns - 1) / columns * legendRow
}

func colour(i int) string { return fmt.Sprintf("c%d", i%5) }

// writeAxes writes the panel without its lines.
func (p panel) writeAxes(b *bytes.Buffer, epochs int) {
	bottom := p.y + panelHeight
	fmt.Fprintf(b, "<text x=\"%d\" y=\"%.1f\">%s</text>\n", 24, p.y-14, p.name)
	for i := 0; i <= p.steps; i++ {
		value := float64(i) * p.step
		y := p.at(value)
		fmt.Fprintf(b, `<path class="grid" d="M%d %.1fH%d"/>`, plotLeft, y, plotRight)
		fmt.Fprintf(b, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g</text>\n", plotLeft-8, y+6, value)
	}
	for _, epoch := range epochTicks(epochs) {
		x := epochAt(epoch, epochs)
		fmt.Fprintf(b, `<path class="axis" d="M%.1f %.1fv6"/>`, x, bottom)
		fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d</text>\n", x, bottom+24, epoch)
	}
	middle := (plotLeft + plotRight) / 2
	fmt.Fprintf(b, "<path class=\"axis\" d=\"M%d %.1fH%d\"/>\n", plotLeft, bottom, plotRight)
	fmt.Fprintf(b, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"middle\">epoch</text>\n", middle, bottom+46)
	if epochs == 0 {
		fmt.Fprintf(b, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"middle\">no epochs</text>\n", middle, p.y+panelHeight/2)
	}
}

// writeLine writes one line, and where it ends before the axis does, a marker.
func (p panel) writeLine(b *bytes.Buffer, h network.History, epochs int, value func(network.Record) float64, classes, mark string) {
	values := make([]float64, len(h))
	for e, r := range h {
		values[e] = value(r)
		if !p.has(values[e]) {
			values[e] = math.NaN()
		}
	}
	command, last := "M", -1
	fmt.Fprintf(b, `<path class="line %s" d="`, classes)
	for _, e := range thin(values) {
		if math.IsNaN(values[e]) {
			command = "M"
			continue
		}
		fmt.Fprintf(b, "%s%.1f %.1f", command, epochAt(e+1, epochs), p.at(values[e]))
		command, last = "L", e
	}
	b.WriteString("\"/>\n")
	if last >= 0 && last+1 < max(epochs, 2) {
		fmt.Fprintf(b, "<path class=\"mark %s\" d=\"M%.1f %.1f%s\"/>\n", classes, epochAt(last+1, epochs), p.at(values[last]), mark)
	}
}

// writeMarks writes markers on the training line of curve i of n, not where
// those of the other curves are.
func (p panel) writeMarks(b *bytes.Buffer, h network.History, epochs, i, n int) {
	const marks = 6
	fmt.Fprintf(b, `<path class="mark %s" d="`, colour(i))
	for k := 0; k < marks && len(h) > 0; k++ {
		e := len(h) * (k*n + i) / (marks * n)
		if v := p.value(h[e]); p.has(v) {
			fmt.Fprintf(b, "M%.1f %.1f%s", epochAt(e+1, epochs), p.at(v), plotMarks[i%len(plotMarks)])
		}
	}
	b.WriteString("\"/>\n")
}

// has reports whether v is a number within the panel.
func (p panel) has(v float64) bool { return v >= 0 && v <= float64(p.steps)*p.step }

// at returns where v is in the picture, from top to bottom.
func (p panel) at(v float64) float64 {
	return p.y + panelHeight - float64(panelHeight*(v/(float64(p.steps)*p.step)))
}

// epochAt returns where the epoch is in the picture, from left to right.
func epochAt(epoch, epochs int) float64 {
	share := float64(epoch-1) / float64(max(epochs, 2)-1)
	return plotLeft + float64((plotRight-plotLeft)*share)
}

// thin returns which of the values to draw: the ends, whatever is no number, and
// of each of at most maxPoints/2 stretches the lowest and the highest.
func thin(values []float64) []int {
	stretch := 1 + 2*len(values)/maxPoints
	kept, low, high := []int{len(values) - 1}, 0, 0
	for i, v := range values {
		if i%stretch == 0 {
			kept = append(kept, low, high)
			low, high = i, i
		}
		switch {
		case math.IsNaN(v):
			kept = append(kept, i)
		case !(v >= values[low]): // lower, or the first number
			low = i
		case v > values[high]:
			high = i
		}
	}
	kept = append(kept, low, high)
	slices.Sort(kept)
	return slices.Compact(kept)
}

// highestMSE returns the highest MSE of h that is a number to draw.
func highestMSE(h network.History) float64 {
	highest := 0.0
	for _, r := range h {
		for _, v := range []float64{r.MSE, r.TestMSE} {
			if v < 1e300 { // neither NaN nor infinite
				highest = max(highest, v)
			}
		}
	}
	return highest
}

// ticks returns how far apart the ticks of an axis are, 1, 2 or 5 times a power
// of ten, and how many steps it takes from 0 to the highest value: 2 to 4.
func ticks(highest float64) (step float64, steps int) {
	if highest == 0 {
		highest = 1
	}
	step = roundStep(highest / 4)
	for steps < 2 || float64(steps)*step < highest {
		steps++
	}
	return step, steps
}

// epochTicks returns the epochs that an axis names: the first, and round ones.
func epochTicks(epochs int) []int {
	if epochs == 0 {
		return nil
	}
	list := []int{1}
	step := max(2, int(roundStep(float64(epochs)/5)))
	for epoch := step; epoch <= epochs; epoch += step {
		list = append(list, epoch)
	}
	return list
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
