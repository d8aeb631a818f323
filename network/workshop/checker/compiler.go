package checker

import (
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"backprop/network/workshop/exercise"
)

// means has a sentence for what Go's compiler, from 1.22 on, says to beginners most
// often: the first whose patterns match the message and the line that it is about.
// NAME in the second is what the message calls undefined. Code between backquotes
// stays on one line.
var means = []struct{ says, line, sentence string }{
	{`syntax error`, `^(def|fun|function|fn) `, "A function begins with func: `func slope(v float64) float64 {` on its own, and `slope := func(v float64) float64 {` inside another one. The exercises have theirs already."},
	{`syntax error: non-declaration statement outside function body`, ``, "The function above has ended already: there is a } too many, or a { is missing."},

	// Go is not Python, C or JavaScript
	{`syntax error`, `^for .*\bin\b`, "Go counts with `for i := 0; i < n; i++ { … }`, or with `for i := range x { … }`. There is no in."},
	{`syntax error`, `^while\b`, "There is no while in Go: `for i < n { … }` is the same."},
	{`syntax error`, `^for \(`, "No parentheses around it: `for i := 0; i < n; i++ { … }`."},
	{`enumerate`, ``, "It is `for i, s := range species { … }`: i counts, s is what stands there."},
	{`syntax error`, `^for \w+ *:?= *[\w.()]+ *(,|;[^;{]*,)`, "Semicolons separate the three parts: `for i := 0; i < n; i++ { … }`."},
	{`syntax error|label \w+ defined and not used`, `^(for )?(int|float|float64|double|let|auto|Matrix|matrix\.Matrix) \w+ *:?=|^var .*:=|^\w+ *: *\w+ *=`, "A new variable is `sum := 0.0`, with no type, let or var in front of it."},
	{`syntax error`, `^(\+\+|--)\w|; *(\+\+|--)\w`, "It is i++, with the ++ behind."},
	{`syntax error`, `^\}? *elif\b|^else\b`, "It is `} else {` or `} else if … {`, on the same line as the brace before it."},
	{`syntax error`, ` if .* else `, "There is no such expression in Go. Write `if … { return … }`, and the other return behind it."},
	{`syntax error`, `\bfor .* in `, "There are no list comprehensions in Go: make a matrix with `matrix.New(rows, cols)`, and set its numbers in loops."},
	{`syntax error`, `\blambda\b|=>`, "A function without a name is `func(v float64) float64 { return … }`."},
	{`syntax error`, ` (and|or|is) [\w(]|\bnot \w`, "It is && for and, || for or, ! for not, == for is."},
	{`syntax error`, `:$`, "Go has { at the end of the line where Python has a colon, and } on a line of its own behind the last line."},
	{`syntax error|cannot use assignment`, `^if [^=!<>]+=[^=]`, "Two numbers are compared with ==; = alone sets a variable."},
	{`more than one index|syntax error: unexpected [\w ]+, expected \]`, `\[\w+ *, *\w+\]`, "The number in row i and column j is c[i][j], with brackets for each."},
	{`syntax error`, `^\w+ matrix\.Matrix$|^matrix\.Matrix \w+;?$`, typeMatrix},
	{`syntax error`, `\[:|:\]`, "A whole row is c[i]. For a whole column there is no such thing: go over its numbers c[i][j] in a loop."},
	{`syntax error: unexpected comma, expected \)`, `New\(\(|^return \(`, "No parentheses around several values: `matrix.New(rows, cols)`, and `return a, b`."},
	{`syntax error`, `= *[\[{]|\(\[|return \[`, "Lists are not written like that here. Make a matrix with `matrix.New(rows, cols)`, and set its numbers: `y[i][j] = 1`."},
	{`cannot indirect|operator \^ not defined`, ``, "Go has no operator for powers: write `d * d`, or `math.Pow(d, 2)`."},
	{`more than one character in rune literal`, ``, "Text stands between two \", as in `fmt.Println(\"here\", x)`."},
	{`must not be negative`, ``, "There is no counting from the end: the last row is x[x.Rows()-1]."},
	{`invalid character|syntax error`, `^#|^"""`, "A comment begins with //."},
	{`invalid character U\+(2212|2010|2011|2012|2013|2014)`, ``, "This is the dash of a text. A minus is -."},
	{`invalid character U\+003F`, ``, "There is no ? in Go: write `if … { … } else { … }`."},
	{`invalid character`, ``, "Go does not know this character. The dot product is `Dot(a, b)`, or `c.Dot(a, b)`; a comment begins with //."},
	{`is not in std|no required module`, ``, "There are no other packages here: matrix, math and fmt are all you need."},

	// functions and braces
	{`:6: syntax error: unexpected [\w ]+, expected \(`, `^func `, "In the function above this one, a } is missing: each { has its }. (gofmt, or your editor, indents lines as the braces have it.)"},
	{`syntax error: unexpected [\w ]+, expected \(`, `^func `, "A function inside a function has no name of its own: `slope := func(v float64) float64 { … }`. Or put it outside, below the exercise."},
	{`too many return values .*want \(\)|func\(\w* ?float64\)\) as func\(float64\) float64`, ``, funcResult},
	{`undefined: `, `func\(\w+\) *\{`, funcResult},
	{`func\(\) int`, ``, "Rows and Cols are functions, so they are called: x.Rows(), x.Cols()."},
	{`value of type func\(`, ``, "This is the name of a function, not of a variable. Go tells capital from small letters: OutputLayerError is the function, outputLayerError a matrix."},
	{`cannot call pointer method`, ``, operation},
	{`cannot call `, ``, "Behind a number, a parenthesis needs an operator: `o * (1 - o)`."},
	{`in (argument|call) to Sigmoid|cannot use Sigmoid\(`, ``, "Sigmoid takes one number and returns one. For each number of a matrix: `out.Apply(Sigmoid, in)`, or two loops."},

	// names
	{`undefined: `, `\bNAME\.(Dot|Transpose|Sub|Hadamard|Scale|Apply)\(`, operation},
	{`undefined: `, `^(\w+, *)*NAME(, *\w+)* *=[^=]`, newVariable},
	{`undefined: [a-z]+_\w+`, ``, "The series' names are written without _ here: weights_1 is weights1, learning_rate is learningRate."},
	{`undefined: (float|double)\b`, ``, "A whole number n as a float64 is float64(n)."},
	{`undefined: (math|fmt|matrix)$`, ``, "It is no longer imported: `import ( \"fmt\"; \"math\"; \"backprop/matrix\" )` stands at the top of the file, on five lines."},
	{`undefined: Matrix\b|package name\) is not a type|use of package matrix not in selector|\(type\) is not an expression`, ``, typeMatrix},
	{`undefined: None\b`, ``, "What is not there is nil in Go."},
	{`undefined: (True|False)\b|untyped bool constant\) as float64`, ``, "What is true is written as the number 1 here, what is not as 0."},
	{`undefined: (abs|pow|sqrt)\b`, ``, "These are math.Abs, math.Pow and math.Sqrt."},
	{`undefined: (e|E|exp|Math|numpy|np)\b`, ``, "eᵛ is math.Exp(v), in Go's package math. There is no NumPy here: matrix is the package for matrices."},
	{`not exported by package|undefined: \w+\.\w+ \(but have|undefined: (math|matrix)\.[a-z]`, ``, "What a package has for others begins with a capital letter: math.Exp, math.Pow, matrix.New."},
	{`undefined: (matrix\.)?(Apply|Scale|Sub|Hadamard|Dot|Transpose)\b`, ``, operation},
	{`undefined: (New|(matrix\.)?(Zeros|Ones|Array))\b|\*matrix\.Matrix|array length .* must be constant|conversion to matrix\.Matrix`, ``, "A matrix of zeros is made with `matrix.New(rows, cols)`. An empty one, for the result of an operation, is `var c matrix.Matrix`."},
	{`has no field or method append|append\(.* is not used`, ``, "append returns the longer list: `row = append(row, v)`."},
	{`type matrix\.Matrix has no field or method|type matrix\.Matrix\) has no`, ``, "A matrix m has m.Rows() and m.Cols(), and `c.Dot(a, b)`, c.Transpose(a), `c.Sub(a, b)`, `c.Hadamard(a, b)`, `c.Scale(s, a)`, `c.Apply(f, a)`. There is no Add, and no T."},
	{`type \[\](int|float64) has no field or method|\[\]int\) as int value|int and \[\]int`, ``, "This is no matrix but a plain list: how long it is says len(…)."},
	{`type float64 has no field or method|cannot index .* type float64`, ``, "This is one number, not a matrix."},
	{`redeclared`, ``, "This name is there twice: take one out."},
	{`undefined: `, ``, newVariable},

	// values
	{`as matrix\.Matrix value in return|Matrix\) as float64 value in return`, ``, "Compare with the line that begins with func: a matrix is returned if it ends with matrix.Matrix, and one number if it ends with float64."},
	{`mismatched types int and untyped string`, ``, "A species is a number here: 0 is setosa, 1 versicolor, 2 virginica."},
	{`mismatched types untyped string|untyped string constant|cannot convert "`, ``, "fmt.Println(\"x is\", x) shows several things: with commas between them."},
	{`cannot index .* type int\b`, ``, "`for i := range x` counts. A row itself is row in `for _, row := range x`."},
	{`as \[\]float64 value|mismatched types (float64 and \[\]float64|\[\]float64 and float64)`, ``, "This is a whole row. A number in it is c[i][j]."},
	{`is not constant`, ``, "const is for what is known beforehand. A variable is `n := x.Rows()`."},
	{`used as condition|non-boolean condition`, `^if `, "A condition compares, as in `x[i][j] > 0`."},
	{`mismatched types`, `^for \w+ := \d+\.`, "A loop counts in whole numbers: `for i := 0; i < n; i++ { … }`."},
	{`used as condition|non-boolean condition`, `^for `, "To do something n times: `for i := 0; i < n; i++ { … }`."},
	{`index .* must be integer`, ``, "An index is a whole number. In `for i, row := range x`, i is the number of the row, and row is the row itself."},
	{`untyped bool value\) is not used`, ``, "== compares two numbers; = alone sets one."},
	{`non-name .* on left side of :=`, ``, ":= is for a new variable. A number of a matrix is set with =."},
	{`is not used`, ``, "This is computed, and then lost. A function needs return in front of it; else it goes into a variable."},
	{`mismatched types .*(int and float64|float64 and int)|type int\) as float64|type float64\) as int|truncated`, ``, "Whole numbers (int) and float64 do not mix in Go. Write float64(n) for a whole n, and begin a sum as `sum := 0.0`, since 0 alone makes an int. (Is it from a range? `for i := range row` counts; the numbers themselves are v in `for _, v := range row`.)"},
	{`in call to \w+\.\w+ have \([^)]`, ``, "Compare with what it takes: `matrix.New(rows, cols)`, `math.Pow(v, 2)`, `c.Sub(a, b)`, `c.Scale(s, a)`, `c.Apply(f, a)`."},
	{`in call to m\w+\.\w+`, ``, "Compare with what it takes: `matrix.New(rows, cols)`, math.Exp(v), `math.Pow(v, 2)`."},
	{`\(no value\) used as value|in call to \w+\.\w+`, ``, "An operation such as `c.Dot(a, b)` returns nothing: it writes into c. First `var c matrix.Matrix`, then `c.Dot(a, b)` on a line of its own, then use c."},
	{`in argument to \w+\.(Apply|Scale)`, ``, "The order is `c.Apply(f, a)` and `c.Scale(s, a)`: the matrix comes last."},
	{`operator . not defined on .*(Matrix|\[\]float64)|mismatched types .*Matrix|Matrix and|\[\]float64 and|type \[\]float64|constant\) as matrix\.Matrix`, ``, "Go has no operators for matrices, only for numbers, and does not mix the two: go over rows and columns in loops, or from exercise 3 on use the operations of package matrix."},
	{`in argument to`, ``, "Something of another kind is expected in this place. Compare with the line that begins with func and this name: the order counts."},
	{`not enough return values have \(\) want \([^,]*\)$`, ``, "Behind return stands what you computed: `return c`."},
	{`assignment mismatch|not enough return values|too many return values|multiple-value`, ``, "The number of values does not fit. HiddenLayer, OutputLayer, Step and Train return two matrices: `a, b := HiddenLayer(…)`, and `return a, b`."},
	{`not enough arguments|too many arguments`, ``, "Compare with the line that begins with func and this name: it takes all of those, in that order."},

	// the rest
	{`declared and not used`, `^for `, "Write _ for what you do not need: `for _, row := range x`. With `for i := range x` you have only the number, and for something n times there is `for i := 0; i < n; i++`. (Setting v in `for _, v := range row` changes nothing in the matrix: it is a copy.)"},
	{`declared and not used`, ``, "Go wants every variable to be used: use this one, or take it out. (Inside a loop or an if, := makes a new variable, which ends with it; = sets the one outside.)"},
	{`no new variables on left side of :=`, ``, ":= makes a new variable. For one that is there already, it is = alone."},
	{`cannot assign to`, ``, "This cannot be changed. Make a variable with := instead."},
	{`missing return`, ``, "The last line of the function has to be return with the result: one inside a loop or an if is not enough, and nothing comes behind it."},
	{`imported and not used`, ``, "An import that nothing uses has to go. (math and fmt may stay: they are used by the line `var _, _ = fmt.Println, math.Exp` at the top.)"},
	{`found packages|is a program, not an importable package`, ``, "The files in this folder begin with package workshop."},
	{`expected 'package'`, ``, "The file does not begin with package workshop. `go run . workshop -reset all` puts back how it was at the start, and keeps yours in a file."},
	{`syntax error: unexpected .* at end of statement`, `^\w+ \w+$`, "Is the first word written right? Go's are return, for, if, else, var, func."},
	{`syntax error|not terminated`, ``, "Here or just before, something is missing or too much: a brace, a parenthesis, a comma, a quotation mark. Each { has its }, and stands at the end of its line."},
}

