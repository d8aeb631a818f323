package walkthrough

import (
	"regexp"
	"strings"
	"testing"
)

// Each operation says all that is shown of it, and every {name} in it has a value. That its
// arithmetic is true, TestExplainEveryNumber shows.
func TestOperationsAreComplete(t *testing.T) {
	operations := map[string]*Operation{}
	for _, q := range smallStep(t).Quantities {
		o := q.Operation
		if other := operations[o.Name]; o.Name == "" || other != nil && other != o {
			t.Errorf("%s: got the operation %q, want a name of its own", q.Name, o.Name)
		}
		operations[o.Name] = o
		if (q.B != nil) != (o.B != [2]Index{}) || (q.A != nil) != (o.A != [2]Index{}) {
			t.Errorf("%s, %s: got the operands %q, and their cells %q and %q", q.Name, o.Name, q.operandNames(), o.A, o.B)
		}
		if o.Words == "" || o.Each == nil && o.Lines == nil {
			t.Errorf("%s: got no words or no lines of arithmetic", o.Name)
		}
		if q.IsGiven() {
			continue
		}
		for field, text := range map[string]string{"Equation": o.Equation, "MathML": o.MathML, "Link": o.Link, "Terms or Corner": o.Terms + o.Corner} {
			if text == "" && !(field == "Terms or Corner" && q.IsSum()) {
				t.Errorf("%s: got no %s", o.Name, field)
			}
			if field != "Link" && field != "Terms or Corner" && strings.Contains(text, "{b}") != (q.B != nil) {
				t.Errorf("%s: %s: got %q, want both operands in it", o.Name, field, text)
			}
		}
	}
	if len(operations) < 9 {
		t.Errorf("got %d operations, want 9 at least", len(operations))
	}
}

var unfilled = regexp.MustCompile(`\{[^}]*\}`)

func TestEveryNameHasAValue(t *testing.T) {
	s := smallStep(t)
	for _, q := range s.Quantities {
		for _, text := range []string{q.Equation(), q.MathML(), explained(t, s, q.Name), explained(t, s, At(q.Name, 0, 0))} {
			if name := unfilled.FindString(text); name != "" {
				t.Errorf("%s: got %s in %q", q.Name, name, text)
			}
		}
	}
}
