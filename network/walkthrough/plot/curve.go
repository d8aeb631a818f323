package plot

import (
	"bytes"
	"fmt"
	"html"
	"math"
)

// MSECurve returns an SVG picture of the MSE of each step, with the current one
// marked. Where link is not nil, a click leads to link's URL of the step there.
func MSECurve(mse []float64, current int, link func(step int) string) string {
	const links = 120 // stretches to click on
	var b bytes.Buffer
	line := plotLine{class: "c0"}
	for _, v := range mse {
		line.mse = append(line.mse, number(v))
	}
	height, steps := mseTicks([]plotLine{line})
	p := panel{y: 46, step: height, steps: steps, epochs: len(mse), unit: "step"}
	fmt.Fprintf(&b, `<svg class="curve" viewBox="0 0 %d %d" role="img" aria-labelledby="curve-title curve-desc">`, plotWidth, panelHeight+112)
	fmt.Fprintf(&b, "\n<title id=\"curve-title\">The MSE before each step, from 1 to %d</title>\n<desc id=\"curve-desc\">Step %d, the one shown, is marked.</desc>\n", len(mse), current)
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
	return b.String()
}