const (
	operation   = "The operations of package matrix write into the matrix before the dot: `var c matrix.Matrix`, and then `c.Apply(f, a)` or `c.Sub(a, b)`."
	typeMatrix  = "An empty matrix is `var c matrix.Matrix`: var, a name, and the type, which is matrix.Matrix."
	newVariable = "There is nothing of that name here. A new variable begins with :=, as in `sum := 0.0`, and ends with the braces around it; capital letters count."
	funcResult  = "A function says what it takes and what it returns: `func(v float64) float64 { return … }`."
)

var (
	ofFile  = regexp.MustCompile(`exercises\.go:(\d+)`)
	ofChild = regexp.MustCompile(`checker[/\\]child[/\\]main\.go:.*\bworkshop\.(\w+)`)
	unknown = regexp.MustCompile(`undefined: (\w+)`)

	// atNextFunc is the message about a func at the beginning of a line where none
	// may be.
	atNextFunc = regexp.MustCompile(`:6: syntax error: unexpected [\w ]+, expected \(`)

	// ofExercises matches what the compiler says of the learner's folder, or of what
	// calls their functions.
	ofExercises = regexp.MustCompile(`network[/\\]workshop[/\\][^/\\]+\.go:|checker[/\\]child[/\\]main\.go:|found packages|importable package`)
)

