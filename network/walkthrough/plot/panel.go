package plot

import (
	"bytes"
	"fmt"
	"math"
	"slices"
)

// A panel is one of the picture's two diagrams.
type panel struct {
	y      float64 // of its upper edge, in the picture
	tick   float64 // from one tick of the vertical axis to the next
	ticks  int     // from 0 to the upper edge
	epochs int     // to the right edge
	unit   string  // what one of those is called here, epoch or step
}

// writeAxes writes the panel without its lines.
func (p panel) writeAxes(b *bytes.Buffer, name string) {
	const middle = (panelLeft + panelRight) / 2
	bottom := p.y + panelHeight
	fmt.Fprintf(b, "<text x=\"24\" y=\"%.1f\">%s</text>\n", p.y-16, name)
	for i := 0; i <= p.ticks; i++ {
		value := float64(i) * p.tick
		y := p.yOf(value)
		fmt.Fprintf(b, `<path class="grid" d="M%d %.1fH%d"/>`, panelLeft, y, panelRight)
		fmt.Fprintf(b, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g</text>\n", panelLeft-8, y+6, value)
	}
	for _, epoch := range epochTicks(p.epochs) {
		x := p.xOf(epoch)
		fmt.Fprintf(b, `<path class="axis" d="M%.1f %.1fv6"/>`, x, bottom)
		fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d</text>\n", x, bottom+24, epoch)
	}
	fmt.Fprintf(b, "<path class=\"axis\" d=\"M%d %.1fH%d\"/>\n", panelLeft, bottom, panelRight)
	fmt.Fprintf(b, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"middle\">%s</text>\n", middle, bottom+46, p.unit)
	if p.epochs == 0 {
		fmt.Fprintf(b, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"middle\">no epochs</text>\n", middle, p.y+66)
	}
}

// writeLine writes the values as a line with six markers, of which the first is the offset's
// share of their distance away from the line's beginning.
func (p panel) writeLine(b *bytes.Buffer, l line, values []float64, offset float64) {
	const count = 6
	pen := "M" // moves there, L draws a line there
	fmt.Fprintf(b, `<path class="line %s" d="`, l.class)
	for _, i := range thin(values) {
		if math.IsNaN(values[i]) {
			pen = "M"
			continue
		}
		fmt.Fprintf(b, "%s%.1f %.1f", pen, p.xOf(i+1), p.yOf(values[i]))
		pen = "L"
	}
	fmt.Fprintf(b, `"/><path class="mark %s" d="`, l.class)
	for k := 0; k < count && len(values) > 0; k++ {
		i := int(float64(len(values)) * (float64(k) + offset) / count)
		if !math.IsNaN(values[i]) {
			fmt.Fprintf(b, "M%.1f %.1f%s", p.xOf(i+1), p.yOf(values[i]), l.marker)
		}
	}
	b.WriteString("\"/>\n")
}

// xOf returns where the epoch is in the picture. The conversion keeps the sum from being
// fused, for the same bytes on every machine.
func (p panel) xOf(epoch int) float64 {
	share := float64(epoch-1) / float64(max(p.epochs, 2)-1)
	return panelLeft + float64((panelRight-panelLeft)*share)
}

// yOf returns where the value is in the picture.
func (p panel) yOf(value float64) float64 {
	share := value / (float64(p.ticks) * p.tick)
	return p.y + panelHeight - float64(panelHeight*share)
}

// maxPoints is how many points of a line are drawn.
const maxPoints = 600

// thin returns which of the values to draw: the first, the last, whatever is not a number,
// and of each of so many stretches in between the lowest and the highest.
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

// mseTicks returns how far apart the ticks of the MSE's axis are, 1, 2 or 5 times a power of
// ten, and how many of them there are above 0, at most 4.
func mseTicks(lines []line) (tick float64, ticks int) {
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
	tick = roundTick(highest / 4)
	for float64(ticks)*tick < highest {
		ticks++
	}
	return tick, ticks
}

// epochTicks returns the epochs that an axis names: the first, and round ones.
func epochTicks(epochs int) []int {
	var list []int
	tick := max(1, int(roundTick(float64(epochs)/5)))
	for epoch := 0; epoch <= epochs && epochs > 0; epoch += tick {
		list = append(list, max(epoch, 1))
	}
	return slices.Compact(list)
}

// roundTick returns the smallest number that is 1, 2 or 5 times a power of ten and not below
// low.
func roundTick(low float64) float64 {
	for power := -300; ; power++ {
		for _, m := range []float64{1, 2, 5} {
			if tick := m * math.Pow10(power); tick >= low {
				return tick
			}
		}
	}
}
