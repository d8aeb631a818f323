package plot

import (
	"fmt"
	"slices"
	"testing"
)

func TestMSECurve(t *testing.T) {
	// hrefs returns where the links of a curve of so many steps lead.
	hrefs := func(steps int, link func(int) string) (list []string) {
		for _, e := range elementsOf(t, MSECurve(make([]float64, steps), 1, link)) {
			if e.name == "a" {
				list = append(list, e.attr["href"])
			}
		}
		return list
	}
	link := func(step int) string { return fmt.Sprintf("/?rate=1&step=%d", step) }
	if got, want := hrefs(3, link), []string{"/?rate=1&step=1", "/?rate=1&step=2", "/?rate=1&step=3"}; !slices.Equal(got, want) {
		t.Errorf("got the links %q, want %q", got, want)
	}
	if got := hrefs(1000, link); len(got) != 120 || got[0] != link(1) || got[119] != link(1000) {
		t.Errorf("1000 steps: got the links %q, want 120 from the first step to the last", got)
	}
	if got := hrefs(1, link); !slices.Equal(got, []string{link(1)}) {
		t.Errorf("one step: got the links %q, want one", got)
	}
	if got := hrefs(3, nil); got != nil {
		t.Errorf("no link: got %q, want none", got)
	}

	// The panel is from x = 84 to 684 and from y = 46 to 246.
	for current, want := range map[int][2]string{1: {"84.0", "46.0"}, 2: {"384.0", "246.0"}, 3: {"684.0", "146.0"}} {
		for _, e := range elementsOf(t, MSECurve([]float64{0.2, nan, 0.1}, current, nil)) {
			if e.name == "circle" && [2]string{e.attr["cx"], e.attr["cy"]} != want {
				t.Errorf("step %d: got its mark at %s, %s, want %v", current, e.attr["cx"], e.attr["cy"], want)
			}
		}
	}
}