// A message is one of the compiler's, with the line of exercises.go that it is
// about, or 0.
type message struct {
	text string
	line int
}

// complaints returns the compiler's messages, a continued one in one line.
func complaints(says string) (list []message) {
	for _, text := range strings.Split(strings.TrimSpace(says), "\n") {
		switch {
		case strings.HasPrefix(text, "# "):
		case strings.HasPrefix(text, "\t") && len(list) > 0:
			list[len(list)-1].text += " " + strings.TrimSpace(text)
		default:
			m := message{text: text}
			if match := ofFile.FindStringSubmatch(text); match != nil {
				m.line, _ = strconv.Atoi(match[1]) // digits, or too many of them: 0 then
			}
			list = append(list, m)
		}
	}
	return list
}

// complaint returns the message to begin with: the first about exercises.go. An
// unused variable often goes with another one, which is the reason for it.
func complaint(says string) (first message) {
	for _, m := range complaints(says) {
		if m.line > 0 && !strings.Contains(m.text, "declared and not used") {
			return m
		}
		if first.text == "" || first.line == 0 && m.line > 0 {
			first = m
		}
	}
	return first
}

// explain returns the sentence that explains the message, or "".
func explain(text, line string) string {
	name := "-" // which no line has
	if match := unknown.FindStringSubmatch(text); match != nil {
		name = match[1]
	}
	line = regexp.MustCompile(`//.*`).ReplaceAllString(regexp.MustCompile(`"[^"]*"`).ReplaceAllString(line, `""`), "")
	for _, m := range means {
		of := strings.ReplaceAll(m.line, "NAME", name)
		if regexp.MustCompile(m.says).MatchString(text) && regexp.MustCompile(of).MatchString(line) {
			return unbroken(m.sentence)
		}
	}
	return ""
}

