package page

import (
	_ "embed"
	"fmt"
	"strings"

	"backprop/network/walkthrough"
)

//go:embed page.css
var pageCSS string

// covered is what a rule does to a value that is covered, wherever it is.
const covered = "{ --visibility: hidden; background: repeating-linear-gradient(45deg, var(--shade) 0 0.6rem, var(--paper) 0.6rem 1.2rem); }"

// styleSheet returns page.css with the rules that are needed once for each stage of the pass
// and for each value that "predict first" covers. These are the same for every step.
func styleSheet(s *walkthrough.Step) string {
	var flows, back, values []string
	for _, a := range arrows {
		current := fmt.Sprintf(".%[1]s:target, .%[1]s :target, .%[1]s.current", a.stage)
		flows = append(flows, fmt.Sprintf("body:has(%s) .flow.%s", current, a.stage))
		if a.isBackward() {
			back = append(back, current)
		}
	}
	for _, name := range coveredNames(s) {
		values = append(values, fmt.Sprintf(`body:has(#cover:checked):has([id="show-%[1]s"]:not(:checked)) [data-of="%[1]s"]`, name))
	}
	net := "body:has(" + strings.Join(back, ", ") + ") .net "
	return pageCSS + `
/* the flow of the current stage; on the way back, the nodes show their deltas */
` + strings.Join(flows, ",\n") + ` { display: inline; }
` + net + `.delta { display: inline; }
` + net + `.node:has(.delta) .out { display: none; }

/* what "predict first" covers */
` + strings.Join(values, ",\n") + " " + covered + "\n"
}

// coveredNames returns the names of all values that "predict first" covers.
func coveredNames(s *walkthrough.Step) []string {
	names := []string{mseBefore, outputsAfter, mseAfter}
	for _, q := range s.Quantities {
		if !q.IsGiven() {
			names = append(names, q.Name)
		}
	}
	return names
}
