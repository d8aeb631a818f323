package page

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What is computed can be covered, by a switch beside its values and a rule for it; what is
// given cannot.
func TestCovers(t *testing.T) {
	doc, css := examples[0].page(t), styleSheet(examples[0].step(t))
	computed := []string{"mse_before", "mse_after", "output_layer_outputs_after"}
	for _, q := range examples[0].step(t).Quantities {
		if !q.IsGiven() {
			computed = append(computed, q.Name)
		}
	}
	for _, name := range computed {
		if rule := fmt.Sprintf(`body:has(#cover:checked):has([id="show-%s"]:not(:checked)) [data-of="%[1]s"]`, name); strings.Count(css, rule) != 1 {
			t.Errorf("%s: got the rule %s %d times, want it once", name, rule, strings.Count(css, rule))
		}
		box := doc.byID("show-" + name)
		if box == nil || box.attr["type"] != "checkbox" || len(doc.all("label", has("for", "show-"+name))) != 1 {
			t.Errorf("%s: got no switch with a label to show it", name)
			continue
		}
		if len(box.parent.all("", has("data-of", name))) == 0 {
			t.Errorf("%s: got its switch in a place without its values", name)
		}
	}
	if rules, switches := strings.Count(css, `:has([id="show-`), len(doc.all("input", hasClass("show"))); rules != len(computed) || switches != len(computed) {
		t.Errorf("got %d rules that cover and %d switches, want %d", rules, switches, len(computed))
	}
}

// Each stage of the pass has one arrow in the drawing, which a rule shows while a quantity of
// that stage is the current one; on the way back, the nodes show their deltas.
func TestFlows(t *testing.T) {
	doc, css := examples[0].page(t), styleSheet(examples[0].step(t))
	deltas := regexp.MustCompile(`body:has\((.*)\) \.net \.delta \{ display: inline; \}`).FindStringSubmatch(css)
	if deltas == nil {
		t.Fatal("got no rule for the deltas")
	}
	for _, q := range examples[0].step(t).Quantities {
		stage := string(q.Stage)
		if (stage == "") != q.IsGiven() {
			t.Errorf("%s: got the stage %q, want one for what is computed alone", q.Name, stage)
		}
		if q.IsGiven() {
			continue
		}
		if !hasClass(stage)(doc.byID(q.Name)) {
			t.Errorf("%s: got the class %q, want %s in it", q.Name, doc.byID(q.Name).attr["class"], stage)
		}
		if got := len(doc.all("g", hasClass("flow"), hasClass(stage))); got != 1 {
			t.Errorf("%s: got %d arrows for the stage %s, want 1", q.Name, got, stage)
		}
		current := fmt.Sprintf(".%s:target, .%[1]s :target, .%[1]s.current", stage)
		if rule := fmt.Sprintf("body:has(%s) .flow.%s", current, stage); strings.Count(css, rule) != 1 {
			t.Errorf("%s: got the rule %q %d times, want it once", q.Name, rule, strings.Count(css, rule))
		}
		if got, want := slices.Contains(strings.Split(deltas[1], ", "), "."+stage+".current"), !strings.HasPrefix(stage, "forward"); got != want {
			t.Errorf("%s: got the deltas shown: %v, want %v", q.Name, got, want)
		}
	}
}