// unbroken returns the text with no-break spaces in what stands between backquotes,
// for wrap, and without those.
func unbroken(text string) string {
	parts := strings.Split(text, "`")
	for i := 1; i < len(parts); i += 2 {
		parts[i] = strings.ReplaceAll(parts[i], " ", "\u00a0")
	}
	return strings.Join(parts, "")
}

// blamed returns the number of the exercise that does not compile, or 0. If one has
// a } too few, Go notices it at the next func.
func (c *checker) blamed() int {
	m := complaint(c.compiler)
	if atNextFunc.MatchString(m.text) {
		for m.line > 1 && c.source.lineText(m.line) != "" {
			m.line--
		}
		for m.line > 1 && c.source.lineText(m.line) == "" {
			m.line--
		}
	}
	return c.source.exerciseAt(m.line)
}

// changedHead returns the number of an exercise whose function is gone, or has not
// the parameters and results that it had, if that is what the compiler says or the
// exercise that it speaks of; or 0.
func (c *checker) changedHead() int {
	name := ""
	m := complaint(c.compiler)
	if strings.Contains(m.text, "redeclared") {
		return 0
	}
	if match := ofChild.FindStringSubmatch(c.compiler); match != nil {
		name = match[1]
	} else if match := unknown.FindStringSubmatch(m.text); match != nil && exercise.Number(match[1]) > 0 {
		name = match[1]
	} else if n := c.blamed(); n > 0 && c.source.parsed && c.source.head(exercises[n-1].Name) != parse(startText).head(exercises[n-1].Name) {
		name = exercises[n-1].Name
	}
	return exercise.Number(name)
}

