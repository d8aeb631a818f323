package page

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// numbersToWrite are written by Go and by the script.
var numbersToWrite = []struct {
	v                 float64
	few, many, inNode string
}{
	{0, "0.0000", "0.00000000", "0"},
	{math.Copysign(0, -1), "0.0000", "0.00000000", "0"},
	{0.6657932520647589, "0.6658", "0.66579325", "0.666"},
	{-0.1441512645965773, "−0.1442", "−0.14415126", "−0.144"},
	{-1.6e-9, "−1.6e−9", "−1.6e−9", "−2e−9"},
	{1.6e-9, "1.6e−9", "1.6e−9", "1.6e−9"},
	{4.71e-5, "4.7e−5", "0.00004710", "4.7e−5"},
	{0.0004, "0.0004", "0.00040000", "4.0e−4"},
	{-12.345, "−12.3450", "−12.34500000", "−12.35"},
	{-9.9999, "−9.9999", "−9.99990000", "−10.000"},
	{123.456, "123.4560", "123.45600000", "123.5"},
	{9876.4, "9876.4000", "9876.40000000", "9876"},
	{98765.4321, "9.88e+4", "9.8765e+4", "9.9e+4"},
	{-1.2345e29, "−1.23e+29", "−1.2345e+29", "−1e+29"},
	{1.7e308, "1.70e+308", "1.7000e+308", "2e+308"},
	{-5e-324, "−4.9e−324", "−4.9e−324", "−5e−324"},
}

func TestDecimals(t *testing.T) {
	for _, test := range numbersToWrite {
		if got, want := []string{decimals(test.v, 4), decimals(test.v, 8), short(test.v, false)}, []string{test.few, test.many, test.inNode}; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v: got %q, want %q", test.v, got, want)
		}
	}
	for v, want := range map[float64]string{5.1: "5.1", 3: "3", -2.25: "−2.25", 1234.5: "1234", 0: "0"} {
		if got := short(v, true); got != want {
			t.Errorf("%v of the data: got %s, want %s", v, got, want)
		}
	}
}

// The script writes each number as Go does.
func testDecimals(t *testing.T, b *browser) {
	b.open("")
	r := rand.New(rand.NewPCG(1, 2))
	var list []float64
	for _, test := range numbersToWrite {
		list = append(list, test.v)
	}
	for range 1000 {
		list = append(list, r.NormFloat64()*math.Pow(10, float64(r.IntN(40)-20)))
	}
	var want []string
	for _, v := range list {
		want = append(want, decimals(v, 4)+" "+decimals(v, 8)+" "+short(v, false)+" "+short(v, true))
	}
	got := eval[[]string](b, `return arguments[0].map(v => [decimals(v, 4), decimals(v, 8), nodeText(v, false), nodeText(v, true)].join(" "))`, list)
	for i := range list {
		if got[i] != want[i] {
			t.Errorf("%v: got %s, want %s", list[i], got[i], want[i])
		}
	}
}

// The switch, its key and the URL give every number of the page eight decimals, and four again.
func testDigits(t *testing.T, b *browser) {
	texts := func() string {
		return eval[string](b, `return [...document.querySelectorAll("td, b[data-of]")].map(e => e.textContent).join(" ")`)
	}
	b.open(fiveQuery)
	few := texts()
	b.open(fiveQuery + "&digits=8")
	many := texts()
	step := stepOf(t, fiveQuery)
	for _, want := range []string{decimals(step.Before.Weights1[0][0], 8) + " ", decimals(step.MSEAfter, 12), decimals(step.Again.OutputLayerOutputs[4][2], 8)} {
		if !strings.Contains(many, want) || strings.Contains(few, want) {
			t.Errorf("got %s not only with digits=8", want)
		}
	}
	b.click("#digits")
	b.await("switched off", texts, few)
	b.press("d")
	b.await("key D", texts, many)
	if got := b.location(); !strings.Contains(got, "digits=8") {
		t.Errorf("key D: got the URL %s, want it with digits=8", got)
	}
	if got := eval[string](b, `return document.querySelector("nav a:last-of-type").getAttribute("href")`); !strings.Contains(got, "digits=8") {
		t.Errorf("key D: got a link to %s, want it with digits=8", got)
	}
	b.load(b.location())
	b.await("a new load of that URL", texts, many)
}

