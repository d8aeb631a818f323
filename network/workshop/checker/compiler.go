package checker

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// means has a sentence for what Go's compiler says to beginners most often.
var means = []struct{ says, sentence string }{
	{`declared and not used`,
		"Go wants every variable to be used: use this one, or take it out. (Inside a loop or an if, := makes a new variable, which ends with it; = sets the one outside.)"},
	{`imported and not used`,
		"An import that nothing uses has to go: take out that line."},
	{`missing return`,
		"After the last line of the function, the result is still missing: return and what you computed."},
	{`\(no value\) used as value`,
		"An operation such as z.Dot(x,\u00a0y) returns nothing: it writes into z. First z\u00a0:=\u00a0matrix.New(rows,\u00a0cols), then z.Dot(x,\u00a0y) on a line of its own, then use z."},
	{`no new variables on left side of :=`,
		":= makes a new variable. For one that is there already, it is = alone."},
	{`mismatched types .*(int and float64|float64 and int)|type int\) as float64|type float64\) as int|truncated`,
		"Whole numbers (int) and float64 do not mix in Go. Write float64(n) for a whole n, and begin a sum as sum\u00a0:=\u00a00.0, since 0 alone makes an int."},
	{`operator . not defined on .*(Matrix|\[\]float64)|mismatched types .*Matrix`,
		"Go has no operators for matrices, only for numbers: go over rows and columns in loops, or from exercise 3 on use the operations of package matrix."},
	{`assignment mismatch|not enough return values|too many return values|multiple-value`,
		"The number of values does not fit. HiddenLayer, OutputLayer, Step and Train return two matrices: a,\u00a0b\u00a0:=\u00a0HiddenLayer(…), and return\u00a0a,\u00a0b."},
	{`not enough arguments|too many arguments`,
		"Compare with the line that begins with func and this name: it takes all of those, in that order."},
	{`redeclared`,
		"This name is there twice: take one out."},
	{`undefined: `,
		"There is nothing of that name here. A new variable begins with :=, as in sum\u00a0:=\u00a00.0, and ends with the braces around it; capital letters count; what is of package matrix needs matrix. before it."},
	{`syntax error|string literal not terminated|rune literal|comment not terminated`,
		"Here or just before, something is missing or too much: a brace, a parenthesis, a comma, a quotation mark. Each { has its }, and stands at the end of its line."},
	{`found packages`,
		"All files in this folder begin with package workshop."},
}

var (
	ofFile  = regexp.MustCompile(`exercises\.go:(\d+)`)
	ofChild = regexp.MustCompile(`checker[/\\]child[/\\]main\.go:.*\bworkshop\.(\w+)`)
)

// compilerLine returns the line of exercises.go of which the compiler speaks first,
// or 0.
func compilerLine(says string) int {
	match := ofFile.FindStringSubmatch(says)
	if match == nil {
		return 0
	}
	line, _ := strconv.Atoi(match[1]) // digits, or too many of them: 0 then
	return line
}

// showCompiler writes what the compiler said, and what that means.
func (c *checker) showCompiler(w io.Writer) error {
	var b strings.Builder
	b.WriteString("The workshop: backpropagation, written by you\n\n")
	if match := ofChild.FindStringSubmatch(c.compiler); match != nil && number(match[1]) > 0 {
		n := number(match[1])
		wrap(&b, "", fmt.Sprintf("Exercise %d, %s, is no longer there, or it has other parameters or results than at the start: the line that begins with func should stay as it was. go run . workshop -reset %d puts it back, and keeps yours in a file.", n, match[1], n))
		_, err := io.WriteString(w, b.String())
		return err
	}
	where := ""
	if n := c.current(); n > 0 {
		where = fmt.Sprintf(" (exercise %d, %s)", n, exercises[n-1].name)
	}
	wrap(&b, "", fmt.Sprintf("%s does not compile yet%s, so nothing can be checked. Go says:", file, where))
	b.WriteByte('\n')
	shown := 0
	for _, line := range strings.Split(strings.TrimSpace(c.compiler), "\n") {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		if shown++; shown > 5 {
			b.WriteString("  …\n")
			break
		}
		wrap(&b, "  ", shorten(line, 300))
	}
	if text := c.source.lineText(compilerLine(c.compiler)); text != "" {
		fmt.Fprintf(&b, "\nThe line is\n  %s\n", shorten(text, 76))
	}
	for _, m := range means {
		if at := regexp.MustCompile(m.says).FindStringIndex(c.compiler); at != nil {
			b.WriteByte('\n')
			wrap(&b, "", m.sentence)
			break
		}
	}
	if c.current() > 0 {
		b.WriteString("\nStuck?  go run . workshop -hint\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