// showCompiler writes what the compiler said, and what that means.
func (c *checker) showCompiler(w io.Writer) error {
	var b strings.Builder
	b.WriteString("The workshop: backpropagation, written by you\n\n")
	blamed, where := c.blamed(), ""
	if blamed > 0 {
		where = fmt.Sprintf(" (exercise %d, %s)", blamed, exercises[blamed-1].Name)
	}
	wrap(&b, "", fmt.Sprintf("%s does not compile yet%s, so nothing can be checked. Go says:", file, where))
	first := complaint(c.compiler)
	b.WriteByte('\n')
	wrap(&b, "  ", shorten(first.text, 300))
	more := 0
	for _, m := range complaints(c.compiler) {
		if m == first {
			continue
		}
		if more++; more > 2 {
			b.WriteString("  …\n")
			break
		}
		wrap(&b, "  ", shorten(m.text, 300))
	}
	text := c.source.lineText(first.line)
	if text != "" {
		fmt.Fprintf(&b, "\nThe line is\n  %s\n", shorten(text, 76))
	}
	if n := c.changedHead(); n > 0 {
		b.WriteByte('\n')
		wrap(&b, "", fmt.Sprintf("Exercise %d, %s, is no longer there, or it has other parameters or results than at the start: the line that begins with func should stay as it was. go run . workshop -reset %d puts it back, and keeps yours in a file.", n, exercises[n-1].Name, n))
	} else if sentence := explain(first.text, text); sentence != "" {
		b.WriteByte('\n')
		wrap(&b, "", sentence)
	}
	if blamed > 0 {
		b.WriteString("\nStuck?  go run . workshop -hint\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
