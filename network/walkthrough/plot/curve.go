package plot

import (
	"bytes"
	"fmt"
	"html"
	"math"
)

// MSECurve returns an SVG picture of the MSE before each gradient descent step, for a page
// that has a style for it. The current step is marked. Where link is not nil, a click leads to
// link's URL of the step there.
func MSECurve(mse []float64, current int, link func(step int) string) string {
	curve := line{class: "c0"}
	for _, v := range mse {
		curve.mse = append(curve.mse, drawable(v))
	}
	tick, ticks := mseTicks([]line{curve})
	p := panel{y: 46, tick: tick, ticks: ticks, epochs: len(mse), unit: "step"}

	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg class="curve" viewBox="0 0 %d %d" role="img" aria-labelledby="curve-title curve-desc">
<title id="curve-title">The MSE before each step, from 1 to %d</title>
<desc id="curve-desc">Step %d, the one shown, is marked.</desc>
`, pictureWidth, panelHeight+112, len(mse), current)
	p.writeAxes(&b, "MSE")
	b.WriteString("<g data-of=\"mse_before\">\n")
	p.writeLine(&b, curve, curve.mse, 0)
	x, y := p.xOf(current), p.y+panelHeight
	if v := curve.mse[current-1]; !math.IsNaN(v) {
		y = p.yOf(v)
	}
	fmt.Fprintf(&b, `<path class="now" d="M%.1f %.1fV%.1f"/>`, x, p.y, p.y+panelHeight)
	fmt.Fprintf(&b, "<circle class=\"now\" cx=\"%.1f\" cy=\"%.1f\" r=\"9\"/></g>\n", x, y)
	if link != nil {
		p.writeLinks(&b, link)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// writeLinks divides the panel into stretches to click on.
func (p panel) writeLinks(b *bytes.Buffer, link func(step int) string) {
	stretches := min(p.epochs, 120)
	gaps := max(stretches-1, 1)
	width := float64(panelRight-panelLeft) / float64(gaps)
	for i := range stretches {
		step := 1 + i*(p.epochs-1)/gaps
		fmt.Fprintf(b, `<a href="%s" tabindex="-1">`, html.EscapeString(link(step)))
		fmt.Fprintf(b, `<rect class="stretch" x="%.1f" y="%.0f" width="%.1f" height="%d">`,
			p.xOf(step)-width/2, p.y, width, panelHeight)
		fmt.Fprintf(b, "<title>step %d</title></rect></a>\n", step)
	}
}