// Each number in the drawing is inside its circle.
func testCircles(t *testing.T, b *browser) {
	for _, query := range []string{"", "flowers=1,51&hidden=16&seed=3&step=300&rate=5", "rate=1e30&step=2", "step=3000&rate=3&hidden=9"} {
		b.open(query)
		b.report(query, `
			const problems = [];
			document.querySelector(".net").classList.add("backward");
			for (const node of document.querySelectorAll(".node")) for (const text of node.querySelectorAll("text[data-of]")) {
				text.style.display = "inline";
				for (const shown of [text.textContent, ...["−12.345", "−0.444", "1.6e−9", "−1e+29"].map(s => nodeText(Number(s.replaceAll("−", "-")), false)), "−2e−300"]) {
					text.textContent = shown;
					text.classList.toggle("long", isLong(shown));
					const box = text.getBBox(), circle = node.querySelector("circle"), r = circle.r.baseVal.value, size = parseFloat(getComputedStyle(text).fontSize);
					const chord = 2 * Math.sqrt(r * r - (0.36 * size) ** 2);
					if (text.getComputedTextLength() > chord) problems.push("got " + shown + " " + text.getComputedTextLength().toFixed(1) + " wide in a circle with room for " + chord.toFixed(1));
				}
			}
			return [...new Set(problems)]`)
	}
}

// No equation of the notebook's page is broken before its result, and no product goes on to
// the side.
func testEquations(t *testing.T, b *browser) {
	b.open("")
	for _, width := range []int{1024, 1100, 1200, 1279, 1280, 1366, 1440, 1920} {
		b.resize(width, 768)
		b.report(fmt.Sprint(width, " pixels"), `
			const problems = [];
			for (const section of document.querySelectorAll(".quantity")) {
				const matrices = section.querySelector(".matrices"), boxes = [...matrices.children].map(e => e.getBoundingClientRect());
				if (!section.matches(".product") && boxes.some(box => box.top >= boxes[0].bottom)) problems.push("got the equation of " + section.id + " broken");
				if (matrices.scrollWidth > matrices.clientWidth) problems.push("got " + section.id + " of " + matrices.scrollWidth + " pixels, want " + matrices.clientWidth);
			}
			return problems`)
	}
}

// All of a sum is in the window: the README's example.
func testPanel(t *testing.T, b *browser) {
	b.resize(1280, 720)
	b.open("#weights_2_update-0-1")
	b.report("the README's example", `
		const problems = [];
		for (const line of document.querySelectorAll("#panel h2, #panel pre span")) {
			const {top, bottom} = line.getBoundingClientRect();
			if (top < 0 || bottom > innerHeight) problems.push("got " + line.textContent + " out of the window");
		}
		if (document.querySelectorAll("#panel pre span").length !== 6) problems.push("got another number of lines than 6");
		if (document.querySelector("#panel pre").getBoundingClientRect().top > document.querySelector("#panel .follow").getBoundingClientRect().top) problems.push("got the arithmetic below the link");
		return problems`)
	for _, link := range []string{"hidden_layer_outputs.T[0][2]", "output_layer_delta[2][1]"} {
		if got := eval[int](b, `return document.querySelectorAll("#panel pre a[title='"+arguments[0]+"']").length`, link); got != 1 {
			t.Errorf("got %d links to %s in the sum, want 1", got, link)
		}
	}
	for _, query := range []string{"cover=1", "cover=1&large=1"} {
		b.open(query + "#weights_2_update-0-1")
		b.isVisible(query, "#panel pre span")
		b.awaitScript(query, `return document.querySelector("#panel pre").innerText`, "It is covered: show its matrix first.")
	}
}

// The links to other flowers take the pinned number along, and lead on from what is drawn.
func testNextFlower(t *testing.T, b *browser) {
	step := stepOf(t, fiveQuery)
	links := func() string {
		return eval[string](b, `return [...document.querySelectorAll("a[data-by]")].filter(a => a.checkVisibility()).map(a => a.textContent).join()`)
	}
	b.open(fiveQuery)
	for _, test := range []struct{ name, next string }{
		{"output_layer_delta[1][2]", "output_layer_delta[2][2]"},
		{"hidden_layer_outputs.T[1][3]", "hidden_layer_outputs.T[1][4]"},
		{"weights_1[2][1]", "weights_1[2][1]"},
	} {
		n, next := spotOf(t, step, test.name), spotOf(t, step, test.next)
		b.open(fiveQuery + "&flower=60#" + n.id())
		b.shows(test.name, n.id(), n)
		b.click(`a[data-by="1"]`)
		b.shows("next flower", next.id(), next)
		want := "flower 149 (virginica)"
		switch next.flower() {
		case 2, -1:
			want = "flower 120 (virginica)"
		case 4:
			want = "flower 7 (setosa)"
		}
		b.awaitScript("next flower: the drawing", `return document.getElementById("flower-name").textContent`, want)
	}
	last := spotOf(t, step, "x[4][0]")
	b.open(fiveQuery)
	if got, want := links(), "next flower ›"; got != want {
		t.Errorf("the first flower: got the links %s, want %s", got, want)
	}
	b.click(last.home())
	b.await("the last flower", links, "‹ previous flower")
}
